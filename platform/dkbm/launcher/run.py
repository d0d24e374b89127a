"""`make run`: a complete demo copy, from the set-up steps to the addresses, until somebody ends it."""

from __future__ import annotations

import asyncio
import fcntl
import http.client
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from dkbm.launcher import environment, leftovers, ports, services, stamps
from dkbm.launcher.data_dir import ROOT, DataDir
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.output import Output
from dkbm.launcher.supervisor import Program, Supervisor

BUILD = ROOT / "build"
LOCK = ROOT / "requirements.lock"
CODE = (ROOT / "platform" / "dkbm", ROOT / "forum", ROOT / "workgroups", ROOT / "goodpractice", LOCK)
READY_SECONDS = 120
WS_MAX_SIZE = "131072"
DEFAULT_PORT = "8000"
LOG_HINT = "Was die Programme dabei schreiben, steht in {path}."
WELCOME = """
Transfernetz läuft. Beenden mit Strg-C.

Demo-Konten, Passwort demo-passwort; statt niedersachsen auch bayern:

  mitglied@niedersachsen.example.org    Mitglied in AG 1, AG 2 und einer Untergruppe
  sprecherin@niedersachsen.example.org  spricht für AG 1
  redaktion@niedersachsen.example.org   Redaktion, http://niedersachsen.localhost:{port}/cms/
  leitung@niedersachsen.example.org     Netzwerkleitung
  neu@niedersachsen.example.org         aufgenommen, in keiner AG
  betrieb@example.org                   Betrieb, http://localhost:{port}

Adressen; im Postfach liegen alle Mails dieser Kopie:

  Eingang         http://localhost:{port}
  Niedersachsen   http://niedersachsen.localhost:{port}
  Bayern          http://bayern.localhost:{port}
  Postfach        http://localhost:{port}/postfach/"""


def run() -> int:
    """Runs until told to end; returns the exit code. Raises LauncherError when the copy cannot be started."""
    data_dir = DataDir.from_environment(os.environ)
    with data_dir.locked():
        leftovers.end(lambda: leftovers.marked(data_dir.path), signal.SIGTERM)
        port = ports.web_port(os.environ.get("PORT") or DEFAULT_PORT)
        output = Output(log=data_dir.log) if sys.stdout.isatty() else Output()
        if sys.stdout.isatty():
            output.sentence(LOG_HINT.format(path=data_dir.log))
        try:
            asyncio.run(_run(output, data_dir, port))
        finally:
            data_dir.environment.unlink(missing_ok=True)
            output.close()
    return 0


async def _run(output: Output, data_dir: DataDir, port: int) -> None:
    async with Supervisor(output) as supervisor:
        await supervisor.until_stopped(_start(supervisor, data_dir, port))
        output.sentence("\nTransfernetz wird beendet ...")


async def _start(supervisor: Supervisor, data_dir: DataDir, port: int) -> None:
    await _build_front_end(supervisor, data_dir)
    stamp = data_dir.run / "database.stamp"
    if not data_dir.postgres.exists():
        stamp.unlink(missing_ok=True)
    settings = await services.start(supervisor, data_dir, durable=True)
    settings |= {"PROFILE": "demo", "PORT": str(port)}
    environment.save(data_dir, settings)
    await _set_up_database(supervisor, data_dir, settings, stamp)
    await _collect_static_files(supervisor, data_dir, settings)
    owner = environment.for_owner(data_dir, settings)
    for program in programs(environment.for_application(data_dir, settings), data_dir, port, owner):
        supervisor.keep(program)
    await _ready(supervisor, port)
    supervisor.output.sentence(WELCOME.format(port=port))


async def _build_front_end(supervisor: Supervisor, data_dir: DataDir) -> None:
    async with _build_lock():
        await supervisor.run_once(
            Program(
                name="oberfläche",
                command=(sys.executable, "-m", "dkbm.launcher.frontend"),
                environment=environment.for_application(data_dir, {}),
            )
        )


