"""Groups come into being, end with a result, are archived. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.tenancy.reserved import RESERVED_SLUGS
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails, pages, searching
from workgroups.domain.concept import sync_concept_group
from workgroups.domain.functions import function_keys
from workgroups.enums import GroupKind, GroupMembershipState, GroupState, Office
from workgroups.errors import GroupRefusal, insist
from workgroups.models import GroupMembership, Workgroup

FOUNDED_TWICE = timedelta(minutes=10)


@transaction.atomic
def create_workgroup(
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
    """Found an AG or the concept group, or bring the one with this slug up to date; for importers and commands.

    ``founded``: a day, or the year alone. ``aims``: sentences for the first version of its page, which is made
    and published here; later versions belong to the editors and stay. Raises ``ValidationError``.
    """
    group = Workgroup.objects.filter(slug=slug).first() or Workgroup(slug=slug)
    group.name, group.kind, group.number, group.description = name, kind, number, description
    group.founded = date(founded, 1, 1) if isinstance(founded, int) else founded
    group.member_functions = function_keys(member_functions)
    group.full_clean(exclude=["page", "parent", "founder"])
    group.save()
    if group.page is None:
        group.page = pages.create_page(group, aims=aims)
        group.save(update_fields=["page"])
    else:
        pages.rename_page(group)
    searching.index_group(group)
    if group.is_concept_group:
        sync_concept_group()
    return group


@transaction.atomic
def found_subgroup(
    *,
    workgroup: Workgroup,
    visitor: Visitor,
    title: str,
    question: str,
    expected_result: str,
    until: date | None = None,
) -> Workgroup:
    """A member of the AG founds a sub-group and leads it. Raises ``GroupRefusal``, ``ValidationError``.

    Sent twice, the second time returns the group of the first: groups are never deleted.
    """
    workgroup = lock(workgroup, visitor)
    insist(rules.may_found_subgroup(visitor, workgroup))
    if until is not None and until < timezone.localdate():
        raise GroupRefusal(_("Bitte wählen Sie einen Tag in der Zukunft."), field="until")
    texts = {"question": question, "expected_result": expected_result, "until": until}
    if (twin := _just_founded(workgroup, visitor.person, title)) is not None:
        if all(getattr(twin, name) == value for name, value in texts.items()):
            return twin
        raise GroupRefusal(_("Sie haben gerade eine Unterarbeitsgruppe dieses Namens gegründet."), field="title")
    group = Workgroup(
        kind=GroupKind.SUBGROUP,
        parent=workgroup,
        slug=free_group_slug(f"uag-{german_slug(title, length=60)}".strip("-")),
        name=title,
        founded=timezone.localdate(),
        founder=visitor.person,
        **texts,
    )
    _write_new(group)
    put_in_group(workgroup=group, person=visitor.person, office=Office.LEAD)
    visitor.forget()
    searching.index_group(group)
    return group


def _just_founded(workgroup: Workgroup, founder: Person, title: str) -> Workgroup | None:
    """The open sub-group of this title that the person founded in the AG within the last minutes."""
    own = Workgroup.objects.subgroups().open().filter(parent=workgroup, founder=founder, name=title)
    recent: Workgroup | None = own.filter(created__gt=timezone.now() - FOUNDED_TWICE).select_related("parent").first()
    return recent


def _write_new(group: Workgroup) -> None:
    """Save the row; another group may have taken the slug at the same moment."""
    group.full_clean(exclude=["page", "parent", "founder"], validate_constraints=False)
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise GroupRefusal(
            _("Gerade wurde eine Gruppe dieses Namens gegründet. Bitte senden Sie das Formular noch einmal."),
            field="title",
        ) from None


def free_group_slug(base: str) -> str:
    """``base``, with a number behind it where another group of the network or the platform has that name."""
    return free_slug(base, Workgroup.objects.all(), reserved=RESERVED_SLUGS)


@transaction.atomic
def save_subgroup(
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
    """Create or update the sub-group with this slug as an importer knows it; the founder leads it if nobody does.

    With ``closed`` it is closed; one that is closed stays so. Raises ``ValidationError``.
    """
    group = Workgroup.objects.filter(slug=slug).first() or Workgroup(slug=slug)
    group.kind, group.parent, group.name = GroupKind.SUBGROUP, workgroup, title
    group.question, group.expected_result, group.result = question, expected_result, result or group.result
    group.founder, group.founded, group.until = founder, founded, until
    if closed:
        group.state, group.closed = GroupState.CLOSED, closed
    group.full_clean(exclude=["page", "parent", "founder"])
    group.save()
    if founder is not None:
        put_in_group(workgroup=workgroup, person=founder)
        has_lead = group.memberships.filter(office=Office.LEAD).exists()
        put_in_group(workgroup=group, person=founder, office=None if has_lead else Office.LEAD)
    searching.index_group(group)
    return group


@transaction.atomic
def put_in_group(*, workgroup: Workgroup, person: Person, office: str | None = None) -> GroupMembership:
    """Make somebody an active member without asking anybody: founders, importers, admission to the network.

    ``office`` is taken from whoever holds it; ``None`` leaves the person's office as it is. Idempotent.
    """
    # Two at once: the second one waits for the first one's row.
    row, _created = GroupMembership.objects.select_for_update().get_or_create(workgroup=workgroup, person=person)
    if not row.is_active:
        row.state, row.since = GroupMembershipState.ACTIVE, timezone.now()
    if office is not None:
        GroupMembership.objects.filter(workgroup=workgroup, office=office).exclude(person=person).exclude(
            office=""
        ).update(office=Office.NONE)
        row.office = office
    row.save()
    if office is not None and workgroup.is_workgroup:
        sync_concept_group()
    return row


@transaction.atomic
def close_subgroup(*, group: Workgroup, result: str, visitor: Visitor) -> Workgroup:
    """End a sub-group with its result; from now on it can only be read. Its members are told.

    Requests that wait for their AG lapse. Raises ``GroupRefusal``.
    """
    group = lock(group, visitor)
    insist(rules.may_close(visitor, group))
    if not result.strip():
        raise GroupRefusal(_("Bitte beschreiben Sie das Ergebnis."), field="result")
    group.state, group.closed, group.result = GroupState.CLOSED, timezone.localdate(), result.strip()
    group.save(update_fields=["state", "closed", "result"])
    group.memberships.filter(state=GroupMembershipState.REQUESTED).update(state=GroupMembershipState.LEFT)
    searching.index_group(group)
    mails.subgroup_closed(group, by=visitor.person)
    return group


@transaction.atomic
def archive_workgroup(*, group: Workgroup, visitor: Visitor, result: str = "") -> Workgroup:
    """Archive an AG: it and its sub-groups stay readable for their members. Open requests are refused with mail.

    ``result``: what came out of it, shown on its page; "" leaves that as it is. Its offices no longer give a
    seat in the concept group. Raises ``GroupRefusal``.
    """
    group = lock(group, visitor)
    insist(rules.may_archive(visitor, group))
    group.state, group.closed = GroupState.ARCHIVED, timezone.localdate()
    group.result = result.strip() or group.result
    group.save(update_fields=["state", "closed", "result"])
    reason = _("Die Arbeitsgruppe ist archiviert und nimmt niemanden mehr auf.")
    for row in group.memberships.filter(state=GroupMembershipState.REQUESTED).select_related("person"):
        row.state, row.reason, row.decided_by = GroupMembershipState.REFUSED, reason, visitor.person
        row.save()
        mails.refused(row)
    sync_concept_group()
    audit.record(action="group.archived", actor=visitor.person, group=group.title)
    searching.index_group(group)
    return group


def lock(group: Workgroup, visitor: Visitor) -> Workgroup:
    """The row as it is now, locked until the transaction ends, with its AG.

    What the visitor is in the groups is read anew as well.
    """
    visitor.forget()
    fresh: Workgroup = Workgroup.objects.select_for_update(of=("self",)).select_related("parent").get(pk=group.pk)
    return fresh
