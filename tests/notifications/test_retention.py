"""What a mail said is forgotten after a while; kind, state, cause and recipient stay. Notifications go whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dkbm.config.settings.schedule import BEAT_SCHEDULE
from dkbm.notifications.domain.outbox import Attachment, send_to_address
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.enums import MailState
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail, MailAttachment, Notification
from dkbm.notifications.tasks import blank_mails, delete_notifications
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import Role
from dkbm.tenancy.hosts import platform
from tests.factories.people import make_person


def old_mail(network: BoundNetwork, state: str, days: int) -> Mail:
    """A mail that was sent, failed or is due that many days ago."""
    then = timezone.now() - timedelta(days=days, hours=1)
    with bind(network):
        mail = send_to_address(
            kind="probe.told",
            email="gast@example.org",
            path="/abmelden/geheim/",
            context={"title": "Frage"},
            attachments=[Attachment("termin.ics", "text/calendar", b"BEGIN:VCALENDAR")],
        )
        sent = then if state == MailState.SENT else None
        Mail.objects.filter(pk=mail.pk).update(state=state, next_try=then, sent_at=sent)
    return mail


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        (MailState.SENT, 29, True),
        (MailState.SENT, 30, False),
        (MailState.FAILED, 89, True),
        (MailState.FAILED, 90, False),
        (MailState.QUEUED, 400, True),
        (MailState.SENDING, 400, True),
    ],
)
def test_text_path_and_attachments_are_kept_as_long_as_needed(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind, state: str, days: int, kept: bool
) -> None:
    for network in (platform(), niedersachsen, bayern):
        mail = old_mail(network, state, days)
        blank_mails()
        with bind(network):
            found = Mail.objects.get(pk=mail.pk)
            attachments = MailAttachment.objects.filter(mail=found).count()
        assert (bool(found.body), found.path, attachments) == (kept, "/abmelden/geheim/" if kept else "", int(kept))
        assert (found.kind, found.state, found.address) == ("probe.told", state, "gast@example.org")


def test_mail_without_text_is_not_sent_again(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], probe: Kind
) -> None:
    mail = old_mail(niedersachsen, MailState.FAILED, 90)
    blank_mails()
    with bind(niedersachsen):
        manager = make_person(roles=(Role.MANAGER,))
    client = client_of(niedersachsen, manager)
    page = client.get("/verwaltung/mails/").content.decode()
    assert page.count("Der Text dieser E-Mail ist inzwischen gelöscht worden.") == 1
    assert "Erneut senden" not in page
    client.post(f"/verwaltung/mails/{mail.pk}/erneut-senden/")
    with bind(niedersachsen):
        assert Mail.objects.get(pk=mail.pk).state == MailState.FAILED


@pytest.mark.parametrize(("days", "kept"), [(179, True), (180, False)])
def test_notifications_are_kept_for_half_a_year(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind, days: int, kept: bool
) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            person = make_person()
            about = person.memberships.get()
            values = {"kind": "probe.told", "people": [person], "path": "/", "context": {"title": "Frage"}}
            (old,) = tell(about=about, occasion="1", **values)
            (new,) = tell(about=about, occasion="2", **values)
            then = timezone.now() - timedelta(days=days, hours=1)
            Notification.objects.filter(pk=old.pk).update(told=then, read=then)
    delete_notifications()
    for network in (niedersachsen, bayern):
        with bind(network):
            assert Notification.objects.count() == (2 if kept else 1)
            assert Mail.objects.count() == 2
    with bind(bayern):
        assert Notification.objects.filter(pk=new.pk).exists()


@pytest.mark.parametrize(
    ("name", "task", "minute"), [("old mails", blank_mails, 30), ("old notifications", delete_notifications, 35)]
)
def test_beat_sends_the_tasks_every_night(name: str, task: Any, minute: int) -> None:
    entry = BEAT_SCHEDULE[name]
    assert (entry["task"], str(entry["schedule"])) == (task.name, f"<crontab: {minute} 3 * * * (m/h/dM/MY/d)>")
