"""Answering in the demo's mailbox goes the way of a real mail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dkbm.config.url_list import FRONT_DOOR, MAILBOX
from dkbm.inbound.domain.processing import process
from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from forum.models import Post
from tests.demo.postfach.maildir import put
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.notifications.mail_server import Sink


@pytest.fixture
def front_door(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    for name, audience in MAILBOX.items():
        monkeypatch.setitem(FRONT_DOOR, name, audience)
    settings.FRONT_DOOR_URLCONF = "tests.demo.postfach.urls"
    settings.MAILBOX_DIR = tmp_path
    return Client(headers={"host": "localhost"})


def test_answer_becomes_a_post(front_door: Client, tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        writer, reader = make_person("Wiebke Tammen"), make_person("Anna Verden")
        topic = make_topic(reader, title="Kooperationsvereinbarung")
        answer(topic, writer, "Wir haben eine.")
        raw = bytes(build_message(Mail.objects.get(recipient=reader), niedersachsen).message())
    put(tmp_path, "frage", raw=raw)
    assert "Antwort senden" in front_door.get("/postfach/frage/").content.decode()
    sent = front_door.post("/postfach/frage/", {"text": "Danke, schickst du sie mir?"}, follow=True)
    assert "Die Antwort ist angekommen." in sent.content.decode()
    with bind(niedersachsen):
        row = IncomingMail.objects.get()
        process(row.pk)
        row.refresh_from_db()
        assert (row.outcome, row.reason) == (Outcome.PUBLISHED, "")
        assert Post.objects.filter(topic=topic).last().text == "Danke, schickst du sie mir?"
        assert "Wir haben eine." in row.cut


def test_answer_to_the_agency_goes_to_its_mailbox(front_door: Client, tmp_path: Path, sink: Sink) -> None:
    put(tmp_path, "frage")
    page = front_door.post("/postfach/frage/", {"text": "Danke!"}, follow=True).content.decode()
    assert "Die Antwort ging an netz@example.org." in page
    (mail,) = sink.accepted
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "netz@example.org",
        "neu@example.org",
        "AW: Bestätigung für frage",
    )


def test_empty_answer_says_so(front_door: Client, tmp_path: Path) -> None:
    put(tmp_path, "frage")
    answered = front_door.post("/postfach/frage/", {"text": " "})
    assert answered.status_code == 422
    assert "Bitte schreiben Sie einen Text." in answered.content.decode()
