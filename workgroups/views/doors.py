"""What the views of groups share: found or 404, allowed or a page that says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from dkbm.accounts.decorators import member_required
from dkbm.core.decisions import Decision
from dkbm.core.typed import hand_back
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup

View = Callable[..., HttpResponseBase]
Rule = Callable[[Visitor, Workgroup], Decision]


def find_group(slug: str, subgroup: str = "") -> Workgroup:
    """The AG (or the concept group) of the bound network, or the sub-group below it. Raises ``Http404``."""
    groups = Workgroup.objects.select_related("page__picture", "parent")
    named = groups.filter(parent__slug=slug, slug=subgroup) if subgroup else groups.filter(parent=None, slug=slug)
    group: Workgroup | None = named.first()
    if group is None:
        raise Http404
    return group


def group_view(view: View) -> View:
    """For members of the network: ``view(request, group)``, whatever its kind; refusals become messages."""

    @member_required
    @wraps(view)
    def guarded(request: NetworkRequest, slug: str, subgroup: str = "", **kwargs: Any) -> HttpResponseBase:
        group = find_group(slug, subgroup)
        try:
            return view(request, group, **kwargs)
        except GroupRefusal as refusal:
            messages.error(request, refusal.reason)
            hand_back(request)
            return redirect(group.get_absolute_url())

    return guarded


def open_group_view(view: View) -> View:
    """AGs are shown to everybody; sub-groups to the members of their AG, and others of the network read why not."""
    for_members = group_view(asks(rules.may_see_subgroup)(view))

    @wraps(view)
    def opened(request: NetworkRequest, slug: str, subgroup: str = "") -> HttpResponseBase:
        return for_members(request, slug, subgroup) if subgroup else view(request, find_group(slug))

    return opened


def asks(rule: Rule) -> Callable[[View], View]:
    """Below ``group_view``: the view runs when ``rule`` allows it, else the page that says why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(request: NetworkRequest, group: Workgroup, *args: Any, **kwargs: Any) -> HttpResponseBase:
            decision = rule(request.visitor, group)
            return view(request, group, *args, **kwargs) if decision else refusal_page(request, group, decision)

        return asked

    return decorate


def refusal_page(request: NetworkRequest, group: Workgroup, decision: Decision) -> HttpResponse:
    """Why something is closed to this member of the network, with the next step; status 403."""
    hand_back(request)
    can_join = rules.may_join(request.visitor, group)
    inside = rules.may_see_subgroup(request.visitor, group)
    context = {
        "group": group,
        "ag": group.parent or group,
        "reason": decision.reason,
        "join_url": group.url("join") if can_join and not inside else "",
        "back_url": (group if inside or group.parent is None else group.parent).get_absolute_url(),
    }
    return render(request, "workgroups/refused.html", context, status=403)
