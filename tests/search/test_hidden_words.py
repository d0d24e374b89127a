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


@pytest.mark.parametrize("role", list(SEES))
@pytest.mark.parametrize("type", TYPES)
def test_hidden_word_is_neither_found_nor_named(
    niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    type: str,
) -> None:
    words = {"public": "quasselzopf", "members": "krummelbach", "group": "zumselwerk"}
    with bind(bayern):
        make_entry("Fremdlingspfad Fremdling", type=type)
    with bind(niedersachsen):
        monkeypatch.setattr(groups, "_sources", [replace(groups._sources[0], readable=lambda visitor: set())])
        for visibility, word in words.items():
            make_entry(f"Über {word}", type=type, visibility=visibility, body=word, **PLACES[visibility])
        recount()
        visitor = asked_by(role)
        client = client_of(niedersachsen, visitor.person)
        for visibility, word in {**words, "foreign": "fremdlingspfad"}.items():
            seen = visibility in SEES[role]
            mistyped = word[:4] + word[5:]
            for q in (word, mistyped, f"{word}verein", word[:5], f"wer kennt {mistyped}?"):
                found = find(q=q, visitor=visitor)
                hits = found[0:20]
                shown = "".join(hit.title_marked + hit.snippet for hit in hits).lower()
                assert (word in shown, bool(found.corrected()) or q != mistyped) == (seen, seen or q != mistyped), q
                assert sum(found.counts.values()) == len(hits) == (1 if seen else 0), q
            assert bool(engine().suggestions(word[:5], visitor, 5)) == seen
            page = client.get(f"/suche/?q={mistyped}").text.lower()
            assert (word in page) == seen
