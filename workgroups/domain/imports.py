"""Groups as files describe them. Members, offices and what editors wrote on the pages stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from dkbm.accounts.models import Person
from workgroups.domain.functions import function_keys
from workgroups.domain.groups import put_in_group
from workgroups.domain.saving import GroupValues, save_group
from workgroups.enums import GroupKind, GroupState, Office
from workgroups.models import Workgroup


@transaction.atomic
def import_workgroup(
    *,
    slug: str,
    name: str,
    kind: str = GroupKind.WORKGROUP,
    number: int | None = None,
    description: str = "",
    aims: Sequence[str] = (),
    founded: date | int | None = None,
    member_functions: Sequence[str] = (),
) -> Workgroup:
    """Found an AG or the concept group, or bring the one with this slug up to date.

    ``founded``: a day, or the year alone. ``aims``: sentences for the first version of its page. Files know neither
    question nor expected result: those stay. Raises ``GroupRefusal``, ``ValidationError``.
    """
    group = _stored_or_new(slug)
    group.kind = kind
    group.founded = date(founded, 1, 1) if isinstance(founded, int) else founded
    values = GroupValues(
        name=name,
        number=number,
        question=group.question,
        description=description,
        expected_result=group.expected_result,
        member_functions=function_keys(member_functions),
    )
    return save_group(group, values, aims=aims)


@transaction.atomic
def import_subgroup(
    *,
    workgroup: Workgroup,
    slug: str,
    title: str,
    question: str = "",
    expected_result: str = "",
    founder: Person | None = None,
    founded: date | None = None,
    until: date | None = None,
    closed: date | None = None,
    result: str = "",
) -> Workgroup:
    """Found the sub-group with this slug, or bring it up to date; the founder leads it if nobody does.

    With ``closed`` it is closed; one that is closed stays so. Raises ``GroupRefusal``, ``ValidationError``.
    """
    group = _stored_or_new(slug)
    group.kind, group.parent, group.founder, group.founded = GroupKind.SUBGROUP, workgroup, founder, founded
    group.result = result or group.result
    if closed:
        group.state, group.closed = GroupState.CLOSED, closed
    save_group(group, GroupValues(name=title, question=question, expected_result=expected_result, until=until))
    if founder is not None:
        put_in_group(workgroup=workgroup, person=founder)
        has_lead = group.memberships.filter(office=Office.LEAD).exists()
        put_in_group(workgroup=group, person=founder, office=None if has_lead else Office.LEAD)
    return group


def _stored_or_new(slug: str) -> Workgroup:
    return Workgroup.objects.select_for_update().filter(slug=slug).first() or Workgroup(slug=slug)