async def _set_up_database(supervisor: Supervisor, data_dir: DataDir, settings: Mapping[str, str], stamp: Path) -> None:
    """Roles, tables and demo data; skipped when nothing changed and the database is our own.

    The stamp tells of the own database alone: what was done to another one says nothing about it.
    """
    own = services.has_own_database(os.environ)
    current = await asyncio.to_thread(stamps.fingerprint, *CODE)
    if own and stamps.is_current(stamp, current):
        return
    owner = environment.for_owner(data_dir, settings)
    supervisor.output.sentence("Lege Rollen und Tabellen an ...")
    await supervisor.run_once(_manage(("setup_database",), owner, quiet=True))
    await supervisor.run_once(_manage(("migrate", "--no-input"), owner, quiet=True))
    supervisor.output.sentence("Lade die Demo-Netze ...")
    await supervisor.run_once(_manage(("load_demo",), owner))
    if own:
        stamps.write(stamp, current)


async def _collect_static_files(supervisor: Supervisor, data_dir: DataDir, settings: Mapping[str, str]) -> None:
    """Beside the files stands the stamp: all copies of a clone share them."""
    stamp = BUILD / "static.stamp"
    async with _build_lock():
        current = await asyncio.to_thread(stamps.fingerprint, *_static_sources())
        if (BUILD / "static").is_dir() and stamps.is_current(stamp, current):
            return
        supervisor.output.sentence("Sammle und verdichte Dateien der Oberfläche ...")
        application = environment.for_application(data_dir, settings)
        await supervisor.run_once(_manage(("collectstatic", "--no-input"), application, quiet=True))
        stamps.write(stamp, current)


def _static_sources() -> list[Path]:
    """What `collectstatic` copies, and what decides how: its half minute is not for every change of code."""
    own = [folder for code in (*CODE, ROOT / "themes") for folder in sorted(code.rglob("static"))]
    return [*own, BUILD / "frontend", ROOT / "platform" / "dkbm" / "config" / "settings", LOCK]


def programs(
    settings: Mapping[str, str], data_dir: DataDir, port: int, owner: Mapping[str, str]
) -> tuple[Program, ...]:
    """Web, the worker with beat in it, and what founds networks: it alone goes on with the owner's login."""
    celery = ("-m", "celery", "--quiet", "-A", "dkbm.config.celery")
    worker = (*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
    # Forked from the worker, which has loaded everything: a beat of its own would take as much memory again.
    with_beat = ("--beat", "--schedule", str(data_dir.run / "beat-schedule"))
    return (
        Program(name="web", command=web_command(port), environment=settings),
        # Mails and live updates wait for it; pages do not.
        Program("worker", (sys.executable, *worker, *with_beat), settings, restart_seconds=10.0, essential=False),
        # What people answer by mail; /postfach/ needs it not.
        Program("antworten", incoming_command(), settings, restart_seconds=10.0, essential=False),
        Program(
            "gründung",
            (sys.executable, "-m", "dkbm.launcher.founding"),
            owner,
            restart_seconds=10.0,
            essential=False,
        ),
    )


def web_command(port: int) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "uvicorn", "dkbm.config.asgi:application", "--host", "127.0.0.1", "--port", str(port)),
        # Not "websockets", which uvicorn warns about at every start: it will be what this is now.
        *("--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", WS_MAX_SIZE),
        *("--no-proxy-headers", "--no-access-log"),
        # Open sockets would otherwise hold the end up until they are closed by the reader.
        *("--timeout-graceful-shutdown", "3"),
    )


def incoming_command() -> tuple[str, ...]:
    """A mail server for answers, on a port of its own; its line in the log names it."""
    manage = (sys.executable, str(ROOT / "manage.py"), "receive_mail_server", "--port", str(ports.free_port()))
    return manage


def _manage(arguments: tuple[str, ...], settings: Mapping[str, str], *, quiet: bool = False) -> Program:
    return Program(
        name=arguments[0],
        command=(sys.executable, str(ROOT / "manage.py"), *arguments),
        environment=settings,
        quiet=quiet,
    )


async def _ready(supervisor: Supervisor, port: int) -> None:
    for _ in range(READY_SECONDS * 5):
        if await asyncio.to_thread(_is_healthy, port):
            return
        await asyncio.sleep(0.2)
    supervisor.output.show_end_of("web")
    raise LauncherError(f"Der Webserver antwortet nach {READY_SECONDS} Sekunden noch nicht, siehe oben.")


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@asynccontextmanager
async def _build_lock() -> AsyncIterator[None]:
    """What is built belongs to the clone, and two copies of it may start at the same moment."""
    BUILD.mkdir(exist_ok=True)
    descriptor = os.open(BUILD, os.O_RDONLY)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(0.2)
        yield
    finally:
        os.close(descriptor)
