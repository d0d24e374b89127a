"""What the views of groups share: found or 404, allowed or a page that says why, a form on a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from dkbm.accounts.decorators import member_required
from dkbm.core.decisions import Decision
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.models import Membership
from workgroups import rules
from workgroups.domain.queries.overview import remember_rows_of
from workgroups.enums import GroupKind
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup


class MemberRequest(NetworkRequest):
    """What the middleware makes of a request. ``membership`` is falsy for guests."""

    membership: Membership
    user: Any


View = Callable[..., HttpResponseBase]
Rule = Callable[[Any, Membership, Workgroup], Decision]


def find_group(request: MemberRequest, slug: str) -> Workgroup:
    """An AG or the concept group of the bound network. Raises ``Http404``."""
    group = Workgroup.objects.exclude(kind=GroupKind.SUBGROUP).select_related("page").filter(slug=slug).first()
    if group is None:
        raise Http404
    remember_rows_of(request.user, [group])
    return group


def find_subgroup(request: MemberRequest, slug: str, subgroup: str) -> Workgroup:
    """A sub-group below its AG. Raises ``Http404``."""
    group = Workgroup.objects.select_related("parent").filter(parent__slug=slug, slug=subgroup).first()
    if group is None:
        raise Http404
    remember_rows_of(request.user, [group])
    return group


def group_view(view: View) -> View:
    """For members of the network: ``view(request, group)`` with the AG of ``slug``; refusals become messages."""
    return _guarded(view, find_group)


def subgroup_view(view: View) -> View:
    return _guarded(view, find_subgroup)


def _guarded(view: View, find: Callable[..., Workgroup]) -> View:
    @member_required
    @wraps(view)
    def guarded(request: MemberRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        names = (slug, kwargs.pop("subgroup")) if "subgroup" in kwargs else (slug,)
        group = find(request, *names)
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
        def asked(request: MemberRequest, group: Workgroup, *args: Any, **kwargs: Any) -> HttpResponseBase:
            decision = rule(request.user, request.membership, group)
            return view(request, group, *args, **kwargs) if decision else refusal_page(request, group, decision)

        return asked

    return decorate


def form_page(request: MemberRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """The form, with status 422 when something typed into it has to be mended."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)


def refusal_page(request: MemberRequest, group: Workgroup, decision: Decision) -> HttpResponse:
    """Why something is closed to this member of the network, with the next step; status 403."""
    can_join = rules.may_join(request.user, request.membership, group)
    inside = rules.may_see_subgroup(request.user, request.membership, group)
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
