"""The pages of the mailbox, on the front door."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dkbm.config.url_list import FRONT_DOOR, MAILBOX
from tests.demo.postfach.maildir import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def front_door(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Client:
    for name, audience in MAILBOX.items():
        monkeypatch.setitem(FRONT_DOOR, name, audience)
    settings.FRONT_DOOR_URLCONF = "tests.demo.postfach.urls"
    settings.MAILBOX_DIR = tmp_path
    return Client(headers={"host": "localhost"})


def test_empty_mailbox_says_what_to_do(front_door: Client) -> None:
    response = front_door.get("/postfach/")
    assert response.status_code == 200
    assert "Noch keine E-Mails" in response.content.decode()


def test_list_shows_mails_newest_first(front_door: Client, tmp_path: Path) -> None:
    put(tmp_path, "alt", second=1)
    put(tmp_path, "neu", second=2)
    page = front_door.get("/postfach/").content.decode()
    assert 0 < page.index("Bestätigung für neu") < page.index("Bestätigung für alt")
    assert 'href="/postfach/neu/"' in page


def test_list_of_a_stranger_to_the_mailbox_says_so(front_door: Client, tmp_path: Path) -> None:
    put(tmp_path, "a")
    assert "Keine E-Mail an diese Adresse" in front_door.get("/postfach/?an=niemand").content.decode()


def test_mail_shows_text_with_link_and_no_html(front_door: Client, tmp_path: Path) -> None:
    put(tmp_path, "a")
    page = front_door.get("/postfach/a/").content.decode()
    assert '<a href="http://niedersachsen.localhost:8000/konto/x:y/">' in page
    assert "alert(1)" not in page


def test_unknown_mail_is_not_found(front_door: Client) -> None:
    assert front_door.get("/postfach/fehlt/").status_code == 404


def test_without_mailbox_there_are_no_pages(front_door: Client, settings: Any) -> None:
    settings.MAILBOX_DIR = None
    assert front_door.get("/postfach/").status_code == 404
