"""Registry of notification kinds. Filled in ``apps.ready()`` of the apps that send them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One reason to write to somebody.

    ``key``: for example ``forum-reply``. ``label``: German, for lists. ``subject``: German, may hold
    ``%(name)s`` of the context. ``template``: path of the text template, ``mail/<key>.txt`` when empty; it
    extends ``mail/base.txt`` and fills its blocks ``text`` and ``why``.
    """

    key: str
    label: Any
    subject: Any
    template: str = ""

    @property
    def template_name(self) -> str:
        return self.template or f"mail/{self.key}.txt"


class UnknownKind(LookupError):
    """A mail of a kind that nobody has registered."""


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"Notification kind {kind.key} is registered twice.")


def kind_of(key: str) -> Kind:
    """Raises :class:`UnknownKind`."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(key) from None


def all_kinds() -> list[Kind]:
    return [_kinds[key] for key in sorted(_kinds)]


def label_of(key: str) -> str:
    """The kind's German name; of kinds that no longer exist the key."""
    kind = _kinds.get(key)
    return str(kind.label) if kind else key
