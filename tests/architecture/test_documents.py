"""The documents name what is there."""

from __future__ import annotations

import ast

from tests.architecture.imports_graph import Sources, own_sources, room_of
from tests.architecture.source import ROOT


def registries(sources: Sources) -> set[str]:
    """Names of the functions that apps above call to be known below, and of the places that they fill."""
    return {
        name
        for module, text in sources.items()
        if room_of(module) != "views"
        for node in ast.parse(text).body
        if (name := _registry(node))
    }


def _registry(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) if name.startswith("register_"):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="Place"))):
            return name
    return ""


def test_architecture_names_every_registry() -> None:
    page = (ROOT / "platform" / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert {name for name in registries(own_sources()) if name not in page} == set()


def test_registry_is_found() -> None:
    house = {
        "forum.parts": "def register_part(): ...",
        "forum.views.x": "def register_for(): ...",
        "forum.y": "x = 1",
        "z.places": "Z = Place('z')",
    }
    assert registries(house) == {"register_part", "Z"}
