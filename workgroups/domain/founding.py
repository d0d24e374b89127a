"""A manager founds an AG or the concept group, a member of an AG one of its sub-groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.tenancy.reserved import RESERVED_SLUGS
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails
from workgroups.domain.functions import function_keys
from workgroups.domain.groups import lock, put_in_group
from workgroups.domain.queries.groups import candidates
from workgroups.domain.saving import GroupValues, check_until, save_group
from workgroups.enums import GroupKind, Office
from workgroups.errors import GroupRefusal, insist
from workgroups.models import Workgroup

FOUNDED_TWICE = timedelta(minutes=10)


@transaction.atomic
def found_workgroup(
    *,
    visitor: Visitor,
    name: str,
    number: int | None = None,
    question: str = "",
    description: str = "",
    expected_result: str = "",
    member_functions: Sequence[str] = (),
    speaker: Person | None = None,
) -> Workgroup:
    """Found an AG with its page; the speaker, an active member of the network, becomes its first member and is told.

    Raises ``GroupRefusal`` with the field, ``ValidationError``.
    """
    insist(rules.may_found_workgroup(visitor))
    title = f"AG {number} {name}" if number else f"AG {name}"
    values = GroupValues(
        name=name,
        number=number,
        question=question,
        description=description,
        expected_result=expected_result,
        member_functions=function_keys(member_functions),
    )
    group = _found(GroupKind.WORKGROUP, german_slug(title, length=70), values, visitor)
    if speaker is not None:
        _seat_speaker(group, speaker, visitor.person)
    return group


@transaction.atomic
def found_concept_group(*, visitor: Visitor) -> Workgroup:
    """Found the network's concept group with its page; whoever holds an office in an open AG is in it at once.

    Raises ``GroupRefusal``.
    """
    insist(rules.may_found_concept_group(visitor, has_one=Workgroup.objects.concept_groups().exists()))
    values = GroupValues(
        name=_("Konzeptgruppe"),
        description=_(
            "Sprecherinnen, Sprecher und Stellvertretungen aller Arbeitsgruppen beraten hier mit der "
            "Netzwerkleitung über Konzept und Richtung des Netzwerks."
        ),
    )
    return _found(GroupKind.CONCEPT, german_slug(values.name), values, visitor)


def _found(kind: str, slug: str, values: GroupValues, visitor: Visitor) -> Workgroup:
    group = Workgroup(kind=kind, slug=free_group_slug(slug), founded=timezone.localdate(), founder=visitor.person)
    save_group(group, values)
    audit.record(action="group.founded", actor=visitor.person, group=group.title)
    return group


def _seat_speaker(group: Workgroup, speaker: Person, actor: Person) -> None:
    if not candidates(group).filter(pk=speaker.pk).exists():
        raise GroupRefusal(_("Bitte wählen Sie ein Mitglied des Netzwerks."), field="speaker")
    row = put_in_group(workgroup=group, person=speaker, office=Office.SPEAKER)
    audit.record(action="group.office", actor=actor, subject=speaker, group=group.title, office=Office.SPEAKER.value)
    if speaker.pk != actor.pk:
        mails.office_given(row)


@transaction.atomic
def found_subgroup(
    *,
    workgroup: Workgroup,
    visitor: Visitor,
    name: str,
    question: str,
    expected_result: str,
    until: date | None = None,
) -> Workgroup:
    """A member of the AG founds a sub-group and leads it; the others are told.

    Sent twice, the second time returns the group of the first: groups are never deleted. Raises ``GroupRefusal``,
    ``ValidationError``.
    """
    workgroup = lock(workgroup, visitor)
    insist(rules.may_found_subgroup(visitor, workgroup))
    check_until(until)
    values = GroupValues(name=name, question=question, expected_result=expected_result, until=until)
    if (twin := _just_founded(workgroup, visitor.person, values)) is not None:
        return twin
    group = Workgroup(
        kind=GroupKind.SUBGROUP,
        parent=workgroup,
        slug=free_group_slug(f"uag-{german_slug(name, length=60)}".strip("-")),
        founded=timezone.localdate(),
        founder=visitor.person,
    )
    save_group(group, values)
    put_in_group(workgroup=group, person=visitor.person, office=Office.LEAD)
    mails.subgroup_founded(group, by=visitor.person)
    visitor.forget()
    return group


def _just_founded(workgroup: Workgroup, founder: Person, values: GroupValues) -> Workgroup | None:
    """The open sub-group of this name that the person founded in the AG within the last minutes.

    Raises ``GroupRefusal`` when it says something else: nothing typed gets lost.
    """
    fields = values.as_fields()
    own = Workgroup.objects.subgroups().open().filter(parent=workgroup, founder=founder, name=fields["name"])
    twin: Workgroup | None = own.filter(created__gt=timezone.now() - FOUNDED_TWICE).select_related("parent").first()
    if twin is not None and any(getattr(twin, name) != value for name, value in fields.items()):
        raise GroupRefusal(_("Sie haben gerade eine Unterarbeitsgruppe dieses Namens gegründet."), field="name")
    return twin


def free_group_slug(base: str) -> str:
    """``base``, with a number behind it where another group of the network or the platform has that name."""
    return free_slug(base, Workgroup.objects.all(), reserved=RESERVED_SLUGS)
