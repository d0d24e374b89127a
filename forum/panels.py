"""What the home page, the header, the pages of groups and of people show of the forum."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.home import group_tiles, home_topics
from forum.domain.queries.topics import latest_posts_of, topics_of_group
from forum.domain.queries.unread import has_had_news, unread_count
from workgroups.domain.queries.overview import first_group, has_groups, my_groups
from workgroups.models import Workgroup
from workgroups.rules import may_write

POSTS_OF_PERSON = 5


def greeting(request: NetworkRequest) -> dict[str, Any] | None:
    """A welcome, for whoever is new here."""
    visitor = request.visitor
    return {"group": first_group(visitor), "person": request.user} if home_topics(visitor).is_new_here else None


def welcome_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """How one begins, and three topics that are alive."""
    visitor = request.visitor
    home = home_topics(visitor)
    if not home.is_new_here:
        return None
    group = first_group(visitor)
    begins = group is None and visitor.is_manager and not has_groups()
    return {"group": group, "rows": home.lively, "begins": begins}


def news_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Rows of "Neu in Ihren Gruppen"; whoever is new here gets a welcome instead."""
    visitor = request.visitor
    home = home_topics(visitor)
    if home.is_new_here:
        return None
    return {"rows": home.news, "has_had_none": not home.news and not has_had_news(visitor)}


def groups_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Meine Gruppen", each with how much is new there."""
    visitor = request.visitor
    groups = my_groups(visitor)
    if not groups and home_topics(visitor).is_new_here:
        return None
    return {"tiles": group_tiles(groups, visitor)}


def asked_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Among what is open for the visitor: what others ask and nobody has answered."""
    rows = home_topics(request.visitor).asked
    return {"rows": rows} if rows else None


def posts_of_person(request: NetworkRequest, person: Any) -> dict[str, Any] | None:
    """On a member's page: what they wrote last, as far as the visitor may read it."""
    posts = latest_posts_of(person.pk, request.visitor, POSTS_OF_PERSON)
    return {"posts": posts} if posts else None


def header_count(visitor: Visitor) -> int:
    """New posts, in one query."""
    return unread_count(visitor)


def group_panel(request: NetworkRequest, group: Workgroup) -> dict[str, Any]:
    """The latest topics of a group that the visitor may read, and what is asked there and waits for an answer."""
    visitor = request.visitor
    latest, asked = topics_of_group(group, visitor)
    return {"group": group, "rows": latest, "asked": asked, "may_write": may_write(visitor, group)}
