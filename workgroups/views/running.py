"""Founding sub-groups, inviting into them and closing them; offices of every group."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import Person
from dkbm.cms.domain.edits import changers_of
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from workgroups import rules
from workgroups.domain.concept import set_further_members
from workgroups.domain.ending import close_subgroup
from workgroups.domain.founding import found_subgroup
from workgroups.domain.inviting import invite as invite_people
from workgroups.domain.offices import OFFICES, assign_offices
from workgroups.domain.queries.groups import invitable, members_of
from workgroups.enums import AG_OFFICES, GroupMembershipState, Office
from workgroups.forms import CloseForm, InviteForm, LeadForm, OfficesForm, SubgroupForm
from workgroups.models import GroupMembership, Workgroup

from .doors import asks, group_view


@group_view
@asks(rules.may_found_subgroup)
def found(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    form = SubgroupForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            subgroup = found_subgroup(workgroup=group, visitor=request.visitor, **form.cleaned_data)
            text = _("„%(group)s“ ist gegründet. Sie leiten die Gruppe. Laden Sie jetzt Mitglieder ein.")
            messages.success(request, text % {"group": subgroup.name})
            return redirect(subgroup.get_absolute_url())
    return form_page(request, "workgroups/found.html", form, group=group)


@group_view
@asks(rules.may_invite)
def invite(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    people = invitable(group)
    cards = profiles_for(people.order_by().values_list("pk", flat=True))
    form = InviteForm(request.POST or None, people=people, cards=cards)
    if InviteForm.NARROW in request.POST:
        form = form.narrowed()
    elif form.is_valid():
        with form.refusals():
            people, message = form.cleaned_data["people"], form.cleaned_data["message"]
            invite_people(group=group, visitor=request.visitor, people=people, message=message)
            messages.success(request, _("Die Einladung ist unterwegs. Wer ihr folgt, tritt der Gruppe selbst bei."))
            return redirect(group.get_absolute_url())
    return form_page(request, "workgroups/invite.html", form, group=group, somebody=bool(cards))


@group_view
@asks(rules.may_close)
def close(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            close_subgroup(group=group, visitor=request.visitor, **form.cleaned_data)
            messages.success(request, _("„%(group)s“ ist abgeschlossen.") % {"group": group.name})
            return redirect(group.get_absolute_url())
    return form_page(request, "workgroups/close.html", form, group=group)


@group_view
@asks(rules.may_set_offices)
def offices(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Speaker, deputy and the AG's further seats in the concept group; the lead of a sub-group."""
    with held(group, "page", "parent", when=request.method == "POST") as group:
        form = _offices_form(request, group)
        if form.is_valid():
            with form.refusals():
                _save_offices(request, group, form)
                messages.success(
                    request, _("Die Leitung ist übergeben.") if group.is_subgroup else _("Die Ämter sind gespeichert.")
                )
                return redirect(group)
        return form_page(request, "workgroups/offices.html", form, group=group)


def _offices_form(request: NetworkRequest, group: Workgroup) -> OfficesForm | LeadForm:
    data = request.POST or None
    # Who leads already is not offered, but named where somebody else has chosen them meanwhile.
    choices = _choices(group, but=Office.LEAD if group.is_subgroup and data is None else "")
    given = {**choices, "row": group, "changed_since": partial(changers_of, group, reader=request.user, part=OFFICES)}
    if group.is_subgroup:
        lead = group.memberships.filter(office=Office.LEAD).values_list("person_id", flat=True).first()
        return LeadForm(data, present={"lead": lead}, initial={}, **given)
    return OfficesForm(data, present=_present_offices(group), with_seats=_has_concept(), **given)


def _save_offices(request: NetworkRequest, group: Workgroup, form: OfficesForm | LeadForm) -> None:
    """Offices and seats stand or fall together."""
    with transaction.atomic():
        assign_offices(workgroup=group, holders=form.holders(), visitor=request.visitor)
        if "further" in form.fields:
            people = list(form.cleaned_data["further"])
            set_further_members(workgroup=group, people=people, visitor=request.visitor)


def _has_concept() -> bool:
    return bool(Workgroup.objects.concept_groups().open().exists())


def _choices(group: Workgroup, *, but: str = "") -> dict[str, Any]:
    """Members as choices, with function and municipality. ``but``: an office whose holder is none."""
    members = members_of(group).exclude(office=but) if but else members_of(group)
    ids = list(members.order_by().values_list("person_id", flat=True))
    people = Person.objects.filter(pk__in=ids).order_by("last_name", "first_name")
    return {"people": people, "cards": profiles_for(ids)}


def _present_offices(group: Workgroup) -> dict[str, Any]:
    rows = group.memberships.filter(office__in=AG_OFFICES)
    seats = GroupMembership.objects.filter(seat_of=group, state=GroupMembershipState.ACTIVE)
    return {
        **dict.fromkeys(AG_OFFICES),
        **{row.office: row.person_id for row in rows},
        "further": list(seats.values_list("person_id", flat=True)),
    }
