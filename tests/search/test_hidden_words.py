"""A word that stands in hidden things alone is never shown: not as a correction, count, mark or suggestion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from dkbm.search.domain.queries.entries import find
from dkbm.search.domain.vocabulary import recount
from dkbm.search.engines import engine
from dkbm.search.types import type_keys
from dkbm.tenancy import groups
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.people import make_person

PLACES = {"public": {}, "members": {}, "group": {"group_id": 8}}
SEES = {"guest": {"public"}, "member": {"public", "members"}, "manager": {"public", "members", "group"}}
TYPES = [key for key in type_keys() if key != "document"]
"""Whoever reads documents is told by their collections: they have tests of their own."""


def asked_by(role: str) -> Visitor:
    if role == "guest":
        return guest()
    return visitor_of(make_person(roles=("manager",) if role == "manager" else ()))


WORDS = {"public": "quasselzopf", "members": "krummelbach", "group": "zumselwerk"}
FOREIGN = "wrumbelkax"
ENDINGS = "bcdfghkl"[: len(TYPES)]
"""A letter for each type."""


def mistyped(word: str) -> str:
    return word[:4] + word[5:]


@pytest.fixture
def network(niedersachsen: BoundNetwork, bayern: BoundNetwork, monkeypatch: pytest.MonkeyPatch) -> BoundNetwork:
    """For each type and visibility an entry with a word of its own; a foreign one. No member reads a group's."""
    monkeypatch.setattr(groups, "_sources", [replace(groups._sources[0], readable=lambda visitor: set())])
    with bind(bayern):
        make_entry("Fremdes", body=FOREIGN)
    with bind(niedersachsen):
        for type, ending in zip(TYPES, ENDINGS, strict=False):
            for visibility, word in WORDS.items():
                values = PLACES[visibility]
                make_entry(
                    f"{type} {visibility}", type=type, visibility=visibility, body=f"Es {word}{ending}", **values
                )
        recount()
    return niedersachsen


@pytest.mark.parametrize("role", list(SEES))
def test_hidden_word_is_neither_found_nor_named(
    network: BoundNetwork, client_of: Callable[..., Client], role: str
) -> None:
    with bind(network):
        visitor = asked_by(role)
        for visibility, base in {**WORDS, "foreign": FOREIGN}.items():
            seen = visibility in SEES[role]
            for ending in ENDINGS if visibility != "foreign" else [""]:
                word = base + ending
                for q in (word, mistyped(word), f"{word}verein"):
                    found = find(q=q, visitor=visitor)
                    shown = "".join(hit.title_marked + hit.snippet for hit in found[0:30]).lower()
                    assert (word in shown, found.count() > 0) == (seen, seen), q
                    assert seen or not found.corrected()
                assert seen or not engine().suggestions(word[:5], visitor, 5)
    client = client_of(network, visitor.person)
    for visibility, base in WORDS.items():
        page = client.get(f"/suche/?q={mistyped(base + ENDINGS[0])}").text.lower()
        assert (base in page) == (visibility in SEES[role])
        assert ("meinten sie" in page) == (visibility in SEES[role])
