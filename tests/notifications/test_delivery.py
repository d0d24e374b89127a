"""Each mail goes out once, whatever happens; what cannot go out is seen."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from dkbm.core.smtp import call_before_end
from dkbm.notifications.domain.delivery import DELAYS, claim, deliver, hand_over, note_failure, settle_unheard
from dkbm.notifications.domain.digest import write_digests
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.outbox import Attachment, send_to_address
from dkbm.notifications.domain.queries.mails import failed_mails
from dkbm.notifications.domain.smtp_errors import read_error
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.enums import Level, MailState
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Network
from tests.factories.people import make_person
from tests.notifications.mail_server import Sink


def queued(**changes: Any) -> Mail:
    values: dict[str, Any] = {"email": "gast@example.org", "path": "/", "context": {"title": "Frage"}}
    return send_to_address(kind="probe.told", **(values | changes))


def states() -> list[tuple[str, int]]:
    return list(Mail.objects.order_by("pk").values_list("state", "attempts"))


def test_mail_is_sent_in_the_networks_name(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    mail = queued()
    deliver(mail_id=mail.pk)
    (message,) = sink.accepted
    assert message["From"] == "Transferagentur Niedersachsen <netz-niedersachsen@example.org>"
    assert message["To"] == "gast@example.org"
    assert message["Subject"] == "Neue Antwort: Frage"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == mail.body
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (MailState.SENT, 1, "")
    assert mail.sent_at is not None


def test_answers_go_to_the_agency(niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    with bind(niedersachsen):
        Network.objects.update(contact_email="post@agentur.example.org")
    from dkbm.tenancy.hosts import forget_hosts, network_by_id

    forget_hosts()
    network = network_by_id(niedersachsen.id)
    assert network
    with bind(network):
        deliver(mail_id=queued().pk)
    assert sink.accepted[0]["Reply-To"] == "post@agentur.example.org"


def test_calendar_file_goes_with_it(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    calendar = Attachment("termin.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Grüße".encode())
    deliver(mail_id=queued(attachments=[calendar]).pk)
    (part,) = sink.accepted[0].iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "termin.ics")
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_content().split() == ["BEGIN:VCALENDAR", "SUMMARY:Grüße"]


def test_second_delivery_does_nothing(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    mail = queued()
    deliver(mail_id=mail.pk)
    deliver(mail_id=mail.pk)
    assert len(sink.accepted) == 1
    assert states() == [(MailState.SENT, 1)]


def test_missing_mail_is_tolerated(in_niedersachsen: BoundNetwork, sink: Sink) -> None:
    deliver(mail_id=1)
    assert sink.accepted == []


def test_mail_of_another_network_is_left_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind, sink: Sink
) -> None:
    with bind(bayern):
        mail = queued()
    with bind(niedersachsen):
        deliver(mail_id=mail.pk)
    assert sink.accepted == []


def test_temporary_refusal_is_tried_again_later(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    sink.answers = ["451 Bitte später"]
    mail = queued()
    deliver(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 1)
    assert mail.error == "Der Mailserver nimmt die E-Mail gerade nicht an: 451 Bitte später"
    assert mail.next_try > timezone.now()
    deliver(mail_id=mail.pk)  # not due yet
    assert sink.accepted == []
    Mail.objects.update(next_try=timezone.now())
    deliver(mail_id=mail.pk)
    assert len(sink.accepted) == 1
    assert states() == [(MailState.SENT, 2)]


def test_greylisted_recipient_is_tried_again(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    sink.recipient_answers = ["450 4.2.0 Greylisted"]
    deliver(mail_id=queued().pk)
    assert states() == [(MailState.QUEUED, 1)]


def test_final_refusal_fails_at_once(
    in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.recipient_answers = ["550 5.1.1 Unbekannt"]
    mail = queued()
    deliver(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert mail.error == "Der Mailserver nimmt die E-Mail nicht an: 550 5.1.1 Unbekannt"
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == ["mail failed"]


def test_link_that_breaks_before_the_yes_leaves_the_mail_unsent(
    in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink
) -> None:
    sink.answers = ["hang up"]
    deliver(mail_id=queued().pk)
    assert states() == [(MailState.QUEUED, 1)]
    assert Mail.objects.get().sent_at is None


def test_server_that_is_away_is_tried_again_until_it_is_too_late(
    in_niedersachsen: BoundNetwork, probe: Kind, no_mail_server: None
) -> None:
    mail = queued()
    waits = []
    for _attempt in range(len(DELAYS) + 1):
        Mail.objects.update(next_try=timezone.now())
        deliver(mail_id=mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.next_try - timezone.now()).total_seconds()))
        assert mail.error == "Der Mailserver ist nicht erreichbar (ConnectionRefusedError)."
    assert states() == [(MailState.FAILED, len(DELAYS) + 1)]
    assert waits[:-1] == sorted(waits[:-1])


def test_claimed_mail_belongs_to_its_worker_until_the_lease_is_over(
    in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink
) -> None:
    mail = queued()
    lost = claim(mail_id=mail.pk)  # and then its worker dies
    assert lost
    deliver(mail_id=mail.pk)
    assert sink.accepted == []
    Mail.objects.update(next_try=timezone.now() - timedelta(seconds=1))
    deliver(mail_id=mail.pk)
    assert len(sink.accepted) == 1
    # It was only slow: it comes back and must neither send nor spoil the state.
    with get_connection() as server:
        hand_over(mail=lost, server=server)
    note_failure(mail=lost, error=smtplib.SMTPServerDisconnected())
    assert len(sink.accepted) == 1
    assert states() == [(MailState.SENT, 2)]


def test_server_forgets_a_mail_that_is_not_to_end(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    """What stops it comes between the last line and the dot; the link is dropped without waiting for anything."""
    message = build_message(queued(), in_niedersachsen)
    seen: list[int] = []

    def stop() -> None:
        seen.append(len(sink.accepted))
        raise KeyboardInterrupt

    with get_connection() as server:
        call_before_end(server, stop)
        with pytest.raises(KeyboardInterrupt):
            server.send_messages([message])
    assert (seen, sink.accepted) == ([0], [])


def test_lines_that_begin_with_a_dot_arrive(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    mail = queued()
    mail.body = ".\n..\n.Punkt\nUmlaute: ÄÖÜ\n"
    with get_connection() as server:
        call_before_end(server, lambda: None)
        server.send_messages([build_message(mail, in_niedersachsen)])
    body = sink.accepted[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == mail.body


@pytest.mark.parametrize(("optional", "state"), [(True, MailState.FAILED), (False, MailState.QUEUED)])
def test_worker_that_died_before_it_heard_the_answer(
    in_niedersachsen: BoundNetwork, probe_of: Callable[..., Kind], optional: bool, state: str
) -> None:
    """The server has all of it, perhaps: what a digest can tell is not sent twice, all else is not lost."""
    probe_of(optional=optional)
    old, young = queued(), queued()
    Mail.objects.update(state=MailState.HANDED, attempts=1)
    Mail.objects.filter(pk=young.pk).update(next_try=timezone.now() + timedelta(seconds=30))
    assert settle_unheard() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, young.state) == (state, MailState.HANDED)
    assert [mail.pk for mail in failed_mails()] == [old.pk] * optional
    assert old.error.startswith("Vielleicht angekommen") is optional


def test_what_perhaps_arrived_is_told_in_the_next_digest(in_niedersachsen: BoundNetwork, probe_of: Any) -> None:
    """Once, and not what was read before; a digest that perhaps arrived gives back what it told."""
    probe_of(optional=True)
    people = [make_person(name, password=None) for name in ("Anna A", "Bert B", "Carla C")]
    told = tell(
        kind="probe.told", people=people, about=in_niedersachsen_network(), path="/forum/", context={"title": "Frage"}
    )
    rows = {row.person_id: row for row in told}
    Notification.objects.filter(pk=rows[people[1].pk].pk).update(read=timezone.now())
    digest = Mail.objects.create(kind="digest.daily", recipient=people[2], address="x@example.org", path="/")
    Notification.objects.filter(pk=rows[people[2].pk].pk).update(level=Level.DAILY, digest=digest)
    Mail.objects.update(state=MailState.HANDED, next_try=timezone.now())
    assert settle_unheard() == 4
    Mail.objects.update(state=MailState.FAILED)
    tomorrow = timezone.now() + timedelta(days=1)
    assert write_digests(level=Level.DAILY, due=tomorrow) == 2
    queued_for = Mail.objects.filter(state=MailState.QUEUED)
    assert {mail.recipient_id for mail in queued_for} == {people[0].pk, people[2].pk}


def in_niedersachsen_network() -> Network:
    found: Network = Network.objects.get(slug="niedersachsen")
    return found


def test_two_workers_at_once_send_it_once(committed_network: BoundNetwork, probe: Kind, sink: Sink) -> None:
    with bind(committed_network):
        mail_id = queued().pk
    start = Barrier(4)

    def work() -> None:
        try:
            with bind(committed_network):
                start.wait()
                deliver(mail_id=mail_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(work) for _ in range(4)]:
            each.result()
    assert len(sink.accepted) == 1
    with bind(committed_network):
        assert states() == [(MailState.SENT, 1)]


def test_message_made_again_has_the_same_identity(in_niedersachsen: BoundNetwork, probe: Kind, sink: Sink) -> None:
    mail = queued()
    first, second = (build_message(mail, in_niedersachsen).message()["Message-ID"] for _ in range(2))
    assert first == second
    assert first.startswith(f"<{in_niedersachsen.id}.{mail.pk}.")
    deliver(mail_id=mail.pk)
    assert sink.accepted[0]["Message-ID"] == first


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (smtplib.SMTPAuthenticationError(535, b"nein"), True),
        (smtplib.SMTPServerDisconnected("weg"), True),
        (TimeoutError(), True),
        (ConnectionResetError(), True),
        (smtplib.SMTPDataError(452, b"voll"), True),
        (smtplib.SMTPSenderRefused(553, b"nein", "x"), False),
        (smtplib.SMTPRecipientsRefused({"x": (550, b"nein")}), False),
        (smtplib.SMTPException("?"), False),
        (ValueError("?"), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_only_lost_links_and_4xx_are_tried_again(error: Exception, again: bool) -> None:
    assert read_error(error).again is again
