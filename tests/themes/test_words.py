"""One word for one thing (``platform/docs/words.md``), and sentences that people stumbled over stay gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.utils.translation import gettext, override

from dkbm.events.forms.editing import EventForm
from forum.facets import SPACE
from tests.architecture.source import parsed, python_files, relative
from tests.themes.source import TEMPLATES, templates, without_comments

OTHERWISE = {
    "forum/": re.compile(r"\b(Raum|Räume|Raumes)\b"),  # Bereich
    "events/": re.compile(r"\bThema\b"),  # Schwerpunkt
}
OF_EVENTS = re.compile(r"/events/|/mail/event-|/imports/|/demo/|/migrations/")
"""Where "anmelden" means: for an event; importers and the demo hold texts of municipalities."""
SIGNING_IN = re.compile(r"\b(an|ab)(ge|zu)?meld|\bmelde[nt]? (Sie )?sich\b[^.!?]*\b(an|ab)\b", re.IGNORECASE)
EVENTS_ELSEWHERE = (
    "zum Beispiel Ihre Anmeldungen, kommt immer",
    "Ihre Anmeldungen zu Veranstaltungen",
    "Anmeldung zu Veranstaltungen",
)
GONE = (
    r"Ansprechpartner|Kontaktperson",
    r"(im|in das|an das) Netzwerk (%\(network_name|\{\{ ?network)",
    r"fragen Sie auf ihrer Seite an",
    r"Ohne beide Tage",
    r"Wer aufgenommen werden möchte",
    r"Sie sind Mitglied, Ihr Amt",
    r"Hat doch nicht geholfen",
    r"[Bb]leibt für immer|Leer lassen:",
    r"bis drei Arbeitstag",  # how long it takes says the network, if it does
    r"Mein Name darf",
    r"ob die Angaben weiter gelten",
    r"[Aa]nfrage liegt vor",
    r"als gelesen vermerk",
    r"kostenfrei",
    r"in Ihr Postfach",
    r"Leitung (des|Ihres) Netzwerks",  # Netzwerkleitung
)


@cache
def texts() -> dict[str, str]:
    """File -> what people may read of it; in Python files the strings, without docstrings."""
    pages = {f"/{name}": without_comments(text) for name, text in templates().items()}
    mails = {
        f"/{path.relative_to(TEMPLATES).as_posix()}": without_comments(path.read_text(encoding="utf-8"))
        for path in TEMPLATES.rglob("*.txt")
    }
    code = {f"/{relative(path)}": ". ".join(strings(parsed(path))) for path in python_files()}
    return {name: " ".join(text.split()) for name, text in {**pages, **mails, **code}.items()}


def strings(module: ast.Module) -> Iterator[str]:
    bare = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


@pytest.mark.parametrize("folder", OTHERWISE)
def test_pages_use_the_word(folder: str) -> None:
    found = {name for name, text in templates().items() if name.startswith(folder) and OTHERWISE[folder].search(text)}
    assert found == set()


def test_fields_and_filters_use_the_word() -> None:
    assert str(EventForm.base_fields["theme"].label) == "Schwerpunkt"
    assert (str(SPACE.label), str(SPACE.every)) == ("Bereich im Forum", "Alle Bereiche")


def test_one_signs_in_and_registers_for_an_event_with_different_words() -> None:
    found = {}
    for name, text in texts().items():
        for known in EVENTS_ELSEWHERE:
            text = text.replace(known, "")
        if not OF_EVENTS.search(name) and (match := SIGNING_IN.search(text)):
            found[name] = match.group()
    assert found == {}


@pytest.mark.parametrize("sentence", GONE)
def test_what_people_stumbled_over_is_gone(sentence: str) -> None:
    places = {name for name, text in texts().items() if "/migrations/" not in name and re.search(sentence, text)}
    assert places == set()


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Log in", "Einloggen"),
        ("Log out", "Ausloggen"),
        ("Login", "Einloggen"),
        ("Sign in", "Einloggen"),
        ("Sign In", "Einloggen"),
        ("Sign Out", "Ausloggen"),
        ("You have signed out.", "Sie sind ausgeloggt."),
        ("You have been successfully logged out.", "Sie sind ausgeloggt."),
        ("Remember Me", "Eingeloggt bleiben"),
    ],
)
def test_libraries_use_our_words(english: str, german: str) -> None:
    with override("de"):
        assert gettext(english) == german


def test_no_translation_of_ours_says_it_the_old_way() -> None:
    catalogue = TEMPLATES.parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    said = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE)
    assert [text for text in said if SIGNING_IN.search(text)] == []
