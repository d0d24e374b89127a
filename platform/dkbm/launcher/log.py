"""The file that takes the lines of all programs while a person sits at the terminal: one JSON object a line."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from pathlib import Path
from typing import Any

MOST_BYTES = 10_000_000
# Beside the file that is written: those of earlier starts, or of the same one when it ran for long.
OLDER_FILES = 4
LAST_LINES = 12
LONGEST_SENTENCE = 300
# A server that is away makes the same error every second.
QUIET_SECONDS = 60.0
ERRORS = {"ERROR", "CRITICAL"}
TRACEBACK = "Traceback (most recent call last):"


class Log:
    """Every start begins a new file; `path.1` is the one before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn()
        self._last: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=LAST_LINES))
        self._said: dict[tuple[str, str], float] = {}

    def entry(self, name: str, text: str) -> tuple[str, str]:
        """What a line of a program becomes in the file, and the error that it reports: a sentence, or empty."""
        found = _parsed(text)
        now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        record = {"program": name, **(found or {"asctime": now, "message": text})}
        self._last[name].extend(_readable(record))
        return json.dumps(record, ensure_ascii=False) + "\n", self._once(name, _error(record))

    def write(self, entry: str) -> None:
        """Appends an entry. Called from one thread only."""
        data = entry.encode(errors="replace")
        if self._size and self._size + len(data) > MOST_BYTES:
            self._file.close()
            self._turn()
        self._file.write(data)
        self._size += len(data)

    def close(self) -> None:
        self._file.close()

    def last_lines(self, name: str) -> list[str]:
        """What a program wrote last, for a person to read."""
        return list(self._last[name])

    def _turn(self) -> None:
        """Moves the files one on and begins an empty one."""
        files = [self.path, *(self.path.with_name(f"{self.path.name}.{n}") for n in range(1, OLDER_FILES + 1))]
        for older, newer in zip(reversed(files), reversed(files[:-1]), strict=False):
            if newer.exists():
                newer.replace(older)
        self._file = self.path.open("wb", buffering=0)
        self._size = 0

    def _once(self, name: str, error: str) -> str:
        """The error, unless the program reported the same one a moment ago."""
        now = time.monotonic()
        if not error or now - self._said.get((name, error), -QUIET_SECONDS) < QUIET_SECONDS:
            return ""
        recent = {said: moment for said, moment in self._said.items() if now - moment < QUIET_SECONDS}
        self._said = recent | {(name, error): now}
        return error


def printable(text: str) -> str:
    """What a browser sent may stand in a line; nothing of it may command the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _parsed(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _readable(record: dict[str, Any]) -> list[str]:
    """The words of an entry with its traceback."""
    words = f"{record.get('message', '')}\n{record.get('exc_info') or ''}"
    return [line for line in words.splitlines() if line.strip()]


def _error(record: dict[str, Any]) -> str:
    """What went wrong, as the end of a sentence; empty for a line that reports no error."""
    message = str(record.get("message", ""))
    if record.get("levelname") not in ERRORS and message != TRACEBACK:
        return ""
    first = next(iter(message.splitlines()), "")
    trace = str(record.get("exc_info") or "").strip().splitlines()
    words = printable(f"{first} ({trace[-1].strip()})" if trace else first)
    return words[:LONGEST_SENTENCE].rstrip(".: ") + "."
