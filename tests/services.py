"""Pytest plugin: PostgreSQL and Redis for the tests, before Django reads its settings.

Loaded by `-p tests.services` (pyproject.toml). Only the controller starts them; the processes of pytest-xdist
inherit the environment. A service that cannot be started ends the run: no test is ever skipped for it.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator

import pytest

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.temporary import TemporaryServices

services = TemporaryServices()
SEARCH_SERVER = {"ELASTICSEARCH_URL": "TEST_SEARCH_URL", "SEARCH_FLAVOUR": "TEST_SEARCH_FLAVOUR"}
"""Where a search server that the caller names is put, out of reach of the settings: most tests search in PostgreSQL."""
READYZ_TOKEN = "darf-alles-ueber-readyz-lesen"


# A wrapper, because pytest-django reads the settings in this same hook and would otherwise come first.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        atexit.register(services.stop)
        for name, hidden in SEARCH_SERVER.items():
            os.environ[hidden] = os.environ.pop(name, "")
        try:
            os.environ.update(services.start())
        except LauncherError as error:
            raise pytest.UsageError(str(error)) from error
        # Whitenoise warns where nothing was ever collected, as in a fresh clone, and a warning is an error here.
        (ROOT / "build" / "static").mkdir(parents=True, exist_ok=True)
        # Tests make their database and its tables; what the web process may do is tested as that role.
        os.environ["DATABASE_ROLE"] = "owner"
        os.environ["READYZ_TOKEN"] = READYZ_TOKEN
    return (yield)


def pytest_unconfigure() -> None:
    services.stop()
