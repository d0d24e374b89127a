"""What somebody wrote, without what their mail program added: the quoted mail, the signature, "Von meinem iPhone
gesendet".

Kept libraries find quotes and signatures (quotequail, mail-parser-reply). Answers between quoted lines keep the quotes:
they are Markdown already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailparser_reply.parser import EmailMessage as SignedText
from quotequail import unwrap

LONGEST_LINE = 300
"""Of longer ones the libraries see the beginning: their patterns take time with the third power of a line."""
MOST_LINES = 2_000
TAIL = 30
"""A signature stands within so many lines of the end."""

_OTHER_WORDS = re.compile(
    r"^\s*(>? ?Am .+?)(?:,? | hat )(\S.*) (?:schrieb|(?:Folgendes )?geschrieben):\s*$", re.IGNORECASE
)
_USUAL_WORDS = r"\1 schrieb \2:"
"""Words that quotequail does not know: "Am …, Anna schrieb:", "Am … hat Anna Folgendes geschrieben:"."""
_DASHES = re.compile(r"^[-_]{2,4}$")
"""Some draw the line above a signature longer than the two dashes that all programs know."""
_RULE = re.compile(r"[-_=*]{2,}(?: ?[ \w-]+[-_=*]{2,})?")
"""Drawn above what is quoted, with or without words in it."""
_PROGRAM = re.compile(
    r"""
    von\ mein(em|er|en)\ .{1,60}\ (gesendet|verschickt|gesandt)\.?
    | (diese|die)\ (nachricht|e-?mail)\ wurde\ (von|mit)\ .{1,80}\ (gesendet|verschickt)\.?
    | (gesendet|verschickt)\ (von|mit|mithilfe|über)\ .{1,80}
    | outlook\ für\ .{1,30}\ (beziehen|herunterladen)(\s*<\S+>)?\.?
    | outlook\ für\ .{1,30}<\S+>\ (beziehen|herunterladen)\.?
    | (holen|laden)\ sie\ sich\ outlook\ für\ .{1,60}
    | (get|download)\ outlook\ for\ .{1,60}
    | sent\ (from|with|via|using)\ .{1,80}
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Cut:
    """``text``: what was written; ``rest``: everything that was left out, in its order."""

    text: str
    rest: str


def cut(text: str) -> Cut:
    lines = text.replace("\xa0", " ").split("\n")
    kept = _without_program(_without_quotes(lines))
    kept = _without_program(_without_signature(kept))
    return Cut("\n".join(kept).strip(), _left_out(lines, kept))


def _without_quotes(lines: list[str]) -> list[str]:
    shown = [_OTHER_WORDS.sub(_USUAL_WORDS, line[:LONGEST_LINE]) for line in lines[:MOST_LINES]]
    found = unwrap("\n".join(shown))
    if found is None:
        return _stripped(lines)
    above, below = (found.get(name, "").split("\n") for name in ("text_top", "text_bottom"))
    if _answers_between(below):
        return _stripped(lines)  # the line "Am … schrieb …:" says whom they quote
    places = range(len(shown))
    return _stripped([*_in_full(above, shown, lines, places), "", *_in_full(below, shown, lines, reversed(places))])


def _in_full(block: list[str], shown: list[str], lines: list[str], places: Iterable[int]) -> list[str]:
    """The lines as they were, of which the library saw the beginning: the first of the places where they stand."""
    bare, seen = [line.strip() for line in block], [line.strip() for line in shown]
    if not any(bare):
        return []
    at = next((each for each in places if seen[each : each + len(bare)] == bare), None)
    return block if at is None else lines[at : at + len(bare)]


def _answers_between(below: list[str]) -> bool:
    """A quote follows, and text behind or before it: the answers stand between."""
    return any(_is_quote(line) for line in below) and any(line.strip() and not _is_quote(line) for line in below)


def _is_quote(line: str) -> bool:
    return line.lstrip().startswith(">")


def _stripped(lines: list[str]) -> list[str]:
    """Without quoted, empty and drawn lines at the end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_quote(lines[end - 1]) or _RULE.fullmatch(lines[end - 1].strip())):
        end -= 1
    return lines[:end]


def _without_program(lines: list[str]) -> list[str]:
    kept = _stripped_of_gaps(lines)
    while kept and _PROGRAM.fullmatch(kept[-1].strip()):
        kept = _stripped_of_gaps(kept[:-1])
    return kept


def _stripped_of_gaps(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or _RULE.fullmatch(lines[end - 1].strip())):
        end -= 1
    return lines[:end]


def _without_signature(lines: list[str]) -> list[str]:
    tail = [_DASHES.sub("--", line[:LONGEST_LINE].strip()) for line in lines[-TAIL:]]
    parts = SignedText(text="\n".join(tail), languages=["de", "en"], keep_hyphen_lists=True).read().replies
    signature = parts[-1].signatures.strip().split("\n") if parts and parts[-1].signatures else []
    if not signature or tail[-len(signature) :] != signature:
        return lines
    return lines[: -len(signature)]


def _left_out(lines: list[str], kept: list[str]) -> str:
    """The lines that are in one and not in the other; what is kept keeps its order."""
    rest, position = [], 0
    for line in lines:
        if position < len(kept) and line == kept[position]:
            position += 1
        else:
            rest.append(line)
    return "\n".join(rest).strip()
