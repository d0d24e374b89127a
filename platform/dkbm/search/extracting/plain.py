"""Plain text, however it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from .limits import MOST_CHARACTERS


def text(file: IO[bytes]) -> Iterator[str]:
    content = file.read(4 * MOST_CHARACTERS)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield content.decode("utf-16", "replace")
        return
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")
