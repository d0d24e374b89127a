"""The concept group: all speakers and deputies, at most three further members an AG, and the agency's managers.

Its rows follow the offices. Managers have no row: they belong to it by their role (``rules.in_group``).
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.events.domain.registration import give_back_unseen
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.enums import AG_OFFICES, FURTHER_SEATS, GroupKind, GroupMembershipState, GroupState
from workgroups.errors import GroupRefusal, insist
from workgroups.models import GroupMembership, Workgroup


@transaction.atomic
def sync_concept_group() -> None:
    """Bring the rows of the concept group in line with the offices of the open AGs.

    Holders of an office come in and need no further seat; who has neither office nor a seat of an open AG
    that they still belong to leaves. Nothing happens in a network without a concept group.
    """
    group = _locked_concept_group()
    if group is None:
        return
    in_office = _people_in_office()
    rows = {row.person_id: row for row in group.memberships.select_related("seat_of")}
    for person_id in in_office - rows.keys():
        rows[person_id] = GroupMembership(workgroup=group, person_id=person_id)
    for person_id, row in rows.items():
        if person_id in in_office:
            _activate(row, seat_of=None)
        elif row.is_active and not _seat_holds(row):
            _end_seat(row)


def _locked_concept_group() -> Workgroup | None:
    group: Workgroup | None = Workgroup.objects.concept_groups().open().select_for_update().first()
    return group


def _people_in_office() -> set[UUID]:
    holders = GroupMembership.objects.filter(
        state=GroupMembershipState.ACTIVE,
        office__in=AG_OFFICES,
        workgroup__kind=GroupKind.WORKGROUP,
        workgroup__state=GroupState.OPEN,
    )
    return set(holders.values_list("person_id", flat=True))


def _seat_holds(row: GroupMembership) -> bool:
    """A further seat lasts as long as the AG is open and the person one of its members."""
    if row.seat_of is None or not row.seat_of.is_open:
        return False
    return _active(row.seat_of).filter(person=row.person_id).exists()


def _active(group: Workgroup) -> QuerySet[GroupMembership]:
    rows: QuerySet[GroupMembership] = group.memberships.filter(state=GroupMembershipState.ACTIVE)
    return rows


def _activate(row: GroupMembership, *, seat_of: Workgroup | None) -> None:
    row.begin()
    row.seat_of = seat_of
    row.save()


def _end_seat(row: GroupMembership) -> None:
    row.state, row.seat_of = GroupMembershipState.LEFT, None
    row.save()
    rights_changed_on_commit(row.person_id)
    give_back_unseen(row.person_id)


@transaction.atomic
def set_further_members(*, workgroup: Workgroup, people: list[Person], visitor: Visitor) -> list[GroupMembership]:
    """Say who has the AG's further seats in the concept group, at most three; all others of that AG lose theirs.

    Holders of an office sit there anyway and take no further seat. Raises ``GroupRefusal``.
    """
    workgroup = lock_for(visitor, workgroup, "parent")
    insist(rules.may_set_offices(visitor, workgroup))
    group = _locked_concept_group()
    if group is None and (closed := Workgroup.objects.concept_groups().first()):
        insist(rules.is_writable(closed))
    if group is None:
        raise GroupRefusal(_("Dieses Netzwerk hat noch keine Konzeptgruppe."), field="further")
    in_office = _people_in_office()
    chosen = {person.pk: person for person in people if person.pk not in in_office}
    if len(chosen) > FURTHER_SEATS:
        raise GroupRefusal(
            _("Je Arbeitsgruppe sind höchstens %(count)s weitere Mitglieder möglich, ausgewählt sind %(chosen)s.")
            % {"count": FURTHER_SEATS, "chosen": len(chosen)},
            field="further",
        )
    members = set(_active(workgroup).filter(person_id__in=chosen).values_list("person_id", flat=True))
    for person in chosen.values():
        if person.pk not in members:
            raise GroupRefusal(
                _("%(name)s ist kein Mitglied von „%(group)s“.")
                % {"name": person.display_name, "group": workgroup.title},
                field="further",
            )
    return _seat(group, workgroup, chosen, visitor.person)


def _seat(group: Workgroup, workgroup: Workgroup, chosen: dict[UUID, Person], actor: Person) -> list[GroupMembership]:
    before = {row.person_id: row for row in group.memberships.all()}
    for person_id, row in before.items():
        if row.seat_of_id == workgroup.pk and person_id not in chosen:
            _end_seat(row)
            audit.record(action="group.seat_ended", actor=actor, subject=row.person, group=workgroup.title)
    rows = []
    for person_id, person in chosen.items():
        row = before.get(person_id) or GroupMembership(workgroup=group, person=person)
        if row.seat_of_id not in (None, workgroup.pk):
            raise GroupRefusal(
                _("%(name)s sitzt schon für eine andere Arbeitsgruppe in der Konzeptgruppe.")
                % {"name": person.display_name},
                field="further",
            )
        if row.seat_of_id is None:
            audit.record(action="group.seat_given", actor=actor, subject=person, group=workgroup.title)
        _activate(row, seat_of=workgroup)
        rows.append(row)
    return rows
