"""The documents name what is there."""

from __future__ import annotations

import ast

from tests.architecture.imports_graph import Sources, own_sources, room_of
from tests.architecture.source import ROOT


def registries(sources: Sources) -> set[str]:
    """Names of the functions that apps above call to be known below."""
    return {
        node.name
        for module, text in sources.items()
        if room_of(module) != "views"
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("register_")
    }


def test_architecture_names_every_registry() -> None:
    page = (ROOT / "platform" / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {name for name in registries(own_sources()) if name not in page} == set()


def test_registry_is_found() -> None:
    house = {"forum.parts": "def register_part(): ...", "forum.views.x": "def register_for(): ...", "forum.y": "x = 1"}
    assert registries(house) == {"register_part"}
