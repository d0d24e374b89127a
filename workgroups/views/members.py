"""Members of an AG: seen, taken in and removed by its speaker or a manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain.members import add_to_group, remove_from_group
from workgroups.domain.queries.groups import candidates
from workgroups.domain.queries.overview import members_list
from workgroups.enums import GroupMembershipState
from workgroups.forms import AddMemberForm, RemoveForm
from workgroups.models import GroupMembership, Workgroup

from .doors import asks, group_view, refusal_page


@group_view
@asks(rules.may_manage_members)
def member_list(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    context = {
        "group": group,
        "members": members_list(group),
        "removes_holders": request.visitor.is_manager,
        "may_set_offices": rules.may_set_offices(request.visitor, group),
    }
    return render(request, "workgroups/members.html", context)


@group_view
@asks(rules.may_manage_members)
def add(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    people = candidates(group)
    cards = profiles_for(people.order_by().values_list("pk", flat=True))
    form = AddMemberForm(request.POST or None, people=people, cards=cards)
    if form.is_valid():
        person = form.cleaned_data["person"]
        with form.refusals():
            add_to_group(workgroup=group, person=person, visitor=request.visitor)
            names = {"name": person.display_name, "group": group.title}
            messages.success(request, _("%(name)s gehört jetzt zu „%(group)s“ und erhält eine E-Mail.") % names)
            return redirect("workgroups:members", slug=group.slug)
    return form_page(request, "workgroups/add_member.html", form, group=group, somebody=bool(cards))


@group_view
def remove(request: NetworkRequest, group: Workgroup, pk: int) -> HttpResponse:
    row = _row(group, pk)
    decision = rules.may_remove(request.visitor, group, row)
    if not decision:
        return refusal_page(request, group, decision)
    form = RemoveForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            remove_from_group(row=row, visitor=request.visitor, **form.cleaned_data)
            messages.success(request, _("%(name)s gehört nicht mehr zur Gruppe.") % {"name": row.person.display_name})
            return redirect("workgroups:members", slug=group.slug)
    return form_page(request, "workgroups/remove_member.html", form, group=group, row=row)


def _row(group: Workgroup, pk: int) -> GroupMembership:
    """An active member of this very group. Raises ``Http404``."""
    rows = group.memberships.filter(state=GroupMembershipState.ACTIVE).select_related("person")
    row: GroupMembership | None = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.workgroup = group
    return row
