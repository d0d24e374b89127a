"""Joining, withdrawing, leaving; for AGs and sub-groups alike."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workgroups import rules
from workgroups.domain import membership as joining
from workgroups.errors import GroupRefusal
from workgroups.forms import JoinForm
from workgroups.models import Workgroup

from .doors import MemberRequest, group_view, refusal_page, subgroup_view


@group_view
def join(request: MemberRequest, group: Workgroup) -> HttpResponse:
    """Ask for an AG, with a message if one likes."""
    return _join(request, group, "")


@subgroup_view
def join_subgroup(request: MemberRequest, group: Workgroup) -> HttpResponse:
    """Members of the AG are in at once; others see the form that asks for both."""
    inside = rules.in_group(request.user, request.membership, group.parent or group)
    joinable = rules.may_join(request.user, request.membership, group)
    if inside and joinable and request.method == "POST":
        joining.join_subgroup(group=group, person=request.user, membership=request.membership)
        messages.success(request, _("Sie sind jetzt Mitglied von „%(group)s“.") % {"group": group.name})
        return redirect(group.get_absolute_url())
    return _join(request, group, "" if inside else group.parent.title)  # type: ignore[union-attr]


def _join(request: MemberRequest, group: Workgroup, with_ag: str) -> HttpResponse:
    """``with_ag``: title of the AG that is asked for in the same step."""
    decision = rules.may_join(request.user, request.membership, group)
    if not decision:
        return refusal_page(request, group, decision)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, group, form.cleaned_data["message"])
        except GroupRefusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(
                request, _("Ihre Anfrage ist abgeschickt. Sie erhalten eine E-Mail, sobald entschieden ist.")
            )
            return redirect("workgroups:group", slug=(group.parent or group).slug)
    context = {"group": group, "form": form, "with_ag": with_ag}
    return render(request, "workgroups/join.html", context, status=422 if form.errors else 200)


def _ask(request: MemberRequest, group: Workgroup, message: str) -> None:
    if group.is_subgroup:
        joining.join_subgroup(group=group, person=request.user, membership=request.membership, message=message)
    else:
        joining.request_to_join(workgroup=group, person=request.user, membership=request.membership, message=message)


@group_view
def leave(request: MemberRequest, group: Workgroup) -> HttpResponse:
    return _leave(request, group)


@subgroup_view
def leave_subgroup(request: MemberRequest, group: Workgroup) -> HttpResponse:
    return _leave(request, group)


def _leave(request: MemberRequest, group: Workgroup) -> HttpResponse:
    """Asks before; a speaker reads that the office has to be handed over."""
    decision = rules.may_leave(request.user, request.membership, group)
    if not decision:
        return refusal_page(request, group, decision)
    if request.method == "POST":
        joining.leave_group(workgroup=group, person=request.user, membership=request.membership)
        messages.success(request, _("Sie sind aus „%(group)s“ ausgetreten.") % {"group": group.title})
        return redirect(group.get_absolute_url() if not group.is_subgroup else f"/ag/{group.parent.slug}/")  # type: ignore[union-attr]
    return render(request, "workgroups/leave.html", {"group": group})


@require_POST
@group_view
def withdraw(request: MemberRequest, group: Workgroup) -> HttpResponse:
    joining.withdraw_request(workgroup=group, person=request.user)
    messages.success(request, _("Ihre Anfrage ist zurückgezogen."))
    return redirect(group.get_absolute_url())
