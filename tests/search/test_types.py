"""Types of entries come from the apps; their order is that of the search page and of the API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dkbm.search import types
from dkbm.search.types import PAGE, EntryType, all_types, register_type, type_keys, type_of
from tests.themes.source import STATIC


def test_types_stand_in_order_and_are_named_in_german() -> None:
    assert [(str(entry_type.label), str(entry_type.one)) for entry_type in all_types()] == [
        ("Gute Praxis", "Beispiel guter Praxis"),
        ("Forum", "Thema im Forum"),
        ("Arbeitsgruppen", "Gruppe"),
        ("Termine", "Termin"),
        ("Publikationen", "Publikation"),
        ("Seiten", "Seite"),
        ("Dokumente", "Dokument"),
        ("Personen", "Person"),
        ("Glossar", "Begriff im Glossar"),
    ]


def test_type_that_no_app_has_is_refused() -> None:
    with pytest.raises(ValueError, match="'unsinn' is no type"):
        type_of("unsinn")


def test_type_registered_twice_differently_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(types, "_types", {})
    register_type(PAGE)
    register_type(PAGE)
    with pytest.raises(ValueError, match="twice"):
        register_type(EntryType(PAGE.key, "Blätter", "Blatt", order=1))


def test_every_type_has_a_sign() -> None:
    drawn = set(re.findall(r'<symbol id="typ-([a-z]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    assert set(type_keys()) - drawn == set()
