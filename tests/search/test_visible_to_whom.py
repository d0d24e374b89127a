"""Who finds what: role x network x type, with words that stand in what is forbidden alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from dkbm.search.domain.queries.entries import find
from dkbm.search.engines import engine as engine_that_is_set
from dkbm.search.facets import TAG
from dkbm.search.types import type_keys
from dkbm.tenancy import groups
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.files import collection, make_document
from tests.factories.people import make_person

OWN_GROUP, OTHER_GROUP = 7, 8
SHOWN: dict[str, dict[str, Any]] = {
    "oeffentlich": {"visibility": "public"},
    "mitglieder": {"visibility": "members"},
    "eigene": {"visibility": "group", "group_id": OWN_GROUP},
    "fremde": {"visibility": "group", "group_id": OTHER_GROUP},
}
MAY_SEE = {
    "guest": {"oeffentlich"},
    "waiting": {"oeffentlich"},
    "member": {"oeffentlich", "mitglieder", "eigene"},
    "editor": {"oeffentlich", "mitglieder", "eigene"},
    "manager": {"oeffentlich", "mitglieder", "eigene", "fremde"},
}
KINDS = [kind for kind in type_keys() if kind != "document"]
"""Who may open a document is asked of its collection: below."""
ASKED_FOR = ("topic", "person")
"""Of these each forbidden word is asked for; that the others' are not found their numbers say."""


def word_of(network: str, kind: str, shown: str) -> str:
    """Stands in one entry alone; without vowels no word resembles another."""
    return f"x{network[:3]}{kind}{shown}q".replace("_", "")


def fill(network: BoundNetwork) -> None:
    for kind, (shown, values) in itertools.product(KINDS, SHOWN.items()):
        word = word_of(network.slug, kind, shown)
        facets = {TAG: [(word, f"Etikett {word}")]} if kind == "topic" else {}
        make_entry(f"Kita {word}", type=kind, key=f"{kind}-{shown}", body="Zwergschule", facets=facets, **values)
    for public in (True, False):
        word = word_of(network.slug, "document", "oeffentlich" if public else "mitglieder")
        make_document(f"Kita {word}", where=collection(public=public))


def visitors() -> dict[str, Visitor]:
    return {
        "guest": guest(),
        "waiting": visitor_of(make_person(state="requested")),
        "member": visitor_of(make_person()),
        "editor": visitor_of(make_person(roles=("editor",))),
        "manager": visitor_of(make_person(roles=("manager",))),
    }


@pytest.mark.usefixtures("media")
def test_each_role_finds_and_counts_what_it_may_see_and_nothing_else(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "_sources", [replace(groups._sources[0], readable=lambda visitor: {OWN_GROUP})])
    for network in (niedersachsen, bayern):
        with bind(network):
            fill(network)
    for network, other in ((niedersachsen, bayern), (bayern, niedersachsen)):
        with bind(network):
            for role, visitor in visitors().items():
                check(visitor, MAY_SEE[role], network.slug)
                for kind in ASKED_FOR:
                    assert_unknown(visitor, word_of(other.slug, kind, "oeffentlich"))


def check(visitor: Visitor, may_see: set[str], network: str) -> None:
    documents = may_see & {"oeffentlich", "mitglieder"}
    found = find(q="kita", visitor=visitor)
    assert found.counts == {**dict.fromkeys(KINDS, len(may_see)), "document": len(documents)}
    wanted = {word_of(network, kind, shown) for kind in KINDS for shown in may_see}
    wanted |= {word_of(network, "document", shown) for shown in documents}
    assert {hit.title.removeprefix("Kita ") for hit in found[0:100]} == wanted
    tags = {value.key for value in found.facets.of(TAG)}
    assert tags == {word_of(network, "topic", shown) for shown in may_see}
    for kind, shown in itertools.product(ASKED_FOR, SHOWN.keys() - may_see):
        assert_unknown(visitor, word_of(network, kind, shown))


def assert_unknown(visitor: Visitor, word: str) -> None:
    """Neither found nor counted, nor suggested while typing, nor as what may have been meant."""
    found = find(q=word, visitor=visitor)
    assert (found.count(), found.counts, found[0:20]) == (0, {}, [])
    near = find(q=f"{word[:-2]}{word[-1]}", visitor=visitor)
    assert not [hit for hit in near[0:20] if word in hit.title]
    assert word not in near.corrected().values()
    assert not engine_that_is_set().suggestions(word[:-2], visitor, 10)
