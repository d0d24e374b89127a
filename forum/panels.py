"""What the home page, the header, the pages of groups and of people show of the forum."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.topics import latest_posts_of, latest_topics, news_in_groups
from forum.domain.queries.unread import has_had_news, unread_count
from forum.models import Space
from workgroups.models import Workgroup
from workgroups.rules import may_write

TOPICS_OF_GROUP = 3
POSTS_OF_PERSON = 5


def news_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Rows of "Neu in Ihren Gruppen"; nothing for people who are not members."""
    visitor = request.visitor
    if not visitor.is_member:
        return None
    rows = news_in_groups(visitor)
    return {"rows": rows, "is_new_here": not rows and not has_had_news(visitor)}


def posts_of_person(request: NetworkRequest, person: Any) -> dict[str, Any] | None:
    """On a member's page: what they wrote last, as far as the visitor may read it."""
    posts = latest_posts_of(person.pk, request.visitor, POSTS_OF_PERSON)
    return {"posts": posts} if posts else None


def header_count(visitor: Visitor) -> int:
    """New posts, in one query."""
    return unread_count(visitor)


def group_panel(request: NetworkRequest, group: Workgroup) -> dict[str, Any]:
    """The latest topics of a group that the visitor may read."""
    visitor = request.visitor
    space = Space.objects.filter(workgroup=group).first()
    return {
        "group": group,
        "rows": latest_topics(space, visitor, TOPICS_OF_GROUP) if space else [],
        "may_write": may_write(visitor, group),
    }
