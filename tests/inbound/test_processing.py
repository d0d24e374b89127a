"""Answers that are not published say why, and nobody is made to write too much."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dkbm.accounts.domain.admission import leave
from dkbm.inbound import tasks
from dkbm.inbound.domain import processing
from dkbm.inbound.domain.mails import MOST_A_DAY
from dkbm.inbound.domain.processing import MOST_ATTEMPTS, process
from dkbm.inbound.domain.retention import KEEP_RAW, KEEP_ROW, forget_old_mails
from dkbm.inbound.enums import Door, Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.reply_addresses import GOOD_FOR
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.topics import close_topic, delete_topic
from forum.enums import MAX_POST
from tests.factories.people import make_person
from tests.inbound.scene import Scene, plain
from workgroups.models import GroupMembership


def refused(scene: Scene, text: str = "Ja, gern.", **fields: Any) -> tuple[IncomingMail, str]:
    """The row and the mail that went back."""
    row = scene.read(plain(scene, text, **fields))
    assert (row.outcome, scene.posts()) == (Outcome.REFUSED, [])
    (mail,) = scene.answers()
    assert mail.address == scene.reader.email
    return row, mail.body


def test_expired_address(scene: Scene) -> None:
    with time_machine.travel(timezone.now() + GOOD_FOR + timedelta(days=1)):
        row, body = refused(scene)
    assert row.reason == "Auf unsere E-Mails können Sie 60 Tage lang antworten, diese ist älter."
    assert scene.topic.get_absolute_url() in body
    assert "Ja, gern." not in body  # nothing of it was taken


def test_closed_topic(scene: Scene) -> None:
    close_topic(topic=scene.topic, visitor=visitor_of(scene.writer))
    row, body = refused(scene)
    assert row.reason == "Dieses Thema ist abgeschlossen. Es nimmt keine Antworten mehr an."
    assert scene.topic.get_absolute_url() in body
    assert "Damit nichts verloren geht, hier Ihr Text:\n\nJa, gern." in body


def test_deleted_topic(scene: Scene) -> None:
    manager = make_person("Doris Leitung", roles=("manager",))
    delete_topic(topic=scene.topic, visitor=visitor_of(manager), reason="Doppelt")
    row, body = refused(scene)
    assert row.reason == "Dieses Thema wurde gelöscht. Es nimmt keine Antworten mehr an."
    assert scene.topic.get_absolute_url() not in body


def test_group_that_one_has_left(scene: Scene) -> None:
    GroupMembership.objects.filter(person=scene.reader).delete()
    _row, body = refused(scene)
    assert scene.topic.title not in body
    assert scene.topic.get_absolute_url() not in body


@pytest.mark.parametrize("text", ["", "   ", "\r\n\r\n", "-- \r\nAnna", "> Zitat\r\n> noch eins", "\u200b"])
def test_empty_text(scene: Scene, text: str) -> None:
    refused(scene, text)


def test_too_long_text(scene: Scene) -> None:
    row, body = refused(scene, "x" * (MAX_POST + 1))
    assert "ein Beitrag fasst höchstens 20.000" in row.reason
    assert "x" * MAX_POST in body


def test_mail_bomb_is_refused_before_it_is_unpacked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n' for number in range(1000)
    )
    head = f"From: {scene.reader.email}\r\nTo: {scene.address}\r\nSubject: Bombe\r\nMIME-Version: 1.0\r\n"
    row = scene.read((head + nested).encode())
    assert row.outcome == Outcome.REFUSED
    assert row.reason == "Ihre E-Mail ließ sich nicht lesen. Bitte schicken Sie Ihre Antwort als einfachen Text."
    assert len(scene.answers()) == 1


@pytest.mark.parametrize("body", ["--b\r\n\r\n" * 500_000, "a: b\r\n" * 400_000, "\r\n" * 1_000_000])
def test_parts_and_lines_without_number_are_refused_unread(scene: Scene, body: str) -> None:
    head = f'From: {scene.reader.email}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    row = scene.read(f"{head}\r\n{body}".encode())
    assert (row.outcome, scene.posts()) == (Outcome.REFUSED, [])
    assert "ließ sich nicht lesen" in row.reason


@pytest.mark.parametrize(
    "line", ["Am schrieb " * 180, "Am x, " * 300, "On On wrote " * 150, "Hinweis: " + "mail " * 390]
)
def test_text_made_to_keep_the_libraries_busy_is_read(scene: Scene, line: str) -> None:
    """Each is cut within moments; the post would be too long."""
    row = scene.read(plain(scene, f"{line}\r\n" * 100))
    assert row.outcome == Outcome.REFUSED
    assert "ein Beitrag fasst höchstens" in row.reason


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        b"From: a\r\nContent-Type: multipart/mixed\r\n\r\n--",
        b"Content-Type: text/plain; charset=\xff\xff\r\n\r\nJa",
        b"From: =?utf-8?b?!!!?= <a@>\r\nContent-Type: text/html; charset=unbekannt\r\n\r\n<p>Ja",
        b"From: @@@@,,,<<>>\r\nMessage-ID: <\r\n\r\nJa",
        b"<div>" * 20_000,
    ],
)
def test_broken_messages_of_whomever_publish_nothing(scene: Scene, raw: bytes) -> None:
    row = scene.read(raw)
    assert (row.outcome, scene.posts()) == (Outcome.REFUSED, [])


@pytest.mark.parametrize(
    "html", ["<div>" * 20_000 + "Ja", "<blockquote>" * 5_000, "<table><tr><td>" * 3_000, "<b><i>" * 9_000]
)
def test_deep_html_is_refused(scene: Scene, html: str) -> None:
    raw = plain(scene, html).replace(b"text/plain", b"text/html")
    row = scene.read(raw)
    assert (row.outcome, scene.posts()) == (Outcome.REFUSED, [])


def test_script_and_tracking_pictures_leave_no_trace(scene: Scene) -> None:
    row = scene.read(scene.raw("nur-html"))
    for word in ("script", "spion", "pixel", "onclick", "style"):
        assert word not in row.text + row.cut


def test_a_few_answers_a_day_and_no_more(scene: Scene) -> None:
    for number in range(MOST_A_DAY + 3):
        scene.read(plain(scene, f"> Zitat {number}"))
    assert len(scene.answers()) == MOST_A_DAY
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        scene.read(plain(scene, "> Zitat morgen"))
    assert len(scene.answers()) == MOST_A_DAY + 1


def test_read_twice_writes_one_post(scene: Scene) -> None:
    row = scene.read(plain(scene, "Ja, gern."))
    process(row.pk)
    IncomingMail.objects.update(outcome=Outcome.WAITING)  # the worker died before the end of the transaction
    process(row.pk)
    assert scene.posts() == ["Ja, gern."]


def test_error_of_ours_is_tried_again_and_then_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert scene.receive(plain(scene, "Ja, gern.")) == Door.TAKEN
    row = IncomingMail.objects.get()
    with monkeypatch.context() as broken:
        broken.setattr(processing, "cut", lambda text: 1 / 0)
        for _ in range(MOST_ATTEMPTS - 1):
            tasks.read_mail(incoming_id=row.pk)
        row.refresh_from_db()
        assert (row.outcome, row.attempts) == (Outcome.WAITING, MOST_ATTEMPTS - 1)
    tasks.read_mail(incoming_id=row.pk)
    row.refresh_from_db()
    assert row.outcome == Outcome.PUBLISHED

    assert scene.receive(plain(scene, "Noch etwas.")) == Door.TAKEN
    second = IncomingMail.objects.latest("pk")
    monkeypatch.setattr(processing, "cut", lambda text: 1 / 0)
    for _ in range(MOST_ATTEMPTS):
        tasks.read_mail(incoming_id=second.pk)
    second.refresh_from_db()
    assert second.outcome == Outcome.REFUSED
    assert len(scene.answers()) == 1


def test_what_came_is_forgotten_by_and_by(scene: Scene) -> None:
    row = scene.read(plain(scene, "Ja, gern."))
    IncomingMail.objects.update(received=timezone.now() - KEEP_RAW - timedelta(hours=1))
    assert forget_old_mails() == 0
    row.refresh_from_db()
    assert (bytes(row.raw), row.text) == (b"", "Ja, gern.")
    IncomingMail.objects.update(received=timezone.now() - KEEP_ROW - timedelta(hours=1))
    assert forget_old_mails() == 1
    assert scene.posts() == ["Ja, gern."]


def test_large_message_is_not_kept_once_it_is_read(scene: Scene) -> None:
    raw = scene.raw("mit-anhang").replace(b"JVBERi0xLjQK", b"JVBERi0xLjQK" * 50_000)
    row = scene.read(raw)
    assert (row.outcome, row.size, bytes(row.raw)) == (Outcome.PUBLISHED, len(raw), b"")


def test_who_leaves_the_network_leaves_no_answers_there(scene: Scene) -> None:
    scene.read(plain(scene, "Ja, gern."))
    leave(membership=Membership.objects.get(person=scene.reader))
    assert not IncomingMail.objects.exists()
    assert scene.posts() == ["Ja, gern."]


def test_author_alone_sees_what_was_left_out(scene: Scene, in_niedersachsen: BoundNetwork, client_of: Any) -> None:
    row = scene.read(scene.raw("outlook"))
    path = f"/benachrichtigungen/antworten/{row.pk}/"
    client: Client = client_of(in_niedersachsen, scene.reader)
    assert "Ja, wir haben ein Muster mit dem Jobcenter" in client.get("/benachrichtigungen/antworten/").content.decode()
    page = client.get(path).content.decode()
    assert "Landkreis Musterland" in page
    assert row.path in page
    assert client_of(in_niedersachsen, scene.writer).get(path).status_code == 404
    manager = make_person("Doris Leitung", roles=("manager",))
    assert client_of(in_niedersachsen, manager).get(path).status_code == 404
    assert client_of(in_niedersachsen).get(path).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(
    scene: Scene, in_niedersachsen: BoundNetwork, client_of: Any, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        scene.read(plain(scene, f"Nummer {each}"))
    client: Client = client_of(in_niedersachsen, scene.reader)
    client.get("/benachrichtigungen/antworten/")
    with django_assert_num_queries(7):
        client.get("/benachrichtigungen/antworten/")
