"""Pages of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from pypdf import PdfReader
from pypdf.errors import LimitReachedError

from .limits import Encrypted

PARTED = re.compile(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])")
"""A line ends within a word; one that goes on with a capital is a name of two words."""


def pages(file: IO[bytes]) -> Iterator[str]:
    reader = PdfReader(file)
    # Many are locked against changing alone, and open without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Encrypted
    for number in range(reader.get_num_pages()):
        yield _text(reader, number)


def _text(reader: PdfReader, number: int) -> str:
    """One page that cannot be read costs no other its text."""
    try:
        return PARTED.sub("", reader.pages[number].extract_text())
    except (MemoryError, RecursionError, LimitReachedError):
        raise
    except Exception:
        return ""
