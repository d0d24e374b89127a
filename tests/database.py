"""Migrating and founding once: every test database is a copy of a template.

Two templates stand one upon the other and are made anew when something they are made of changes. The first has the
migrated tables (some twenty seconds of processor time), the second the two networks that tests know by name, and spare
ones. Both stay in the test cluster between runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

from dkbm.cms.domain.networks import create_network
from dkbm.glossary.models import Term
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.database import close_catalogue, close_database
from dkbm.tenancy.hosts import network_by_id
from dkbm.tenancy.models import Network
from tests.architecture.source import ROOT, python_files

MIGRATED, FOUNDED = "template_transfernetz_", "founded_transfernetz_"
SHAPES = ("migrations", "models", "models.py", "tenancy", "settings")
"""Folders and files whose content the tables, rights and policies of an empty database follow from."""

NETWORKS = ("niedersachsen", "bayern")
SPARE = 12
"""As many as most test processes use; who needs more founds them."""
FREE = "Noch von keinem Test benutzt"
"""Claim of a spare network that nobody has taken."""


@contextmanager
def use_test_database(*, keep: bool) -> Iterator[None]:
    """A copy of the template is what this process is connected to.

    ``keep``: take the one of an earlier run, if its tables are still of the right shape, and leave it there.
    """
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    with only_one_process():
        shape = _migrated_print()
        if not keep or _shape_of(name) != shape:
            _copy(_founded_template(), name, shape)
    with _connected_to(name):
        yield
    if not keep:
        _drop(name)


def _founded_template() -> str:
    migrated = _template(MIGRATED, _migrated_print(), _migrate)
    return _template(FOUNDED, _founded_print(), lambda building: _found(migrated, building))


def _migrated_print() -> str:
    return _digest(path for path in python_files() if set(SHAPES) & set(path.relative_to(ROOT).parts))


def _founded_print() -> str:
    """Founding calls steps of every app."""
    return _digest([*python_files(), Path(__file__)])


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _template(prefix: str, fingerprint: str, make: Callable[[str], None]) -> str:
    """Its name. Made under another one, so that an interrupted attempt is never taken for it; the old ones go."""
    name, building = prefix + fingerprint, f"{prefix}building"
    present = _databases(prefix)
    if name not in present:
        _drop(building)
        make(building)
        for old in present - {building}:
            _drop(old)
        _run(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def other_database(url: str, name: str) -> str:
    """The address of a login, leading to another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _close(building: str) -> None:
    """As ``setup_database`` leaves the real one; rights on the catalogue are copied with the database, those on the
    database itself are not."""
    with psycopg.connect(other_database(os.environ["DATABASE_ADMIN_URL"], building)) as admin:
        assert close_catalogue(admin)


def _migrate(building: str) -> None:
    test: dict[str, Any] = connection.settings_dict["TEST"]
    with _connected_to(building):
        name, test["NAME"] = test["NAME"], building
        try:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        finally:
            test["NAME"] = name
    _close(building)


def _found(migrated: str, building: str) -> None:
    _copy(migrated, building, shape="")
    with _connected_to(building):
        for slug in NETWORKS:
            _found_empty(slug=slug, name=f"Transferagentur {slug.title()}", short_name=slug.title())
        for number in range(SPARE):
            _found_empty(slug=f"frei-{number}", name=f"Netzwerk {number}", short_name=f"N {number}", claim=FREE)


def _found_empty(**fields: str) -> Network:
    """Without the common glossary: a test finds what it has written, and nothing besides."""
    network = create_network(**fields)
    with bind(network_by_id(network.pk)):
        Term.objects.all().delete()
        SearchEntry.objects.filter(type="glossary").delete()
    return network


def _databases(prefix: str) -> set[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return {name for (name,) in cursor.fetchall()}


def _shape_of(name: str) -> str | None:
    """What the tables of a kept database follow from; written down when it was made."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cursor.fetchone()
        return row[0] if row else None


def _copy(template: str, name: str, shape: str) -> None:
    _drop(name)
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _run(f"COMMENT ON DATABASE \"{name}\" IS '{shape}'")
    with psycopg.connect(other_database(os.environ["DATABASE_OWNER_URL"], name), autocommit=True) as owner:
        for role in (settings.DATABASE_APP_ROLE, settings.DATABASE_OPS_ROLE):
            close_database(owner, database=name, app=role)


def _drop(name: str) -> None:
    _run(f'DROP DATABASE IF EXISTS "{name}"')


def _run(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    own = connection.settings_dict["NAME"]

    def connect(database: str) -> None:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database

    connect(name)
    try:
        yield
    finally:
        connect(own)


def take_network() -> BoundNetwork:
    """A network that no other test has had or will get."""
    with bind_all("network of one test", as_owner=True):
        free = Network.objects.filter(claim=FREE).order_by("pk").first()
        if free is None:
            slug = f"n{uuid.uuid4().hex[:10]}"
            free = _found_empty(slug=slug, name=f"Netzwerk {slug}", short_name=slug)
        Network.objects.filter(pk=free.pk).update(claim="")
    network = network_by_id(free.pk)
    assert network is not None
    return network


@contextmanager
def only_one_process() -> Iterator[None]:
    with (Path(os.environ["DATA_DIR"]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
