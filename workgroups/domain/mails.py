"""Who is told what about groups; texts of the mails lie in ``themes/base/templates/mail/``."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.membership import managers_to_tell
from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import Person, with_mailbox
from dkbm.core.paths import network_path
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.domain.wishes import asked_for
from dkbm.notifications.enums import GROUP_LEVELS, Rule, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from workgroups.domain.queries.groups import people_of, readers_of
from workgroups.enums import AG_OFFICES, GroupMembershipState
from workgroups.models import Announcement, GroupMembership, Workgroup

SUBGROUP_KIND = "group.subgroup_founded"
ANNOUNCEMENT_KIND = "group.announcement"

KINDS = (
    Kind(
        "group.request",
        _("Anfrage an eine Arbeitsgruppe"),
        _("%(name)s möchte in „%(group)s“ mitarbeiten"),
        sentence=_("%(name)s möchte in „%(group)s“ mitarbeiten."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.admitted",
        _("Aufnahme in eine Arbeitsgruppe"),
        _("Willkommen in „%(group)s“"),
        sentence=_("Sie sind in „%(group)s“ aufgenommen."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.added",
        _("In eine Arbeitsgruppe aufgenommen"),
        _("Sie gehören jetzt zu „%(group)s“"),
        sentence=_("%(by)s hat Sie in „%(group)s“ aufgenommen."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.removed",
        _("Aus einer Arbeitsgruppe entfernt"),
        _("Ihre Mitgliedschaft in „%(group)s“ ist beendet"),
        sentence=_("Ihre Mitgliedschaft in „%(group)s“ wurde beendet."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.refused",
        _("Ablehnung einer Anfrage"),
        _("Ihre Anfrage an „%(group)s“"),
        sentence=_("Ihre Anfrage an „%(group)s“ wurde nicht angenommen."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.office",
        _("Amt in einer Gruppe"),
        _("Ihr Amt in „%(group)s“: %(office)s"),
        sentence=_("Sie haben in „%(group)s“ ein Amt: %(office)s."),
        scope=Scope.GROUP,
    ),
    Kind(
        SUBGROUP_KIND,
        _("Neue Unterarbeitsgruppe"),
        _("Neue Unterarbeitsgruppe: %(group)s"),
        sentence=_("%(by)s hat in „%(ag)s“ eine Unterarbeitsgruppe gegründet: „%(group)s“."),
        scope=Scope.GROUP,
        optional=True,
        by_group=True,
    ),
    Kind(
        "group.invited",
        _("Einladung in eine Unterarbeitsgruppe"),
        _("Einladung: %(group)s"),
        sentence=_("%(by)s lädt Sie ein, in „%(group)s“ mitzuarbeiten."),
        scope=Scope.GROUP,
        optional=True,
    ),
    Kind(
        ANNOUNCEMENT_KIND,
        _("Rundschreiben"),
        _("%(title)s"),
        sentence=_("%(by)s hat Ihnen ein Rundschreiben geschickt: „%(title)s“."),
        scope=Scope.GROUP,
        optional=True,
        by_group=True,
        levels=GROUP_LEVELS,
        things=Announcement.objects.all,
    ),
    Kind(
        "group.closed",
        _("Abschluss einer Unterarbeitsgruppe"),
        _("„%(group)s“ ist abgeschlossen"),
        sentence=_("„%(group)s“ ist abgeschlossen."),
        scope=Scope.GROUP,
    ),
    Kind(
        "group.archived",
        _("Archivierte Arbeitsgruppe"),
        _("„%(group)s“ ist archiviert"),
        sentence=_("„%(group)s“ ist archiviert."),
        scope=Scope.GROUP,
    ),
)


def deciders(workgroup: Workgroup) -> list[Person]:
    """Speaker and deputy, or the network's managers where an AG has neither."""
    in_office = workgroup.memberships.filter(
        with_mailbox("person"), office__in=AG_OFFICES, state=GroupMembershipState.ACTIVE
    ).select_related("person")
    return [row.person for row in in_office] or managers_to_tell()


