"""The HTML part says what the text says, and nothing that somebody typed is markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from dkbm.cms.contrast import contrast_ratio
from dkbm.notifications.domain.mail_html import html_of
from dkbm.notifications.domain.outbox import Letter, Thing, queue_mails
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.domain.writing import SIGNATURE
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import base_url
from tests.factories.people import make_person
from tests.notifications.mail_parts import KINDS, TYPED, VALUES, mail_of


def words_of_text(body: str) -> list[str]:
    lines = [line for line in body.split("\n") if line != SIGNATURE]
    return " ".join(lines).split()


def words_of_html(html: str) -> list[str]:
    """Links as ``label: address``, as in the text."""
    page = BeautifulSoup(html, "html.parser")
    for link in page.find_all("a"):
        if link["href"] != link.get_text():
            link.append(f" {link['href']}")
        link.insert_after(" ")
    for item in page.find_all("li"):
        item.insert(0, "- ")
    for heading in page.find_all("h2"):
        heading.append(f" {'-' * min(len(heading.get_text()), 60)}")
    return page.body.get_text(" ").split()  # type: ignore[union-attr]


def joined(words: list[str]) -> str:
    return "".join(words)


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(in_niedersachsen: BoundNetwork, kind: str) -> None:
    mail = mail_of(kind)
    html = html_of(mail, in_niedersachsen)
    assert joined(words_of_html(html)) == joined(words_of_text(mail.body))
    page = BeautifulSoup(html, "html.parser")
    assert page.html["lang"] == "de"  # type: ignore[index]
    assert page.title.get_text() == mail.subject  # type: ignore[union-attr]
    assert [heading.get_text() for heading in page.find_all("h1")] == ["Guten Tag Maria Kröger,"]
    assert not page.find_all(["img", "table", "script", "link", "b"])
    hosts = {re.match(r"https?://[^/]+", link["href"])[0] for link in page.find_all("a")}  # type: ignore[index]
    assert hosts == {base_url(in_niedersachsen)}
    assert not re.search(r"url\(|@import|src=", html)
    assert max(map(len, html.split("\n"))) < 998


def test_what_somebody_typed_is_no_markup(in_niedersachsen: BoundNetwork) -> None:
    mail = mail_of("forum.reply", excerpt=TYPED)
    page = BeautifulSoup(html_of(mail, in_niedersachsen), "html.parser")
    quotes = " ".join(quote.get_text(" ") for quote in page.find_all("blockquote"))
    for text in ("- nur ein Strich", "------------", "<b>fett</b>", "http://niedersachsen.localhost:8000/x/"):
        assert text in quotes
    assert not page.find_all(["h2", "ul"])
    assert not page.blockquote.find_all("a")  # type: ignore[union-attr]
    assert [line for line in mail.body.split("\n") if line == SIGNATURE] == [SIGNATURE]


def test_links_carry_the_sentence_before_them(in_niedersachsen: BoundNetwork) -> None:
    page = BeautifulSoup(html_of(mail_of("digest.daily"), in_niedersachsen), "html.parser")
    labels = [link.get_text() for link in page.find_all("a")]
    assert labels[:2] == ["Jana hat geantwortet.", "Und 3 weitere Neuigkeiten:"]
    assert labels[-2:] == ["Transferagentur Niedersachsen", "Warum habe ich das bekommen?"]
    assert [heading.get_text() for heading in page.find_all("h2")] == ["AG 1 Daten"]


def test_lists_are_lists(in_niedersachsen: BoundNetwork) -> None:
    page = BeautifulSoup(html_of(mail_of("digest.daily", sections="- eins\n- zwei"), in_niedersachsen), "html.parser")
    assert [item.get_text() for item in page.find_all("li")] == ["eins", "zwei"]


def test_colours_can_be_read(in_niedersachsen: BoundNetwork) -> None:
    html = html_of(mail_of("forum.reply"), in_niedersachsen)
    light = html.split("<body")[1]
    colours = set(re.findall(r"[^-]color: (#\w{6})", light))
    assert len(colours) >= 3
    for colour in colours:
        ground = "#f6f7f9" if colour == "#4a5361" else "#ffffff"
        assert contrast_ratio(colour, ground) >= 4.5
    dark = html.split("<style>")[1].split("</style>")[0]
    for colour in re.findall(r"[^-]color: (#\w{6})", dark):
        assert contrast_ratio(colour, "#1b2027") >= 4.5


def test_many_letters_are_rendered_once(in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    from dkbm.notifications.domain import writing

    rendered: list[Any] = []
    render = writing.render_to_string
    monkeypatch.setattr(writing, "render_to_string", lambda *args: rendered.append(args) or render(*args))
    people = [make_person(f"Person {number}") for number in range(5)]
    letters = [Letter(each, str(each.pk), why=why_path(each.pk), can_stop=True) for each in people]
    queue_mails(kind="forum.reply", letters=letters, path="/", cause=Thing("x.y", "1"), context=VALUES)
    assert len(rendered) == 1
    for letter in letters:
        body = Mail.objects.get(key=letter.key).body
        assert letter.why in body
        assert f"Guten Tag {letter.recipient.get_full_name()}," in body  # type: ignore[attr-defined]
