"""Text from files that people upload, read in a process of its own, which gets no secrets and ends in time.

The child imports nothing of ours but this package (``python -m dkbm.search.extracting pdf < file``).
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, NamedTuple

logger = logging.getLogger(__name__)

SECONDS = 90
"""After them the child is killed; it gives up by itself before (``limits.SECONDS``)."""
ROOT = Path(__file__).parents[3]
READABLE = frozenset(("pdf", "docx", "odt", "xlsx", "pptx", "ods", "odp", "txt", "csv"))


class Outcome(StrEnum):
    TEXT = "text"
    PICTURES = "pictures"
    """A PDF whose pages hold pictures alone, as a scanner makes them."""
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    """It took more time or memory than a file may."""


class Extracted(NamedTuple):
    """``pages``: those of a PDF, slides of a presentation; of anything else one. ``whole``: none had to be left out."""

    outcome: Outcome
    pages: list[str]
    whole: bool = True


def extract(file: IO[bytes], ending: str) -> Extracted:
    """Never raises for what is in the file. ``file`` has a descriptor, and is read from its beginning."""
    file.seek(0)
    try:
        child = subprocess.run(  # noqa: S603 - our own module; the ending is one of ours
            [sys.executable, "-P", "-m", __name__, ending if ending in READABLE else "txt"],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            timeout=SECONDS,
            check=False,
        )
        said: dict[str, Any] = json.loads(child.stdout)
        return Extracted(Outcome(said["outcome"]), said["pages"], said["whole"])
    except subprocess.TimeoutExpired:
        return Extracted(Outcome.TOO_LARGE, [])
    except (ValueError, KeyError):
        # It was killed: by a limit of its own, or by a machine without memory left.
        logger.warning("text extraction ended early", extra={"ending": ending, "code": child.returncode})
        return Extracted(Outcome.TOO_LARGE, [])
