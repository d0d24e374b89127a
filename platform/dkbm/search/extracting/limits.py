"""What the child may use, set by itself before it reads a byte."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
"""Of work; what is read until then counts."""
MOST_CHARACTERS = 2_500_000
"""Of a file. A page of a report has 3,000."""
MOST_PAGES = 20_000
"""A file may say that it has any number, and most of them empty."""
MOST_UNPACKED = 150 * 1024 * 1024
"""Bytes of the parts of an office file together."""


class TooLarge(Exception):
    pass


class Broken(Exception):
    pass


class Encrypted(Exception):
    pass


def set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 10, SECONDS + 10))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def as_far_as_allowed(pages: Iterable[str]) -> tuple[list[str], bool]:
    """The pages until time or room is used up, and whether these are all."""
    end = time.monotonic() + SECONDS
    taken: list[str] = []
    length = 0
    for page in pages:
        if len(taken) >= MOST_PAGES:
            return taken, False
        if length + len(page) > MOST_CHARACTERS:
            return [*taken, page[: MOST_CHARACTERS - length]], False
        taken.append(page)
        length += len(page)
        if time.monotonic() > end:
            return taken, False
    return taken, True
