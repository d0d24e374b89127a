"""Starts programs, passes on their log lines, restarts them, and ends all of them in every case."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from dkbm.launcher.errors import LauncherError
from dkbm.launcher.output import LineSplitter, Output

GUARD = Path(__file__).with_name("guard.py")
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A program that ends this often in a row, never having run for `STEADY` seconds, will not recover.
MOST_FAILURES = 5
STEADY = 10.0
LONGEST_PAUSE = 60.0
SECOND_WISH = 1.0

Say = Callable[[str], None]


class Layer(IntEnum):
    """The order of ending: what uses a service ends before the service, each layer together."""

    SERVICE = 0
    APPLICATION = 1


def guarded(command: tuple[str, ...], stop_signal: signal.Signals, user: int | None = None) -> tuple[str, ...]:
    """The command by which a program ends with this process, however that ends (see `guard.py`)."""
    number, parent = str(int(stop_signal)), str(os.getpid())
    become = "-" if user is None else str(user)
    return (sys.executable, "-I", "-S", str(GUARD), number, parent, become, *command)


@dataclass(frozen=True)
class Program:
    """One process to run: what, how it is ended, and what happens when it ends by itself."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    layer: Layer = Layer.APPLICATION
    stop_signal: signal.Signals = signal.SIGTERM
    # Seconds to end in by itself before it is killed.
    stop_seconds: float = 10
    # Seconds until it is started again; doubled with every failure in a row.
    restart_seconds: float = 1
    # Whether the copy is of no use without it: the launcher then ends when it cannot be kept running.
    essential: bool = True
    # Put before the command: enters a user namespace (see `postgres.py`).
    wrapper: tuple[str, ...] = ()
    user: int | None = None
    # Its lines are of interest only when it fails (set-up steps).
    quiet: bool = False

    def guarded(self) -> tuple[str, ...]:
        return (*self.wrapper, *guarded(self.command, self.stop_signal, self.user))


class Supervisor:
    """Keeps programs running. Use as `async with`: leaving ends every program, also after an error or a
    signal.

    Programs are started from the main thread only: the kernel's parent-death signal counts threads, not
    processes.
    """

    def __init__(self, output: Output) -> None:
        self.output = output
        self.failure: str | None = None
        self._stopping = asyncio.Event()
        self._hurry = asyncio.Event()
        self._running: dict[asyncio.subprocess.Process, Program] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._first_signal: float | None = None

    async def __aenter__(self) -> Supervisor:
        loop = asyncio.get_running_loop()
        for number in STOPPING_SIGNALS:
            # Under nohup the caller has asked to survive a hang-up.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                loop.add_signal_handler(number, self._signalled)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end_everything()

    def request_stop(self, failure: str | None = None) -> None:
        """Lets `until_stopped` return; `failure` is the German sentence for a copy that cannot go on."""
        self.failure = self.failure or failure
        self._stopping.set()

    async def until_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs `work`, then waits for a request to stop; a request during the work cancels it.

        Raises what `work` raises, and LauncherError for a failure that was given with the request.
        """
        task = asyncio.create_task(work)
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
                await stopping
        finally:
            for each in (task, stopping):
                each.cancel()
            await asyncio.gather(task, stopping, return_exceptions=True)
        if self.failure:
            raise LauncherError(self.failure)

    async def run_once(self, program: Program) -> None:
        """Runs a set-up step to its end. Raises LauncherError when it fails."""
        lines: list[str] = []
        say = lines.append if program.quiet else functools.partial(self.output.line, program.name)
        process = await self._start(program)
        try:
            await self._pass_on_lines(process, say)
            code = await process.wait()
        finally:
            await self._end(process, program)
        if code != 0:
            for line in lines:
                self.output.line(program.name, line)
            self.output.show_end_of(program.name)
            raise LauncherError(f"Der Schritt „{program.name}“ ist fehlgeschlagen (Code {code}), siehe oben.")

    def keep(self, program: Program) -> None:
        """Starts a program and keeps it running until the end."""
        self._keepers.append(asyncio.create_task(self._keep(program), name=program.name))

    async def _keep(self, program: Program) -> None:
        failures = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            process = await self._start(program)
            await self._pass_on_lines(process, functools.partial(self.output.line, program.name))
            code = await process.wait()
            self._forget(process)
            if self._stopping.is_set():
                return
            failures = 1 if time.monotonic() - started > STEADY else failures + 1
            if program.essential and failures >= MOST_FAILURES:
                self.output.show_end_of(program.name)
                self.request_stop(f"„{program.name}“ lässt sich nicht am Laufen halten (Code {code}), siehe oben.")
                return
            pause = min(program.restart_seconds * 2 ** (failures - 1), LONGEST_PAUSE)
            self.output.trouble(program.name, f"beendet (Code {code}), neuer Start in {pause:g} s")
            await asyncio.sleep(pause)

    async def _start(self, program: Program) -> asyncio.subprocess.Process:
        # A session of its own: Ctrl-C and hang-up reach the launcher alone, which then ends things in order.
        process = await asyncio.create_subprocess_exec(
            *program.guarded(),
            env=dict(program.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        self._running[process] = program
        return process

    async def _pass_on_lines(self, process: asyncio.subprocess.Process, say: Say) -> None:
        """Until the program has ended and its lines are out; a grandchild with the pipe is not waited for."""
        assert process.stdout is not None
        reading = asyncio.create_task(self._read(process.stdout, say))
        try:
            await process.wait()
            await asyncio.wait({reading}, timeout=1)
        finally:
            reading.cancel()

    async def _read(self, stream: asyncio.StreamReader, say: Say) -> None:
        splitter = LineSplitter()
        while data := await stream.read(65536):
            for line in splitter.feed(data):
                say(line)
        for line in splitter.rest():
            say(line)

    def _signalled(self) -> None:
        """The first signal ends things in order, a later one at once.

        SIGTERM to a process group comes twice, from the sender and from make: that is one wish, not two.
        """
        now = time.monotonic()
        self._first_signal = self._first_signal or now
        if now - self._first_signal > SECOND_WISH:
            self._hurry.set()
        self._stopping.set()

    async def _end_everything(self) -> None:
        self._stopping.set()
        for layer in sorted(Layer, reverse=True):
            ending = [self._end(each, program) for each, program in self._running.items() if program.layer == layer]
            await asyncio.gather(*ending)
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        # What a keeper was just starting while it was cancelled.
        for process in list(self._running):
            self._forget(process)

    async def _end(self, process: asyncio.subprocess.Process, program: Program) -> None:
        """Asks the program to end, kills it when it does not, and with it whatever it has started."""
        try:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(program.stop_signal)
                waiting = (asyncio.create_task(process.wait()), asyncio.create_task(self._hurry.wait()))
                await asyncio.wait(waiting, timeout=program.stop_seconds, return_when=asyncio.FIRST_COMPLETED)
                for task in waiting:
                    task.cancel()
        finally:
            self._forget(process)
        await process.wait()

    def _forget(self, process: asyncio.subprocess.Process) -> None:
        """Kills the rest of the program's process group, which exists only if something is left in it."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        self._running.pop(process, None)
