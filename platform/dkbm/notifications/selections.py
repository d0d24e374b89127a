"""Registry of selections: some of the people of a group, or of the network, to whom somebody writes.

Filled in ``apps.ready()`` of the apps that know something of people: their function, when they came, where they take
part. A selection only ever narrows: who belongs to the group is asked elsewhere, and whoever does not is in none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Choice:
    """``key``: for good, as a slug or an id. ``label``: German, as it stands behind "An:"."""

    key: str
    label: str


@dataclass(frozen=True)
class Selection:
    """One way to choose people.

    ``key``: a word of its own. ``label``: German, above its choices. ``order``: small numbers first.
    ``choices(visitor, group)``: what can be chosen there by this visitor; ``group``: its id, ``None`` for the network.
    What a visitor may not know of (who takes part in a meeting of others) is no choice of theirs.
    ``people(key, group)``: ids of whom the choice means, also of people who do not belong to the group;
    ``None``: everybody.
    """

    key: str
    label: Any
    choices: Callable[[Visitor, int | None], list[Choice]]
    people: Callable[[str, int | None], Collection[UUID] | None]
    order: int = 100


@dataclass(frozen=True)
class Offer:
    """The choices of one selection; their keys name the selection too, so that one field takes all of them."""

    label: str
    choices: list[Choice]


_selections: dict[str, Selection] = {}


def register_selections(*selections: Selection) -> None:
    """Raises ``ValueError`` for a key with a colon, which parts it from its choice, or for one taken twice."""
    for selection in selections:
        if ":" in selection.key or not selection.key:
            raise ValueError(f"{selection.key!r} is no key of a selection.")
        if _selections.setdefault(selection.key, selection) != selection:
            raise ValueError(f"Selection {selection.key} is registered twice.")


def all_selections() -> list[Selection]:
    return sorted(_selections.values(), key=lambda selection: (selection.order, selection.key))


def offers(visitor: Visitor, group: int | None) -> list[Offer]:
    """What can be chosen there, without selections that have no choice."""
    found = [
        Offer(
            str(each.label),
            [Choice(f"{each.key}:{choice.key}", choice.label) for choice in each.choices(visitor, group)],
        )
        for each in all_selections()
    ]
    return [offer for offer in found if offer.choices]


@dataclass(frozen=True)
class Chosen:
    """``people``: ids of whom it means; ``None``: everybody."""

    key: str
    label: str
    people: Collection[UUID] | None


def choose(key: str, visitor: Visitor, group: int | None) -> Chosen | None:
    """What a key of :func:`offers` means now; ``None`` for one that is not offered to this visitor there."""
    name, colon, choice_key = key.partition(":")
    selection = _selections.get(name)
    if selection is None or not colon:
        return None
    label = next((each.label for each in selection.choices(visitor, group) if each.key == choice_key), None)
    return None if label is None else Chosen(key, label, selection.people(choice_key, group))
