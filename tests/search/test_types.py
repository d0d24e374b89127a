"""Types of entries come from the apps; their order is that of the search page and of the API."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dkbm.search import types
from dkbm.search.types import PAGE, EntryType, all_types, register_type, type_keys, type_of
from tests.architecture.source import python_files
from tests.themes.source import STATIC, templates


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


def test_every_type_has_a_sign_and_every_sign_is_drawn_once_and_named() -> None:
    drawn = dict(re.findall(r'<symbol id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', (STATIC / "icons.svg").read_text()))
    assert {name for name in drawn if name.startswith("typ-")} == {f"typ-{key}" for key in type_keys()}
    assert [name for name, path in drawn.items() if list(drawn.values()).count(path) > 1] == []

    texts = [*templates().values(), *(path.read_text(encoding="utf-8") for path in python_files())]
    named = {name for text in texts for name in re.findall(r"""["']([a-z0-9-]+)["']""", text)}
    families = {family for text in texts for family in re.findall(r'f"([a-z]+-)\{', text)}
    assert [name for name in drawn if name not in named and not name.startswith(tuple(families))] == []
