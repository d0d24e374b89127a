"""A manager founds an AG or the concept group, and changes what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.core.text import german_slug
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails, pages, searching
from workgroups.domain.functions import function_keys
from workgroups.domain.groups import create_workgroup, free_group_slug, lock, put_in_group
from workgroups.domain.queries.groups import candidates
from workgroups.enums import GroupKind, Office
from workgroups.errors import GroupRefusal, insist
from workgroups.models import Workgroup


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
    group = Workgroup(
        slug=free_group_slug(german_slug(title, length=70)),
        question=question.strip(),
        expected_result=expected_result.strip(),
        member_functions=function_keys(member_functions),
        founded=timezone.localdate(),
        founder=visitor.person,
    )
    _write(group, name=name, number=number, description=description)
    group.page = pages.create_page(group, aims=())
    group.save(update_fields=["page"])
    searching.index_group(group)
    audit.record(action="group.founded", actor=visitor.person, group=group.title)
    if speaker is not None:
        _seat_speaker(group, speaker, visitor.person)
    return group


@transaction.atomic
def found_concept_group(*, visitor: Visitor) -> Workgroup:
    """Found the network's concept group with its page; whoever holds an office in an open AG is in it at once.

    Raises ``GroupRefusal``.
    """
    name = _("Konzeptgruppe")
    insist(rules.may_found_concept_group(visitor, has_one=Workgroup.objects.concept_groups().exists()))
    try:
        with transaction.atomic():
            group = create_workgroup(
                slug=free_group_slug(german_slug(name)),
                name=name,
                kind=GroupKind.CONCEPT,
                description=_(
                    "Sprecherinnen, Sprecher und Stellvertretungen aller Arbeitsgruppen beraten hier mit der "
                    "Netzwerkleitung über Konzept und Richtung des Netzwerks."
                ),
                founded=timezone.localdate(),
            )
    except (IntegrityError, ValidationError):
        # Somebody was faster; nothing else that is written here can be wrong.
        raise GroupRefusal(_("Dieses Netzwerk hat schon eine Konzeptgruppe.")) from None
    group.founder = visitor.person
    group.save(update_fields=["founder"])
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
def edit_workgroup(
    *,
    group: Workgroup,
    visitor: Visitor,
    name: str,
    number: int | None = None,
    question: str = "",
    description: str = "",
    expected_result: str = "",
    member_functions: Sequence[str] | None = None,
) -> Workgroup:
    """Change name, number and descriptions; the address stays. The page takes them over, see ``pages.retell_page``.

    ``member_functions``: those that the group is for; ``None`` leaves them as they are.

    Raises ``GroupRefusal`` with the field, ``ValidationError``.
    """
    group = lock(group, visitor)
    insist(rules.may_edit(visitor, group))
    before = group.description
    group.question, group.expected_result = question.strip(), expected_result.strip()
    if member_functions is not None:
        group.member_functions = function_keys(member_functions, before=group.member_functions)
    _write(group, name=name, number=number if group.is_workgroup else None, description=description)
    pages.retell_page(group, before=before)
    searching.index_group(group)
    audit.record(action="group.edited", actor=visitor.person, group=group.title)
    return group


def _write(group: Workgroup, *, name: str, number: int | None, description: str) -> None:
    """Save the row. Two managers may ask for the same number at once: the second one reads that it is taken."""
    group.name, group.number, group.description = name.strip(), number, description.strip()
    taken = GroupRefusal(_("Diese Nummer hat schon eine andere Arbeitsgruppe."), field="number")
    if number and Workgroup.objects.workgroups().filter(number=number).exclude(pk=group.pk).exists():
        raise taken
    group.full_clean(exclude=["page", "parent", "founder"])
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        if "ag_number_once_a_network" in str(error):
            raise taken from None
        raise GroupRefusal(_("Gerade wurde eine Gruppe dieses Namens gegründet."), field="name") from None
