"""The child: reads a file from standard input, writes what it found as JSON."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

from . import limits, office, pdf, plain

READERS: dict[str, Callable[[IO[bytes]], Iterator[str]]] = {
    "pdf": pdf.pages,
    "docx": office.docx,
    "xlsx": office.xlsx,
    "pptx": office.pptx,
    **dict.fromkeys(("odt", "ods", "odp"), office.open_document),
    **dict.fromkeys(("txt", "csv"), plain.text),
}


def read(ending: str, file: IO[bytes]) -> dict[str, Any]:
    try:
        pages, whole = limits.as_far_as_allowed(READERS[ending](file))
    except limits.Encrypted:
        return _nothing("encrypted")
    except (limits.TooLarge, MemoryError, RecursionError):
        return _nothing("too_large")
    except Exception:  # what libraries raise for bytes that are no such file is beyond listing
        return _nothing("broken")
    if not any(page.strip() for page in pages):
        return _nothing("pictures" if ending == "pdf" and pages else "empty")
    return {"outcome": "text", "pages": pages, "whole": whole}


def _nothing(outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "pages": [], "whole": True}


if __name__ == "__main__":
    limits.set_limits()
    said = read(sys.argv[1], io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False)))
    json.dump(said, sys.stdout)
