"""Migrating once: every test database is a copy of a template that is made anew when something it is made of changes.

Two hundred migrations cost some twenty seconds of processor time, and each process of pytest-xdist has a database
of its own. The template stays in the test cluster between runs.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.architecture.source import ROOT, python_files

PREFIX = "template_transfernetz_"
SHAPES = ("migrations", "models", "models.py", "tenancy", "settings")
"""Folders and files whose content the tables, rights and policies of an empty database follow from."""


def use_template() -> None:
    """Let the test database that is created next be a copy of the migrated template, which is made when missing."""
    test: dict[str, Any] = connection.settings_dict["TEST"]
    name = PREFIX + fingerprint()
    with only_one_process():
        if name not in templates():
            _make(name)
    test["TEMPLATE"] = name


def fingerprint() -> str:
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(python_files()):
        if set(SHAPES) & set(path.relative_to(ROOT).parts):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def templates() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        return [name for (name,) in cursor.fetchall()]


def _make(name: str) -> None:
    """Migrate under another name, so that an interrupted attempt is never taken for a template; the old ones go."""
    test: dict[str, Any] = connection.settings_dict["TEST"]
    own, wanted = settings.DATABASES["default"]["NAME"], test["NAME"]
    building = f"{PREFIX}building"
    test["NAME"] = building
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = wanted
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
    with connection._nodb_cursor() as cursor:
        for old in set(templates()) - {building}:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


@contextmanager
def only_one_process() -> Iterator[None]:
    with (Path(os.environ["DATA_DIR"]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
