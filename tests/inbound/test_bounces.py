"""Mails that came back: state of the mail, and when we stop to write to an address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dkbm.inbound.door import receive
from dkbm.inbound.enums import Door
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.domain.message import bounce_address, build_message
from dkbm.notifications.domain.undeliverable import MOST_BOUNCES, dead_address, note_bounce, try_again
from dkbm.notifications.enums import MailState
from dkbm.notifications.models import DeadAddress, Mail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person
from tests.inbound.notes import BOUNCES
from tests.inbound.scene import Scene

ClientOf = Any


@pytest.mark.parametrize("name", BOUNCES)
def test_note_says_what_became_of_the_mail(scene: Scene, name: str) -> None:
    outcome, state, words = BOUNCES[name]
    mail = scene.mail()
    raw = scene.raw(name, mail=mail)
    if outcome is None:
        assert receive(raw=raw, envelope_to=bounce_address(), envelope_from="") == Door.TAKEN
        assert not IncomingMail.objects.exists()
    else:
        assert scene.read(raw, to=bounce_address()).outcome == outcome
    mail.refresh_from_db()
    assert mail.state == state
    assert words in mail.error
    assert scene.answers() == []


@pytest.mark.parametrize(
    ("name", "counted"), [("rueck-postfix-unbekannt", 1), ("rueck-voll", 0), ("rueck-aufgegeben", 0)]
)
def test_only_what_is_final_counts_against_the_address(scene: Scene, name: str, counted: int) -> None:
    scene.read(scene.raw(name, mail=scene.mail()), to=bounce_address())
    assert list(DeadAddress.objects.values_list("address", "bounces")) == [(scene.reader.email, 1)][:counted]
    assert dead_address(scene.reader.email) is None


def test_same_mail_counts_once(scene: Scene) -> None:
    mail = scene.mail()
    for name in ("rueck-postfix-unbekannt", "rueck-exchange-unbekannt"):
        scene.read(scene.raw(name, mail=mail), to=bounce_address())
    assert DeadAddress.objects.get().bounces == 1


def bounced(scene: Scene, number: int = MOST_BOUNCES) -> None:
    """So many mails to the reader came back, each with a note of its own."""
    for _ in range(number):
        mail = scene.mail()
        raw = scene.raw("rueck-postfix-unbekannt", mail=mail).replace(b"<rueck-", f"<{mail.pk}-".encode())
        scene.read(raw, to=bounce_address())


def test_after_three_nothing_is_mailed_there_until_it_is_tried_again(scene: Scene, sink: Any) -> None:
    bounced(scene, MOST_BOUNCES - 1)
    first = scene.mail(state=MailState.QUEUED)
    deliver(mail_id=first.pk)
    assert len(sink.accepted) == 1
    bounced(scene, 1)
    assert dead_address(scene.reader.email) is not None
    second = scene.mail(state=MailState.QUEUED)
    deliver(mail_id=second.pk)
    second.refresh_from_db()
    assert (second.state, len(sink.accepted)) == (MailState.WITHHELD, 1)
    assert try_again(address=scene.reader.email)
    third = scene.mail(state=MailState.QUEUED)
    deliver(mail_id=third.pk)
    assert len(sink.accepted) == 2


def test_what_an_address_itself_asks_for_leaves_all_the_same(scene: Scene, sink: Any) -> None:
    bounced(scene)
    deliver(mail_id=scene.mail(state=MailState.QUEUED, recipient=None).pk)
    assert len(sink.accepted) == 1


def test_address_that_is_dead_here_is_written_to_elsewhere(scene: Scene, bayern: BoundNetwork, sink: Any) -> None:
    bounced(scene)
    with bind(bayern):
        assert dead_address(scene.reader.email) is None


def test_mails_leave_with_the_address_for_notes_and_a_signed_number(
    scene: Scene, in_niedersachsen: Any, sink: Any
) -> None:
    mail = scene.mail(state=MailState.QUEUED)
    message = build_message(mail, in_niedersachsen)
    assert message.from_email == bounce_address() == "unzustellbar@example.org"
    assert str(message.message()["From"]).endswith("<netz-niedersachsen@example.org>")
    deliver(mail_id=mail.pk)
    assert scene.raw("rueck-postfix-unbekannt", mail=mail).count(sink.accepted[0]["Message-ID"].encode()) == 1


def test_note_about_a_mail_of_another_network_changes_that_mail_alone(scene: Scene, bayern: BoundNetwork) -> None:
    own = scene.mail()
    with bind(bayern):
        person = make_person()
        foreign = Mail.objects.create(
            kind="forum.reply", recipient=person, address=person.email, state="sent", subject="x", body="x", path="/"
        )
        raw = scene.raw("rueck-postfix-unbekannt", mail=foreign)
    scene_count = IncomingMail.objects.count()
    assert receive(raw=raw, envelope_to=bounce_address(), envelope_from="") == Door.TAKEN
    assert IncomingMail.objects.count() == scene_count
    own.refresh_from_db()
    assert own.state == MailState.SENT
    with bind(bayern):
        assert IncomingMail.objects.get().about_key == str(foreign.pk)


def dead(scene: Scene) -> None:
    for _ in range(MOST_BOUNCES):
        mail = scene.mail()
        note_bounce(mail=mail, answer="550 5.1.1 User unknown", is_hard=True, came=mail.created)


def test_person_reads_it_on_their_page_and_tries_again(
    scene: Scene, in_niedersachsen: Any, client_of: ClientOf
) -> None:
    dead(scene)
    client: Client = client_of(in_niedersachsen, scene.reader)
    page = client.get("/benachrichtigungen/").content.decode()
    assert f"An {scene.reader.email} sind mehrere E-Mails nicht angekommen" in page
    assert "550 5.1.1 User unknown" in page
    other = client_of(in_niedersachsen, scene.writer).get("/benachrichtigungen/").content.decode()
    assert "nicht angekommen" not in other
    assert client.post("/benachrichtigungen/adresse/").status_code == 302
    assert dead_address(scene.reader.email) is None
    assert "nicht angekommen" not in client.get("/benachrichtigungen/").content.decode()


def test_manager_reads_it_and_tries_again(scene: Scene, in_niedersachsen: Any, client_of: ClientOf) -> None:
    dead(scene)
    client: Client = client_of(in_niedersachsen, make_person("Doris Leitung", roles=("manager",)))
    page = client.get("/verwaltung/mails/").content.decode()
    assert "Adressen, an die nichts mehr versandt wird" in page
    assert page.count(scene.reader.email) > 1
    row = DeadAddress.objects.get()
    assert client_of(in_niedersachsen, scene.reader).post(f"/verwaltung/mails/adresse/{row.pk}/").status_code == 403
    assert client.post(f"/verwaltung/mails/adresse/{row.pk}/").status_code == 302
    assert dead_address(scene.reader.email) is None
