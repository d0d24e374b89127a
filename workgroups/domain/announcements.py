"""Write to all or some of a group, or of the network: seen before it is sent, sent once, pinned until it is read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.core.text import one_line, seen_text
from dkbm.notifications.domain.reading import read_about
from dkbm.tenancy.locking import lock as lock_row
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails
from workgroups.domain.groups import lock
from workgroups.domain.queries.announcements import Addressed, addressed
from workgroups.enums import TEXT_LENGTH
from workgroups.errors import GroupRefusal, insist
from workgroups.models import Announcement, AnnouncementRecipient, Workgroup
from workgroups.models.announcements import SUBJECT_LENGTH

MOST_A_DAY = 5
"""By one author in the network: whoever writes more often is read less."""
KEPT = timedelta(days=730)


def find_people(*, group: Workgroup | None, visitor: Visitor, selection: str) -> Addressed:
    """Whom the selection means now. Raises ``GroupRefusal`` for one that is not offered or means nobody."""
    found = addressed(group=group, visitor=visitor, selection=selection)
    if found is None:
        raise GroupRefusal(_("Diese Auswahl gibt es hier nicht. Bitte wählen Sie eine andere."), field="selection")
    if not found.people:
        text = _("Auf diese Auswahl trifft außer Ihnen niemand zu. Bitte wählen Sie eine andere.")
        raise GroupRefusal(text, field="selection")
    return found


@transaction.atomic
def send_announcement(
    *,
    group: Workgroup | None,
    visitor: Visitor,
    subject: str,
    text: str,
    selection: str,
    client_key: UUID | None = None,
) -> Announcement:
    """Write to those whom ``selection`` means when it is sent; ``group``: ``None`` for the network.

    In one transaction: the text, a row for each of them, what they are told, an entry of the log. A form sent twice
    (``client_key``) is one announcement, which both calls return. Raises ``GroupRefusal``.
    """
    subject, text = checked_subject(subject), checked_text(text)
    if visitor.membership is None:
        raise GroupRefusal(_("Das können nur Mitglieder des Netzwerks."))
    lock_row(visitor.membership)  # the same author, twice at once
    before = _sent_before(visitor, client_key)
    if before is not None:
        return before
    if group is not None:
        group = lock(group, visitor)
    else:
        visitor.look_again()
    insist(rules.may_announce(visitor, group))
    _check_number(visitor)
    found = find_people(group=group, visitor=visitor, selection=selection)
    announcement = _write(
        Announcement(group=group, author=visitor.person, subject=subject, text=text), found, client_key
    )
    mails.announced(announcement, found.people, by=visitor.person)
    _log(announcement, visitor)
    return announcement


def _write(announcement: Announcement, found: Addressed, client_key: UUID | None) -> Announcement:
    announcement.selection, announcement.selection_label = found.chosen.key, found.chosen.label
    announcement.people, announcement.client_key = len(found.people), client_key
    announcement.save()
    AnnouncementRecipient.objects.bulk_create(
        AnnouncementRecipient(announcement=announcement, person_id=person_id) for person_id in found.people
    )
    return announcement


def _log(announcement: Announcement, visitor: Visitor) -> None:
    place = announcement.group.title if announcement.group else _("Netzwerk")
    audit.record(
        action="announcement.sent",
        actor=visitor.person,
        title=announcement.subject,
        people=announcement.people,
        to=f"{place}: {announcement.selection_label}",
    )


def _sent_before(visitor: Visitor, client_key: UUID | None) -> Announcement | None:
    if client_key is None:
        return None
    found: Announcement | None = Announcement.objects.filter(author_id=visitor.person_id, client_key=client_key).first()
    return found


def _check_number(visitor: Visitor) -> None:
    sent = Announcement.objects.filter(
        author_id=visitor.person_id, sent_at__gte=timezone.now() - timedelta(days=1)
    ).count()
    if sent >= MOST_A_DAY:
        raise GroupRefusal(
            _(
                "Sie haben in den letzten 24 Stunden schon %(n)s Rundschreiben verschickt, mehr sind es an einem Tag "
                "nicht. Schreiben Sie morgen weiter, oder beginnen Sie ein Thema im Forum."
            )
            % {"n": sent}
        )


def checked_subject(subject: str) -> str:
    """In one line. Raises ``GroupRefusal`` for an empty or too long one."""
    subject = one_line(subject)
    if not subject:
        raise GroupRefusal(_("Bitte geben Sie einen Betreff an."), field="subject")
    if len(subject) > SUBJECT_LENGTH:
        text = _("Der Betreff hat %(count)s Zeichen, höchstens %(limit)s passen. Bitte kürzen Sie ihn.")
        raise GroupRefusal(text % {"count": len(subject), "limit": SUBJECT_LENGTH}, field="subject")
    return subject


def checked_text(text: str) -> str:
    """Markdown as it is stored. Raises ``GroupRefusal`` for an empty or too long one."""
    text = seen_text(text).strip()
    if not text:
        raise GroupRefusal(_("Bitte schreiben Sie einen Text."), field="text")
    if len(text) > TEXT_LENGTH:
        counts = {
            name: number_format(n, force_grouping=True) for name, n in (("count", len(text)), ("limit", TEXT_LENGTH))
        }
        sentence = _("Ihr Text hat %(count)s Zeichen, höchstens %(limit)s passen. Bitte kürzen Sie ihn.")
        raise GroupRefusal(sentence % counts, field="text")
    return text


@transaction.atomic
def read_announcement(*, announcement: Announcement, visitor: Visitor) -> bool:
    """It is no longer pinned for the visitor, nor new in their bell; whether it was until now. Twice is as once."""
    own = AnnouncementRecipient.objects.filter(announcement=announcement, person_id=visitor.person_id)
    is_first = bool(own.filter(is_read=False).update(is_read=True))
    if is_first:
        Announcement.objects.filter(pk=announcement.pk).update(readers=F("readers") + 1)
    read_about(person=visitor.person, about=announcement)
    return is_first


def delete_old_announcements() -> int:
    """Those that were sent more than two years ago, with the rows of those to whom they were written."""
    _number, by_model = Announcement.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    return by_model.get(Announcement._meta.label, 0)
