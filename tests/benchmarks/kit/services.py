"""PostgreSQL and Redis of the benchmarks with their data, which stay between runs.

`build/benchmarks` holds them. A database is filled once for each size and filled anew when the code that makes its
rows has changed; what is measured is a copy of it, so that every run begins with the same rows. As for the tests the
server does not wait for the disk: that would say more of the machine than of the code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from dkbm.launcher import stamps
from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.frontend import main as build_front_end
from dkbm.launcher.run import _static_sources
from dkbm.launcher.temporary import TemporaryServices

FOLDER = ROOT / "build" / "benchmarks"
SIZES = (40_000, 400_000)
APPS = tuple(ROOT / name for name in ("platform/dkbm", "forum", "goodpractice", "workgroups"))
SHAPES = ("models.py", "models", "migrations", "tenancy/tables.py", "tenancy/row_security.py")
"""Files and folders of the apps that tables, rights and policies follow from."""
ROWS = (ROOT / "tests" / "benchmarks" / "data", ROOT / "platform" / "dkbm" / "search" / "domain")
"""What the rows follow from beside them."""
FILL = ("-m", "tests.benchmarks.data")

Settings = dict[str, str]
URLS = ("DATABASE_URL", "DATABASE_OPS_URL", "DATABASE_OWNER_URL")


@contextmanager
def running() -> Iterator[Settings]:
    """The services; gives the settings of the owner's login."""
    os.environ["DATA_DIR"] = str(FOLDER)
    services = TemporaryServices()
    try:
        settings = {
            **os.environ,
            **services.start(),
            "PROFILE": "demo",
            "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "dkbm.config.settings",
        }
        yield settings
    finally:
        services.stop()


def in_database(settings: Mapping[str, str], name: str) -> Settings:
    """The same services, another database."""
    urls = {key: settings[key].rsplit("/", 1)[0] + f"/{name}" for key in URLS}
    return {**settings, **urls}


@contextmanager
def copy_of(settings: Mapping[str, str], posts: int) -> Iterator[tuple[Settings, dict[str, Any]]]:
    """A copy of the network with so many posts, and what ``data.network.describe`` says of it."""
    kept, copy = f"network_{posts}", f"copy_{posts}"
    described = _filled(settings, kept, posts)
    _run(settings, "DROP DATABASE IF EXISTS {}", copy)
    _run(settings, "CREATE DATABASE {} TEMPLATE {}", copy, kept)
    try:
        yield in_database(settings, copy), described
    finally:
        _run(settings, "DROP DATABASE {} WITH (FORCE)", copy)


def _filled(settings: Mapping[str, str], name: str, posts: int) -> dict[str, Any]:
    """Step by step, each database upon the last one: tables, a network with an empty forum, its posts."""
    described = FOLDER / f"{name}.json"

    def migrate(own: Settings) -> None:
        for step in ("setup_database",), ("migrate", "--no-input", "--verbosity", "0"):
            _python(own, str(ROOT / "manage.py"), *step)

    def found(own: Settings) -> None:
        _python(own, *FILL)

    def fill(own: Settings) -> None:
        described.write_bytes(_python(own, *FILL, str(posts)))

    _kept(settings, "migrated", _shapes(), migrate)
    _kept(settings, "founded", (*_shapes(), *ROWS), found, template="migrated")
    _kept(settings, name, (*_shapes(), *ROWS), fill, template="founded")
    return dict(json.loads(described.read_text()))


def _python(settings: Settings, *arguments: str) -> bytes:
    """What it has written to its standard output."""
    command = (sys.executable, *arguments)
    return subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE).stdout


def _kept(
    settings: Mapping[str, str],
    name: str,
    sources: Iterable[Path],
    make: Callable[[Settings], None],
    template: str = "template0",
) -> None:
    """The database, made anew when its ``sources`` have changed; ``make`` gets the settings of its owner."""
    stamp, current = FOLDER / f"{name}.stamp", stamps.fingerprint(*sources)
    if stamps.is_current(stamp, current) and _exists(settings, name):
        return
    print(f"Making the database {name} ...", flush=True)
    started = time.monotonic()
    _run(settings, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    owner = urlsplit(settings["DATABASE_OWNER_URL"]).username or ""
    _run(settings, "CREATE DATABASE {} OWNER {} TEMPLATE {}", name, owner, template)
    make(in_database(settings, name) | {"DATABASE_ROLE": "owner"})
    stamps.write(stamp, current)
    print(f"... took {time.monotonic() - started:.0f} s.", flush=True)


def _shapes() -> list[Path]:
    return [path for app in APPS for shape in SHAPES for path in sorted(app.rglob(shape))]


def with_database(settings: Mapping[str, str], name: str) -> Settings:
    """:func:`in_database`, made empty when it is not there."""
    if not _exists(settings, name):
        _run(settings, "CREATE DATABASE {} OWNER {}", name, urlsplit(settings["DATABASE_OWNER_URL"]).username or "")
    return in_database(settings, name)


def _exists(settings: Mapping[str, str], name: str) -> bool:
    with psycopg.connect(settings["DATABASE_ADMIN_URL"], autocommit=True) as connection:
        return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _run(settings: Mapping[str, str], statement: str, *names: str) -> None:
    with psycopg.connect(settings["DATABASE_ADMIN_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def build_static_files(settings: Mapping[str, str]) -> None:
    """What `make run` builds before it serves: pages name their files with a hash of the content."""
    build_front_end()
    stamp, current = ROOT / "build" / "static.stamp", stamps.fingerprint(*_static_sources())
    if not stamps.is_current(stamp, current):
        collect = (sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "--verbosity", "0")
        subprocess.run(collect, env=dict(settings), check=True)
        stamps.write(stamp, current)
