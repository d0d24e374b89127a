"""What the home page, the header and the pages of groups show of the forum."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.topics import latest_topics, news_in_groups
from forum.domain.queries.unread import has_had_news, unread_count
from forum.models import Space
from workgroups.models import Workgroup
from workgroups.rules import may_write

TOPICS_OF_GROUP = 3


def news_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Rows of "Neu in Ihren Gruppen"; nothing for people who are not members."""
    visitor = request.visitor
    if not visitor.is_member:
        return None
    rows = news_in_groups(visitor)
    return {"rows": rows, "is_new_here": not rows and not has_had_news(visitor)}


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
