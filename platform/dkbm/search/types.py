"""Types of entries: what can be found. Each app registers its own in ``ready()``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EntryType:
    """``key`` stands in the index, in addresses and in the API's contract.

    ``label``: German, names the whole area; ``one``: names a single result. ``order``: place among the types.
    """

    key: str
    label: Any
    one: Any
    order: int


PAGE = EntryType("page", _("Seiten"), _("Seite"), order=60)
DOCUMENT = EntryType("document", _("Dokumente"), _("Dokument"), order=70)

_types: dict[str, EntryType] = {}


def register_type(entry_type: EntryType) -> None:
    """Raises ``ValueError`` for a type that is registered twice, differently."""
    if _types.setdefault(entry_type.key, entry_type) != entry_type:
        raise ValueError(f"Type {entry_type.key} of the search is registered twice.")


def type_of(key: str) -> EntryType:
    """Raises ``ValueError`` for a type that no app has registered."""
    try:
        return _types[key]
    except KeyError:
        raise ValueError(f"{key!r} is no type of the search.") from None


def all_types() -> list[EntryType]:
    """Every registered type, in order."""
    return sorted(_types.values(), key=lambda entry_type: entry_type.order)


def type_keys() -> list[str]:
    return [entry_type.key for entry_type in all_types()]
