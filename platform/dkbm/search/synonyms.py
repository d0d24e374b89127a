"""Expressions that mean the same: what apps register (a network's glossary), and a list that is shipped.

A group is a tuple of expressions, ``("Bildung und Teilhabe", "BuT")``: each finds the others. Each process keeps them
for a minute; whoever changes one calls :func:`synonyms_changed`, so that it shows at once where it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from time import monotonic

import yaml

from dkbm.search.ordinary import is_stop
from dkbm.search.stems import stem
from dkbm.search.text import clean, only_words, spelt_out
from dkbm.tenancy.context import require_network

Group = tuple[str, ...]
Iterate = Callable[[], Iterable[Group]]

SHIPPED = Path(__file__).parent / "data" / "synonyms.yaml"
KEPT = 60
"""Seconds; after that a network's own groups are read anew."""
MOST = 12
"""So many expressions stand for one."""

_registered: list[Iterate] = []
_kept: dict[int, tuple[float, Mapping[str, tuple[str, ...]]]] = {}
"""Network -> when its groups were read, and all that is known there."""


def register_synonyms(iterate: Iterate) -> None:
    """``iterate()`` yields the bound network's groups of expressions that mean the same."""
    _registered.append(iterate)


def synonyms_changed() -> None:
    """Call it when what ``iterate()`` yields has changed in the bound network, after the commit."""
    _kept.pop(require_network().id, None)


def folded(expression: str) -> str:
    """As expressions are compared: words alone, lower case, umlauts spelt out."""
    return " ".join(only_words(spelt_out(clean(expression))).split())


def key_of(expression: str) -> str:
    """By which it is looked up, however its words are bent."""
    return " ".join(stem(word) for word in folded(expression).split() if not is_stop(word))


def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Key of an expression -> the others that mean the same; of the bound network and of the shipped list."""
    network = require_network().id
    read, known = _kept.get(network, (0.0, {}))
    if not known or monotonic() - read > KEPT:
        own = related(group for iterate in _registered for group in iterate())
        known = together(shipped(), own) if own else shipped()
        _kept[network] = (monotonic(), known)
    return known


def related(groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    """The key of each expression with the others of its groups."""
    found: dict[str, list[str]] = {}
    for group in groups:
        expressions = {key_of(each): folded(each) for each in group}
        for key, expression in expressions.items():
            if key:
                found.setdefault(key, []).extend(other for other in expressions.values() if other != expression)
    return {each: tuple(dict.fromkeys(others))[:MOST] for each, others in found.items()}


def together(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {**one, **{each: tuple(dict.fromkeys((*others, *one.get(each, ())))) for each, others in other.items()}}


@cache
def shipped() -> Mapping[str, tuple[str, ...]]:
    return related(tuple(group) for group in yaml.load(SHIPPED.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
