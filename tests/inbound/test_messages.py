"""Stored messages of many mail programs, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from tests.inbound.notes import BOUNCES
from tests.inbound.scene import Scene
from tests.inbound.stored import names

ANSWER = "Ja, wir haben ein Muster mit dem Jobcenter abgestimmt.\n\nIch schicke es am Dienstag."
ENGLISH = "Yes, we have one."
BETWEEN = """Am 03.05.27 um 10:12 schrieb Wiebke Tammen über AG 1:
> Hat jemand ein Muster für uns?

Ja, vom Jobcenter.

> Und seit wann gilt es?

Seit 2024."""
FLOWED = """Diese Antwort ist so lang, dass das Mailprogramm sie umbricht, obwohl sie ein einziger Absatz ist.

Zweiter Absatz."""
PUBLISHED = {
    "thunderbird-oben": ANSWER,
    "thunderbird-unten": ANSWER,
    "thunderbird-dazwischen": BETWEEN,
    "thunderbird-fliessend": FLOWED,
    "outlook": ANSWER,
    "outlook-ursprung": ANSWER,
    "outlook-android": ANSWER,
    "outlook-ios-englisch": ENGLISH,
    "apple-iphone": ANSWER,
    "apple-mail-englisch": ENGLISH,
    "gmail": ANSWER,
    "gmail-englisch": ENGLISH,
    "gmx": ANSWER,
    "gmx-app": ANSWER,
    "webde-app": ANSWER,
    "t-online": ANSWER,
    "roundcube": ANSWER,
    "yahoo": ANSWER,
    "samsung": ANSWER,
    "k9": ANSWER,
    "nur-html": f"{ANSWER}\n\n- eins\n- zwei",
    "nur-html-apple": "Ja, am Dienstag.",
    "windows-1252": "Ja, für „Bildung“ – das geht … für 5 €.",
    "base64-zerbrochen": ANSWER,
    "mit-nul": "Ja, gern.\n\nDas steht hier.",
    "mit-anhang": ANSWER,
}
"""Message -> the post that it becomes."""

REFUSED = {
    "nur-zitat": "Außer dem Zitat und Ihrer Signatur stand nichts darin.",
    "nur-zitat-mit-zeile": "Außer dem Zitat und Ihrer Signatur stand nichts darin.",
    "verschluesselt": "Ihre E-Mail hat keinen Text, den wir lesen können.",
    "gefaelscht": "Diese Antwort kam von einer anderen Adresse",
    "zwei-absender": "Diese Antwort kam von einer anderen Adresse",
}
"""Message -> how the sentence begins that its sender gets."""

AUTOMATIC = {
    "abwesend-exchange", "abwesend-sieve", "abwesend-ohne-marke", "out-of-office", "verteiler", "im-kreis",
}  # fmt: skip
"""Nobody answers them."""


@pytest.fixture(scope="module")
def table() -> Iterator[list[str]]:
    """Lines about what became of each message, printed at the end."""
    lines: list[str] = []
    yield lines
    print(f"\n{len(lines)} stored messages", *lines, sep="\n")


def line(name: str, row: IncomingMail, posts: list[str]) -> str:
    said = repr(posts[0]) if posts else row.reason
    return f"{name:24} {row.outcome:10} {said[:90]}"


def test_every_message_stands_in_one_table() -> None:
    tables = [*PUBLISHED, *REFUSED, *AUTOMATIC, *BOUNCES]
    assert sorted(tables) == sorted(names())
    assert len(tables) >= 25


@pytest.mark.parametrize("name", PUBLISHED)
def test_answer_becomes_a_post_without_what_the_program_added(scene: Scene, table: list[str], name: str) -> None:
    row = scene.read(scene.raw(name, mail=scene.mail()))
    table.append(line(name, row, scene.posts()))
    assert (row.outcome, row.reason) == (Outcome.PUBLISHED, "")
    assert scene.posts() == [PUBLISHED[name]]
    assert [mail.kind for mail in scene.answers()] == (["answer.without_files"] if name == "mit-anhang" else [])


@pytest.mark.parametrize("name", REFUSED)
def test_nothing_is_published_and_the_member_is_told_why(scene: Scene, table: list[str], name: str) -> None:
    row = scene.read(scene.raw(name))
    table.append(line(name, row, scene.posts()))
    assert row.outcome == Outcome.REFUSED
    assert row.reason.startswith(REFUSED[name])
    assert scene.posts() == []
    assert [mail.address for mail in scene.answers()] == [scene.reader.email]


@pytest.mark.parametrize("name", sorted(AUTOMATIC))
def test_nobody_answers_what_a_program_wrote(scene: Scene, table: list[str], name: str) -> None:
    row = scene.read(scene.raw(name, mail=scene.mail()))
    table.append(line(name, row, scene.posts()))
    assert row.outcome == Outcome.AUTOMATIC
    assert (scene.posts(), scene.answers()) == ([], [])


def test_what_is_cut_stays_for_the_author(scene: Scene) -> None:
    row = scene.read(scene.raw("outlook"))
    assert row.cut.startswith("Mit freundlichen Grüßen\nIm Auftrag\nAnna Verden")
    assert "Hat jemand ein Muster für uns?" in row.cut


def test_files_are_named_to_the_author_and_left_out(scene: Scene) -> None:
    row = scene.read(scene.raw("mit-anhang"))
    assert row.files == ["Muster.pdf"]  # not the arms of the signature
    (mail,) = scene.answers()
    assert "deshalb fehlt dort: Muster.pdf." in mail.body
    assert row.path in mail.body
