"""The HTML part of a mail, made of its text: the same words, with headings, links and the network's colours.

A line of hyphens below a single line makes it a heading; lines that begin with ``- `` are a list. An address of the
network below a line, or behind a colon or a question mark at the end of one, makes a link of that line, or of the
sentence at its end. Other addresses stay text. What somebody typed is no markup, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string

from dkbm.cms.domain.look import accent, tokens_of
from dkbm.notifications.domain.writing import SIGNATURE
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import base_url

TEMPLATE = "mail/frame.html"
LIST_SIGN = "- "
LABEL = r"(?P<before>.*[.!?] )?(?P<label>[^.!?]+[:?])"
"""The last sentence of a line."""
ADDRESS_BEHIND = re.compile(rf"{LABEL} (?P<url>\S+)")
LAST_SENTENCE = re.compile(LABEL)


@dataclass(frozen=True)
class Piece:
    """Text in front of, or inside of, a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """``pieces``: one after the other in one line."""

    pieces: tuple[Piece, ...]
    is_typed: bool = False

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def has_link(self) -> bool:
        return any(piece.url for piece in self.pieces)


@dataclass(frozen=True)
class Block:
    """``kind``: h1, h2, text, list or quote (what somebody typed)."""

    kind: str
    lines: tuple[Line, ...]


def html_of(mail: Mail, network: BoundNetwork) -> str:
    """One query, for the network's colour. Lines are short enough for every mail server."""
    text, foot = _parts(mail.body, frozenset(mail.typed))
    address = base_url(network)
    context = {
        "subject": mail.subject,
        "blocks": [*_with_greeting(_blocks(text, address))],
        "foot": [*_blocks(foot, address)],
        "look": _colours(accent()),
    }
    return render_to_string(TEMPLATE, context)


@lru_cache(maxsize=256)
def _colours(accent: str) -> dict[str, str]:
    return tokens_of(accent)


def _parts(body: str, typed: frozenset[int]) -> tuple[list[Line], list[Line]]:
    """The lines above and below the signature's."""
    lines = [Line((Piece(line),), number in typed) for number, line in enumerate(body.rstrip("\n").split("\n"))]
    ends = [number for number, line in enumerate(lines) if line.text == SIGNATURE and not line.is_typed]
    end = ends[-1] if ends else len(lines)
    return lines[:end], lines[end + 1 :]


def _with_greeting(blocks: Iterable[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        yield Block("h1", block.lines) if number == 0 and block.kind == "text" else block


def _blocks(lines: Sequence[Line], address: str) -> Iterator[Block]:
    for is_blank, group in groupby(_linked(lines, address), key=lambda line: not line.text.strip()):
        if not is_blank:
            for is_typed, some in groupby(group, key=lambda line: line.is_typed):
                yield _block(tuple(some), is_typed)


def _block(lines: tuple[Line, ...], is_typed: bool) -> Block:
    if is_typed:
        return Block("quote", lines)
    if len(lines) == 2 and len(lines[1].text) == min(len(lines[0].text), 60) and not lines[1].text.strip("-"):
        return Block("h2", lines[:1])
    if all(line.text.startswith(LIST_SIGN) for line in lines):
        return Block("list", tuple(_without_sign(line) for line in lines))
    return Block("text", lines)


def _without_sign(line: Line) -> Line:
    first, *rest = line.pieces
    return Line((Piece(first.text.removeprefix(LIST_SIGN), first.url), *rest))


def _linked(lines: Sequence[Line], address: str) -> list[Line]:
    """An address by itself becomes the link of the line before it, where that has none yet."""
    done: list[Line] = []
    for line in lines:
        if line.is_typed or not _is_own(line.text, address):
            done.append(line if line.is_typed else _with_link_behind(line, address))
            continue
        place = _label_of(done)
        if place is None:
            done.append(Line((Piece(line.text, line.text),)))
        else:
            found = LAST_SENTENCE.fullmatch(done[place].text)
            done[place] = _link(found, line.text) if found else Line((Piece(done[place].text, line.text),))
            del done[place + 1 :]
    return done


def _is_own(text: str, address: str) -> bool:
    return text.startswith(f"{address}/") and not re.search(r"\s", text)


def _label_of(lines: Sequence[Line]) -> int | None:
    """The line directly above, or above a gap one that ends with a colon."""
    place = len(lines) - 1
    while place >= 0 and not lines[place].text.strip():
        place -= 1
    if place < 0 or lines[place].is_typed or lines[place].has_link:
        return None
    return place if place == len(lines) - 1 or lines[place].text.endswith(":") else None


def _with_link_behind(line: Line, address: str) -> Line:
    found = ADDRESS_BEHIND.fullmatch(line.text)
    if found is None or not _is_own(found["url"], address):
        return line
    return _link(found, found["url"])


def _link(found: re.Match[str], url: str) -> Line:
    before = (Piece(found["before"].rstrip()),) if found["before"] else ()
    return Line((*before, Piece(found["label"], url)))
