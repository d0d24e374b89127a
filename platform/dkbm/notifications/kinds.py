"""Registry of kinds: what people are written about. Filled in ``apps.ready()`` of the apps that write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .enums import Level, Scope

KEY = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")
NAMES = re.compile(r"%\((\w+)\)s")
TEXTS = frozenset({"comment", "excerpt", "message", "reason", "result", "sections", "workshops"})
"""Values of a mail's context that may have several lines; all others are names, titles, dates: one line."""


@dataclass(frozen=True)
class MailKind:
    """One reason to send a mail.

    ``key``: app or thing, a full stop, what happened: ``forum.reply``, ``event.moved_up``. ``label``: German, for
    lists. ``subject``: German, may hold ``%(name)s`` of the context. ``template``: path of the text template, when
    empty ``mail/`` and the key with dashes (``mail/event-moved-up.txt``); it extends ``mail/base.txt`` and fills its
    blocks ``text`` and ``why``.
    """

    key: str
    label: Any
    subject: Any
    template: str = ""

    @property
    def template_name(self) -> str:
        return self.template or f"mail/{re.sub('[._]', '-', self.key)}.txt"


@dataclass(frozen=True, kw_only=True)
class Kind(MailKind):
    """One kind of event that members are told of (``domain.telling.tell``); the mail is one way of telling.

    ``sentence``: German, what happened, may hold ``%(name)s`` of the context; these values, and no others, are kept
    with the notification. ``scope``: where it happens, and so what a wish about it may name: the network as a whole,
    one group, one topic. ``optional``: may be switched off; wishes about other kinds count for nothing. ``by_group``:
    of the many things that happen in a group; without a wish about the kind it is told as the group's others are.
    ``level``: how all other optional kinds are told to whoever has no wish. ``levels``: what can be chosen; a letter
    from one person to another, which stands in the mail alone, comes at once or not at all. ``things``: the rows that
    it is about and that are still there, so that the member's page can say that one was deleted; without it none is.
    ``answered``: model (in lower case) of the thing that an answer to the mail goes to: what it is about, or the topic
    where it happens; empty where answers go to the network.
    """

    sentence: Any
    scope: Scope = Scope.NETWORK
    optional: bool = False
    by_group: bool = False
    level: Level = Level.AT_ONCE
    levels: tuple[Level, ...] = tuple(Level)
    answered: str = ""
    things: Callable[[], QuerySet[Any]] | None = None

    @property
    def sentence_names(self) -> list[str]:
        return NAMES.findall(str(self.sentence))


class UnknownKind(LookupError):
    """A kind that nobody has registered, or one that is only ever mailed and cannot be told."""


_kinds: dict[str, MailKind] = {}


def register_kinds(kinds: Iterable[MailKind]) -> None:
    """Raises ``ValueError`` for a key in another style or taken twice, and for a mandatory kind that is not mailed."""
    for kind in kinds:
        if not KEY.fullmatch(kind.key):
            raise ValueError(f"Call the kind {kind.key!r} after the pattern thing.happened, in lower case.")
        if isinstance(kind, Kind) and not kind.optional and (kind.by_group or kind.level != Level.AT_ONCE):
            raise ValueError(f"Kind {kind.key} is mailed at once to all, or else it has to be optional.")
        if _kinds.setdefault(kind.key, kind) != kind:
            raise ValueError(f"Kind {kind.key} is registered twice.")


def mail_kind_of(key: str) -> MailKind:
    """Raises :class:`UnknownKind`."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(key) from None


def kind_of(key: str) -> Kind:
    """A kind that members can be told of. Raises :class:`UnknownKind`."""
    kind = mail_kind_of(key)
    if not isinstance(kind, Kind):
        raise UnknownKind(key)
    return kind


def all_kinds() -> list[MailKind]:
    return [_kinds[key] for key in sorted(_kinds)]


def optional_kinds() -> list[Kind]:
    """Those that members may switch off, in the order of their keys."""
    return [kind for kind in all_kinds() if isinstance(kind, Kind) and kind.optional]


def label_of(key: str) -> str:
    """The kind's German name; of kinds that no longer exist the key."""
    kind = _kinds.get(key)
    return str(kind.label) if kind else key
