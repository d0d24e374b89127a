"""Registry of what the log can say: each app declares its actions in ``ready()``, with words and values together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ALWAYS = frozenset({"actor", "subject", "reason"})
"""What every entry has besides its values; a sentence may name them."""

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Action:
    """One thing that is logged.

    ``key``: ``area.verb``. ``sentence``: German, marked for lazy translation; names ``%(actor)s``, ``%(subject)s``,
    ``%(reason)s`` and values in the same way. ``values``: names of what every entry of this action carries, also of
    what the sentence does not say. ``optional``: names of what an entry may carry; nothing stands there without it.
    """

    key: str
    sentence: Any
    values: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def says_reason(self) -> bool:
        return "reason" in named_in(self.sentence)

    def check(self, given: Iterable[str]) -> None:
        """Raises ``ValueError`` for values that are missing, and for those that nobody declared."""
        missing = set(self.values) - set(given)
        unknown = set(given) - set(self.values) - set(self.optional)
        if missing or unknown:
            raise ValueError(f"Action {self.key}: missing values {sorted(missing)}, unknown values {sorted(unknown)}.")


class UndeclaredAction(LookupError):
    """Somebody logs an action that no app has declared."""


_actions: dict[str, Action] = {}


def named_in(sentence: Any) -> set[str]:
    """Names of the values that a sentence says."""
    return set(_NAMED.findall(str(sentence)))


def register_actions(*actions: Action) -> None:
    """Declare what an app logs.

    Raises ``ValueError`` for a sentence that names what its entries do not carry, and for an action that is
    declared twice, differently.
    """
    for action in actions:
        unknown = named_in(action.sentence) - ALWAYS - set(action.values) - set(action.optional)
        if unknown:
            raise ValueError(f"Action {action.key}: its sentence names {sorted(unknown)}, which no entry carries.")
        if _actions.setdefault(action.key, action) != action:
            raise ValueError(f"Action {action.key} is declared twice.")


def action_of(key: str) -> Action:
    """Raises :class:`UndeclaredAction`."""
    try:
        return _actions[key]
    except KeyError:
        raise UndeclaredAction(key) from None


def all_actions() -> list[Action]:
    return [_actions[key] for key in sorted(_actions)]
