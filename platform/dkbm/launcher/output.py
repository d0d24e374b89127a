"""Plain log lines, each with the name of the process it comes from."""

from __future__ import annotations

import os
import queue
import sys
import threading

WIDTH = 8
LONGEST = 64 * 1024


class Output:
    """Writes lines to a file descriptor from a thread of its own.

    Nobody may be reading any more - the terminal is gone, a pipe is full - and that must never keep the
    launcher from ending its children. So lines wait in a queue, are dropped when it is full, and errors end
    the writing.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdout.fileno() if descriptor is None else descriptor
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=10_000)
        self._thread = threading.Thread(target=self._write, name="output", daemon=True)
        self._thread.start()

    def line(self, name: str, text: str) -> None:
        """Queues one line (`name` may be empty for text meant for the person who started the copy)."""
        prefix = f"{name:<{WIDTH}} | " if name else ""
        try:
            self._lines.put_nowait(f"{prefix}{text}\n".encode(errors="replace"))
        except queue.Full:
            return

    def close(self, seconds: float = 2) -> None:
        """Writes what waits, for at most `seconds`."""
        try:
            self._lines.put(None, timeout=seconds)
        except queue.Full:
            return
        self._thread.join(seconds)

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                while line:
                    line = line[os.write(self._descriptor, line) :]
            except OSError:
                return


class LineSplitter:
    """Cuts a stream of bytes into lines; a line longer than 64 KiB is cut there."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST:
            lines.append(self._rest)
            self._rest = b""
        return [line.decode(errors="replace").rstrip() for line in lines]

    def rest(self) -> list[str]:
        return [self._rest.decode(errors="replace").rstrip()] if self._rest.strip() else []
