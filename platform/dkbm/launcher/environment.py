"""The settings of a running copy: who gets which, and the file by which `manage.py` finds them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from dkbm.launcher.data_dir import ROOT, DataDir, write_private
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.leftovers import MARK

# Roles that may change tables; web and worker must not be able to become them.
PRIVILEGED = ("DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DATABASE_ROLE")


class NothingRunsError(LauncherError):
    """No launcher runs on the folder."""


def load(data_dir: Path | str | None = None) -> dict[str, str]:
    """The settings of the copy that runs on `data_dir` (default: DATA_DIR, else ./var), the owner's URL
    included.

    Raises NothingRunsError when none runs there, or when it has not come as far as its database.
    """
    given = os.environ if data_dir is None else {"DATA_DIR": str(data_dir)}
    folder = DataDir.from_environment(given)
    if not folder.is_locked() or not folder.environment.exists():
        raise NothingRunsError(f"Es läuft keine Kopie mit DATA_DIR={folder.path}. Starten Sie sie mit: make run")
    settings: dict[str, str] = json.loads(folder.environment.read_text())
    return settings


def save(data_dir: DataDir, settings: Mapping[str, str]) -> None:
    """Writes what `load` returns; readable by the owner only."""
    write_private(data_dir.environment, json.dumps(dict(settings), indent=1))


def for_services(data_dir: DataDir) -> dict[str, str]:
    """What PostgreSQL and Redis get: nothing that could change what they do from outside."""
    return {"PATH": os.environ.get("PATH", os.defpath), MARK: str(data_dir.path)}


def for_owner(data_dir: DataDir, settings: Mapping[str, str]) -> dict[str, str]:
    """What set-up commands get: the caller's environment, the settings, the roles that change tables."""
    paths = os.pathsep.join((str(ROOT / "platform"), str(ROOT)))
    own = {MARK: str(data_dir.path), "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **own, **settings}


def for_application(data_dir: DataDir, settings: Mapping[str, str]) -> dict[str, str]:
    """What web and worker get: the same without those roles."""
    everything = for_owner(data_dir, settings)
    return {name: value for name, value in everything.items() if name not in PRIVILEGED} | {"DATABASE_ROLE": "app"}
