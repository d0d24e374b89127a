"""The text of a mail, from its kind's template: rendered once for many letters, and completed for each."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

from django.template.loader import render_to_string

from dkbm.core.text import one_line, seen_text
from dkbm.notifications.kinds import TEXTS, MailKind
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import base_url

TYPED = "\x02"
"""Before each line that somebody typed, while a text is made; nobody can type it (``core.text.seen_text``)."""
WRITTEN_BY_US = frozenset({"sections"})
"""Values of several lines that we put together ourselves."""
SIGNATURE = "-- "
"""The line above the foot of a mail (RFC 3676)."""

NAME, WHY = secrets.token_hex(16), secrets.token_hex(16)
"""Stand in the rendered text for what differs from letter to letter; nobody knows them."""


class Recipient(Protocol):
    """What is known here of a person."""

    pk: Any
    email: str


class _Somebody:
    """Takes the place of the recipient in the template."""

    def get_full_name(self) -> str:
        return NAME


@dataclass
class _Rendered:
    text: str
    typed: list[int]


class Writing:
    """One event as a mail. ``path``: what it is about, on the network's host. ``context``: plain JSON."""

    def __init__(self, kind: MailKind, path: str, context: dict[str, str]) -> None:
        self.kind = kind
        self.path = path
        self._context = context
        self._render = cache(self._rendered)

    @cached_property
    def subject(self) -> str:
        return one_line(str(self.kind.subject) % safe_values(self._context))

    def to(
        self, recipient: Recipient | None, *, why: str = "", can_stop: bool = False, takes_answers: bool = False
    ) -> tuple[str, list[int]]:
        """The text for one person or for an address, and the numbers of its lines that somebody typed."""
        name = one_line(recipient.get_full_name()) if recipient else ""  # type: ignore[attr-defined]
        made = self._render(bool(name), bool(why), can_stop, takes_answers)
        return made.text.replace(NAME, name).replace(WHY, why), made.typed

    def _rendered(self, named: bool, explained: bool, can_stop: bool, takes_answers: bool) -> _Rendered:
        network = require_network()
        url = base_url(network)
        frame = {
            "network": network,
            "base_url": url,
            "link": f"{url}{self.path}",
            "recipient": _Somebody() if named else None,
            "why_link": f"{url}{WHY}" if explained else "",
            "can_stop": can_stop,
            "takes_answers": takes_answers,
        }
        values = {name: _marked(name, text) for name, text in safe_values(self._context).items()}
        text = render_to_string(self.kind.template_name, {**values, **frame})
        lines = re.sub(r"\n{3,}", "\n\n", text).strip().split("\n")
        typed = [number for number, line in enumerate(lines) if TYPED in line]
        return _Rendered("\n".join(_unmarked(line) for line in lines) + "\n", typed)


def safe_values(values: dict[str, str]) -> dict[str, str]:
    """People chose the names in it: no name begins a line of its own, and nothing turns what stands behind it."""
    return {name: seen_text(text) if name in TEXTS else one_line(text) for name, text in values.items()}


def _marked(name: str, text: str) -> str:
    if name not in TEXTS or name in WRITTEN_BY_US:
        return text
    return "\n".join(f"{TYPED}{line}" if line.strip() else line for line in text.split("\n"))


def _unmarked(line: str) -> str:
    """What somebody typed does not begin the foot."""
    clean = line.replace(TYPED, "")
    return clean.rstrip() if clean != line and clean == SIGNATURE else clean
