"""The only ways from an address to a space or a topic. What is missing and what is forbidden look alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from dkbm.core.decisions import Decision
from dkbm.core.typed import hand_back
from dkbm.tenancy.http import NetworkRequest
from forum.domain.queries.topics import find_topic
from forum.domain.spaces import find_space
from forum.models import Space, Topic
from forum.rules import is_member, may_read_space
from workgroups.rules import may_see_subgroup

View = Callable[..., HttpResponseBase]


def for_members(view: View) -> View:
    """Guests and people who wait for admission read what the forum is and how to join."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_member(request.visitor):
            return members_only(request, status=403)
        return view(request, *args, **kwargs)

    return guarded


def members_only(request: NetworkRequest, *, status: int) -> HttpResponse:
    hand_back(request)
    return render(request, "forum/members_only.html", {"next": request.path}, status=status)


def in_space(view: View) -> View:
    """``view(request, space)`` for whoever may read it.

    Members of the network who may know of the group get a page that says why not and offers joining: 403 for
    the space, 404 for everything in it, whether it exists or not. All others get the plain 404.
    """

    @wraps(view)
    @for_members
    def guarded(request: NetworkRequest, space_slug: str, **kwargs: Any) -> HttpResponseBase:
        space = find_space(space_slug)
        if space is None:
            raise Http404
        decision = may_read_space(request.visitor, space)
        if decision:
            return view(request, space, **kwargs)
        return _not_in_group(request, space, decision, status=404 if kwargs else 403)

    return guarded


def _not_in_group(request: NetworkRequest, space: Space, decision: Decision, *, status: int) -> HttpResponse:
    if not _may_know_of(request, space):
        raise Http404
    hand_back(request)
    context = {"group": space.workgroup, "reason": decision.reason}
    return render(request, "forum/not_in_group.html", context, status=status)


def _may_know_of(request: NetworkRequest, space: Space) -> bool:
    """AGs are known to every member; sub-groups only to the members of their AG."""
    group = space.workgroup
    if group is None or group.parent is None:
        return True
    return bool(may_see_subgroup(request.visitor, group))


def in_topic(view: View) -> View:
    """``view(request, topic, slug=…)`` for whoever may read it; a deleted topic answers 410 and gives a text back."""

    @wraps(view)
    @in_space
    def guarded(request: NetworkRequest, space: Space, topic_id: int, **kwargs: Any) -> HttpResponseBase:
        topic = find_topic(space, topic_id, request.visitor)
        if topic is None:
            raise Http404
        if topic.deleted:
            return topic_gone(request, topic)
        return view(request, topic, **kwargs)

    return guarded


def topic_gone(request: NetworkRequest, topic: Topic) -> HttpResponse:
    """The topic was deleted; what somebody was writing is handed back to be used elsewhere."""
    return render(request, "forum/gone.html", {"topic": topic, "text": request.POST.get("text", "")}, status=410)
