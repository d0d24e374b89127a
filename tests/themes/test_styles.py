"""Stylesheets: colours have names, and stand in layers that decide who wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import tinycss2
from tinycss2.color4 import parse_color

from tests.themes.source import STATIC, TEMPLATES

STYLES = {path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in STATIC.rglob("*.css")}
NAMES_COLOURS = {"tokens.css"}
NO_LITERALS = {"currentcolor", "transparent"}
ALONE = {"reading.css", "handbook.css", "look-preview.css"}
"""Linked by the pages that need them: issues of the Blickpunkt, the handbook within the CMS's own frame, and the
preview of colours there."""
OF_THE_CMS = {"cms.css"}
"""Linked by a hook on every page of ``/cms/``, whose classes are Wagtail's."""


def colours(css: str) -> list[str]:
    """Colours that are written out, in any notation."""
    return [tinycss2.serialize([node]) for node in _nodes(tinycss2.parse_stylesheet(css)) if _is_colour(node)]


def _nodes(nodes: list[Any]) -> Iterator[Any]:
    """All parts of values, wherever below."""
    for node in nodes:
        if node.type == "qualified-rule" or (node.type == "at-rule" and node.content is not None):
            found = tinycss2.parse_blocks_contents(node.content)
            yield from _nodes([part for part in found if part.type != "declaration"])
            for declaration in found:
                if declaration.type == "declaration":
                    yield from _nodes(declaration.value)
        elif node.type == "function" and node.lower_name in ("var", "url"):
            continue
        else:
            yield node
            yield from _nodes(getattr(node, "arguments", None) or [])


def _is_colour(node: Any) -> bool:
    if node.type not in ("ident", "hash", "function"):
        return False
    return parse_color(node) is not None and getattr(node, "lower_value", "") not in NO_LITERALS


@pytest.mark.parametrize("name", sorted(set(STYLES) - NAMES_COLOURS))
def test_colours_have_names(name: str) -> None:
    assert colours(STYLES[name]) == []


def test_colour_without_a_name_is_found() -> None:
    css = """a { color: #fff; border: 1px solid rgb(0 0 0 / 20%); background: url(#x) }
    @media print { b:not(#fff) { box-shadow: 0 0 red; color: var(--x); fill: CurrentColor } }"""

    assert colours(css) == ["#fff", "rgb(0 0 0 / 20%)", "red"]


def test_every_stylesheet_is_collected_or_linked() -> None:
    collected = {"tokens.css", "base.css", "layout.css", "print.css"}
    components = {name for name in STYLES if name.startswith("components/")}
    linked = {
        name for name in STYLES if any(f"static '{name}'" in path.read_text() for path in TEMPLATES.rglob("*.html"))
    }
    assert set(STYLES) == collected | components | ALONE | OF_THE_CMS
    assert linked == ALONE


def test_all_rules_stand_in_layers() -> None:
    """But for those of the CMS's frame, whose own rules stand in none and would win."""
    rules = tinycss2.parse_stylesheet(STYLES["reading.css"], skip_comments=True, skip_whitespace=True)

    assert [(rule.at_keyword, tinycss2.serialize(rule.prelude).strip()) for rule in rules] == [("layer", "components")]
    assert not [name for name in set(STYLES) - ALONE - OF_THE_CMS if "@layer" in STYLES[name]]


@pytest.mark.parametrize("name", sorted(name for name in STYLES if name.startswith("components/")))
def test_component_says_what_it_is(name: str) -> None:
    assert re.match(r"/\* .+ \*/\n", STYLES[name])
