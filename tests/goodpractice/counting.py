"""The catalogue's numbers once more, from the rows themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dkbm.core.text import sort_key
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.catalogue import catalogue
from goodpractice.domain.queries.items import visible_items
from goodpractice.enums import Kind
from goodpractice.models import Transfergegenstand

Values = dict[str, tuple[tuple[int, str], str]]
"""Key -> (sort key, label)."""


def _of(position: str, label: str) -> Callable[[Any], tuple[tuple[int, str], str]]:
    return lambda row: ((getattr(row, position) if position else 0, sort_key(getattr(row, label))), getattr(row, label))


def _places(item: Transfergegenstand) -> Values:
    places = [item.municipality, *item.further_municipalities.all()]
    return {place.slug: _of("", "name")(place) for place in places if place}


READ: Mapping[str, Callable[[Transfergegenstand], Values]] = {
    "eckpunkt": lambda item: {
        row.slug: ((row.number, ""), f"{row.number} {row.title}") for row in item.eckpunkte.all()
    },
    "art": lambda item: {item.kind: ((Kind.values.index(item.kind), ""), str(Kind(item.kind).label))},
    "thema": lambda item: {row.slug: _of("", "name")(row) for row in item.topics.all()},
    "phase": lambda item: {row.slug: _of("position", "title")(row) for row in item.phases.all()},
    "programm": lambda item: {row.slug: _of("position", "title")(row) for row in item.programmes.all()},
    "kommune": _places,
}


def differences(visitor: Visitor) -> list[Any]:
    """Choices (none, every single value, and each with the one before) at which list or numbers are not the rows'."""
    items = list(visible_items(visitor).order_by("sort_title", "pk"))
    values = {item.pk: {name: read(item) for name, read in READ.items()} for item in items}
    single = [(name, key) for name in READ for key in sorted({key for each in values.values() for key in each[name]})]
    choices: list[dict[str, str]] = [{}, *({name: key} for name, key in single)]
    choices += [dict(pair) for pair in zip(single, single[1:] + single[:1], strict=True)]
    wrong = []
    for chosen in choices:
        found = catalogue(visitor=visitor, chosen=chosen)
        listed = [item.pk for item in found.items]
        numbers = {
            name: [(each.key, each.label, each.number) for each in choices_] for name, choices_ in found.choices.items()
        }
        if listed != _fitting(items, values, chosen) or numbers != _numbers(items, values, chosen):
            wrong.append((chosen, listed, numbers))
    assert len(items) == found.total
    return wrong


def _fitting(
    items: list[Transfergegenstand], values: dict[int, dict[str, Values]], chosen: dict[str, str]
) -> list[int]:
    return [item.pk for item in items if all(key in values[item.pk][name] for name, key in chosen.items())]


def _numbers(
    items: list[Transfergegenstand], values: dict[int, dict[str, Values]], chosen: dict[str, str]
) -> dict[str, list[tuple[str, str, int]]]:
    numbers = {}
    for name in READ:
        others = _fitting(items, values, {other: key for other, key in chosen.items() if other != name})
        said = {key: value for each in values.values() for key, value in each[name].items()}
        numbers[name] = [
            (key, said[key][1], sum(key in values[pk][name] for pk in others))
            for key in sorted(said, key=lambda key: said[key][0])
        ]
    return numbers
