"""Joining, withdrawing, leaving; for AGs and sub-groups alike."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain import joining, members
from workgroups.forms import JoinForm
from workgroups.models import Workgroup

from .doors import asks, group_view


@group_view
@asks(rules.may_join)
def join(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Ask for a group, with a message if one likes; a sub-group comes with its AG, whose members are in at once."""
    at_once = group.is_subgroup and rules.in_group(request.visitor, group.ag)
    if at_once and request.method == "POST":
        return _join_at_once(request, group)
    form = JoinForm(request.POST or None, at_once=at_once)
    if form.is_valid():
        with form.refusals():
            _ask(request, group, form.cleaned_data["message"])
            messages.success(
                request, _("Ihre Anfrage ist abgeschickt. Sie erhalten eine E-Mail, sobald entschieden ist.")
            )
            return redirect(group.ag)
    with_ag = group.ag.title if group.is_subgroup and not at_once else ""
    return form_page(request, "workgroups/join.html", form, group=group, with_ag=with_ag)


def _join_at_once(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    joining.join_subgroup(group=group, visitor=request.visitor)
    messages.success(request, _("Sie sind jetzt Mitglied von „%(group)s“.") % {"group": group.name})
    return redirect(group)


def _ask(request: NetworkRequest, group: Workgroup, message: str) -> None:
    if group.is_subgroup:
        joining.join_subgroup(group=group, visitor=request.visitor, message=message)
    else:
        joining.request_to_join(workgroup=group, visitor=request.visitor, message=message)


@group_view
@asks(rules.may_leave)
def leave(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Asks before; an office that is still here by now ends with the membership, see ``rules.may_leave``."""
    if request.method == "POST":
        members.leave_group(workgroup=group, visitor=request.visitor)
        messages.success(request, _("Sie sind aus „%(group)s“ ausgetreten.") % {"group": group.title})
        return redirect(group.ag)
    row = rules.row_in(request.visitor, group)
    office = row.get_office_display() if row and row.office else ""
    return render(request, "workgroups/leave.html", {"group": group, "office": office})


@require_POST
@group_view
def withdraw(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    joining.withdraw_request(workgroup=group, visitor=request.visitor)
    messages.success(request, _("Ihre Anfrage ist zurückgezogen."))
    return redirect(group.get_absolute_url())