def requested(row: GroupMembership) -> None:
    card = profiles_for([row.person_id])[row.person_id]
    tell(
        kind="group.request",
        people=deciders(row.workgroup),
        about=row,
        occasion=every_time(),
        scope=Within(group=row.workgroup_id),
        path=network_path("workgroups:requests", row.workgroup.ag.slug),
        context={"group": row.workgroup.title, "name": card.name, "line": card.line, "message": row.message},
    )


def admitted(row: GroupMembership) -> None:
    _tell(row, "group.admitted")


def added(row: GroupMembership, *, by: Person) -> None:
    _tell(row, "group.added", by=by.display_name)


def removed(row: GroupMembership) -> None:
    if not row.person.has_mailbox:
        return
    _tell(row, "group.removed", reason=row.reason)


def refused(row: GroupMembership) -> None:
    _tell(row, "group.refused", reason=row.reason)


def office_given(row: GroupMembership) -> None:
    _tell(row, "group.office", office=str(row.get_office_display()))


def _tell(row: GroupMembership, kind: str, **context: str) -> None:
    """Tell the member about the group."""
    tell(
        kind=kind,
        people=[row.person],
        about=row,
        occasion=every_time(),
        scope=Within(group=row.workgroup_id),
        path=row.workgroup.get_absolute_url(),
        context={"group": row.workgroup.title, **context},
    )


def invited(group: Workgroup, people: list[Person], *, by: Person, message: str) -> None:
    """At most once a day and person, however often somebody presses the button."""
    tell_many(
        kind="group.invited",
        people=[person.pk for person in people],
        about=group,
        occasion=timezone.localdate().isoformat(),
        scope=Within(group=group.ag.pk),
        path=group.get_absolute_url(),
        sender=by.display_name,
        context={
            "group": group.name,
            "ag": group.ag.title,
            "by": by.display_name,
            "question": group.question,
            "message": message,
        },
    )


def subgroup_closed(group: Workgroup, *, by: Person) -> None:
    _tell_of_end(group, "group.closed", by=by)


def archived(group: Workgroup, *, by: Person) -> None:
    _tell_of_end(group, "group.archived", by=by)


def _tell_of_end(group: Workgroup, kind: str, *, by: Person) -> None:
    rows = group.memberships.filter(with_mailbox("person"), state=GroupMembershipState.ACTIVE)
    tell(
        kind=kind,
        people=[row.person for row in rows.exclude(person=by).select_related("person")],
        about=group,
        occasion=every_time(),
        scope=Within(group=group.pk),
        path=group.get_absolute_url(),
        context={"group": group.title, "result": group.result},
    )


def subgroup_founded(group: Workgroup, *, by: Person) -> None:
    """Tell the members of its AG, who may all join; mails go to those who have an office there or follow."""
    within = Within(group=group.ag.pk)
    inside, offices = people_of(group.ag)
    readers = readers_of(group.ag).filter(
        with_mailbox("person"), person__in=inside | asked_for(kind=SUBGROUP_KIND, scope=within)
    )
    tell_many(
        kind=SUBGROUP_KIND,
        people=list(readers.exclude(person=by).order_by("person").values_list("person", flat=True)),
        about=group,
        scope=within,
        path=group.get_absolute_url(),
        context={"group": group.name, "ag": group.ag.title, "by": by.display_name, "message": group.question},
        because=dict.fromkeys(offices, Rule.OFFICE),
        sender=by.display_name,
    )


def because_of_offices(group: Workgroup | None) -> dict[UUID, Rule]:
    """What is known of those whom an announcement may reach."""
    return dict.fromkeys(people_of(group)[1], Rule.OFFICE) if group is not None else {}


def announced(announcement: Announcement, people: Sequence[UUID], *, by: Person) -> None:
    """Tell those to whom it was written, with its whole text unless the group's mails carry a link only."""
    group = announcement.group
    tell_many(
        kind=ANNOUNCEMENT_KIND,
        people=people,
        about=announcement,
        scope=Within(group=announcement.group_id),
        path=announcement.get_absolute_url(),
        context={
            "by": by.display_name,
            "title": announcement.subject,
            "to": group.title if group else "",
            "message": "" if group and group.mails_link_only else announcement.text,
        },
        because=because_of_offices(group),
        sender=by.display_name,
    )
