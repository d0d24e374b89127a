"""The theme's templates and stylesheets as text, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "themes" / "base" / "templates"
STATIC = ROOT / "themes" / "base" / "static"
OF_DJANGO_AND_WAGTAIL = (
    "wagtailadmin/home/",
    "wagtailadmin/shared/",
    "django/",
    "forms/",
    "components/",
    "cms/blocks/",
    "editorial/blocks/",
)
"""Folders that hold no page: fields and forms for Django's renderer, components for their tags, blocks for Wagtail."""


@dataclass(frozen=True)
class Include:
    """One ``{% include %}``; ``target`` as it is written, with its quotes if it has any."""

    line: int
    target: str
    names: tuple[str, ...]
    only: bool

    @property
    def template(self) -> str:
        """Name of the template, or "" where a variable holds it."""
        return self.target.strip("\"'") if self.target[0] in "\"'" else ""


@cache
def templates() -> dict[str, str]:
    """Name as ``{% include %}`` takes it, and text."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
    }


def is_part(name: str) -> bool:
    return name.rpartition("/")[2].startswith("_")


def tags(text: str) -> Iterator[tuple[int, str]]:
    """Line and content of each ``{% … %}`` outside comments."""
    in_comment = False
    for token in Lexer(text).tokenize():
        if token.token_type is not TokenType.BLOCK:
            continue
        if token.contents in ("comment", "endcomment"):
            in_comment = token.contents == "comment"
        elif not in_comment:
            yield token.lineno or 0, token.contents


def includes(text: str) -> Iterator[Include]:
    for line, content in tags(text):
        words = list(smart_split(content))
        if words[0] == "include":
            given = tuple(match.group() for word in words[2:] if (match := re.match(r"\w+(?==)", word)))
            yield Include(line, words[1], given, words[-1] == "only")


def without_comments(text: str) -> str:
    """The template with empty lines where comments were, so that lines keep their numbers."""
    comment = r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}"
    return re.sub(comment, lambda match: "\n" * match.group().count("\n"), text, flags=re.DOTALL)
