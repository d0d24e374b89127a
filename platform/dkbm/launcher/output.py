"""What the launcher writes: sentences for the person who started it, and the lines of its programs.

At a terminal the person reads sentences, and the lines go to a file (`log.py`); everywhere else (container, pipe,
CI) both go to standard output, each line with the name of the program it comes from.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from dkbm.launcher.log import Log, printable

WIDTH = 8
LONGEST = 64 * 1024


class Output:
    """`log`: the file of a person at a terminal; without one everything is written to the file descriptor."""

    def __init__(self, descriptor: int | None = None, *, log: Path | None = None) -> None:
        self._screen = Writer(_to(sys.stdout.fileno() if descriptor is None else descriptor))
        self._log = Log(log) if log else None
        self._file = Writer(self._log.write) if self._log else None

    def sentence(self, text: str) -> None:
        """Queues a text meant for the person who started the copy."""
        self._screen.put(f"{text}\n")

    def line(self, name: str, text: str) -> None:
        """Queues one line of a program. At a terminal only an error is worth a sentence."""
        if self._log is None or self._file is None:
            self._screen.put(f"{name:<{WIDTH}} | {text}\n")
            return
        if not text.strip():
            return
        entry, error = self._log.entry(name, text)
        self._file.put(entry)
        if error:
            self.sentence(f"Fehler in „{name}“: {error} Mehr steht in {self._log.path}.")

    def trouble(self, name: str, what: str) -> None:
        """Says what became of a program, at a terminal with its last lines, which nobody has seen there."""
        if self._log is None:
            self.line(name, what)
            return
        self.sentence(f"„{name}“: {what}.")
        self.show_end_of(name)

    def show_end_of(self, name: str) -> None:
        """Before an error that says "siehe oben": at a terminal the last lines of the program, and the file."""
        if self._log is None:
            return
        if lines := self._log.last_lines(name):
            self.sentence("\n".join([f"Zuletzt schrieb „{name}“:", *(f"  {printable(line)}" for line in lines)]))
        self.sentence(f"Das ganze Protokoll steht in {self._log.path}.")

    def close(self) -> None:
        """Writes what waits, for at most two seconds each."""
        self._screen.close()
        if self._file:
            self._file.close()


class Writer:
    """Hands texts to `write` in a thread of its own.

    Nobody may be reading any more - the terminal is gone, a pipe is full - and that must never keep the
    launcher from ending its children. So texts wait in a queue, are dropped when it is full, and errors end
    the writing.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._texts: queue.Queue[str | None] = queue.Queue(maxsize=10_000)
        self._thread = threading.Thread(target=self._work, name="output", daemon=True)
        self._thread.start()

    def put(self, text: str) -> None:
        try:
            self._texts.put_nowait(text)
        except queue.Full:
            return

    def close(self, seconds: float = 2) -> None:
        """Writes what waits, for at most `seconds`."""
        try:
            self._texts.put(None, timeout=seconds)
        except queue.Full:
            return
        self._thread.join(seconds)

    def _work(self) -> None:
        while (text := self._texts.get()) is not None:
            try:
                self._write(text)
            except OSError:
                return


def _to(descriptor: int) -> Callable[[str], None]:
    def write(text: str) -> None:
        rest = text.encode(errors="replace")
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    return write


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
