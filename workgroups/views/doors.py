"""What the views of groups share: found or 404, allowed or a page that says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from dkbm.accounts.decorators import member_required
from dkbm.core.decisions import Decision
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.enums import GroupKind
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup

View = Callable[..., HttpResponseBase]
Rule = Callable[[Visitor, Workgroup], Decision]


def find_group(slug: str) -> Workgroup:
    """An AG or the concept group of the bound network. Raises ``Http404``."""
    group = Workgroup.objects.exclude(kind=GroupKind.SUBGROUP).select_related("page").filter(slug=slug).first()
    if group is None:
        raise Http404
    return group


def find_subgroup(slug: str, subgroup: str) -> Workgroup:
    """A sub-group below its AG. Raises ``Http404``."""
    group = Workgroup.objects.select_related("parent").filter(parent__slug=slug, slug=subgroup).first()
    if group is None:
        raise Http404
    return group


def group_view(view: View) -> View:
    """For members of the network: ``view(request, group)`` with the AG of ``slug``; refusals become messages."""
    return _guarded(view, find_group)


def subgroup_view(view: View) -> View:
    return _guarded(view, find_subgroup)


def _guarded(view: View, find: Callable[..., Workgroup]) -> View:
    @member_required
    @wraps(view)
    def guarded(request: NetworkRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        names = (slug, kwargs.pop("subgroup")) if "subgroup" in kwargs else (slug,)
        group = find(*names)
        try:
            return view(request, group, *args, **kwargs)
        except GroupRefusal as refusal:
            messages.error(request, refusal.reason)
            return redirect(group.get_absolute_url())

    return guarded


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
    can_join = rules.may_join(request.visitor, group)
    inside = rules.may_see_subgroup(request.visitor, group)
    context = {
        "group": group,
        "ag": group.parent or group,
        "reason": decision.reason,
        "join_url": join_url(group) if can_join and not inside else "",
        "back_url": (group if inside or group.parent is None else group.parent).get_absolute_url(),
    }
    return render(request, "workgroups/refused.html", context, status=403)


def join_url(group: Workgroup) -> str:
    """Where one asks for this very group."""
    if group.parent is None:
        return reverse("workgroups:join", args=[group.slug])
    return reverse("workgroups:join-subgroup", args=[group.parent.slug, group.slug])
