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

from .doors import asks, group_view, subgroup_view


@group_view
@asks(rules.may_join)
def join(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Ask for an AG, with a message if one likes."""
    return _join(request, group, "")


@subgroup_view
@asks(rules.may_join)
def join_subgroup(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Members of the AG are in at once; others see the form that asks for both."""
    inside = rules.in_group(request.visitor, group.parent or group)
    if inside and request.method == "POST":
        joining.join_subgroup(group=group, visitor=request.visitor)
        messages.success(request, _("Sie sind jetzt Mitglied von „%(group)s“.") % {"group": group.name})
        return redirect(group.get_absolute_url())
    return _join(request, group, "" if inside else group.parent.title)  # type: ignore[union-attr]


def _join(request: NetworkRequest, group: Workgroup, with_ag: str) -> HttpResponse:
    """``with_ag``: title of the AG that is asked for in the same step."""
    form = JoinForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            _ask(request, group, form.cleaned_data["message"])
            messages.success(
                request, _("Ihre Anfrage ist abgeschickt. Sie erhalten eine E-Mail, sobald entschieden ist.")
            )
            return redirect("workgroups:group", slug=(group.parent or group).slug)
    return form_page(request, "workgroups/join.html", form, group=group, with_ag=with_ag)


def _ask(request: NetworkRequest, group: Workgroup, message: str) -> None:
    if group.is_subgroup:
        joining.join_subgroup(group=group, visitor=request.visitor, message=message)
    else:
        joining.request_to_join(workgroup=group, visitor=request.visitor, message=message)


@group_view
@asks(rules.may_leave)
def leave(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    return _leave(request, group)


@subgroup_view
@asks(rules.may_leave)
def leave_subgroup(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    return _leave(request, group)


def _leave(request: NetworkRequest, group: Workgroup) -> HttpResponse:
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
