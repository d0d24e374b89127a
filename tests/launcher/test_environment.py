"""`manage.py` in the clone reaches the running copy, and says so plainly when there is none."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dkbm.launcher import environment
from dkbm.launcher.data_dir import ROOT, DataDir
from dkbm.launcher.errors import AlreadyRunningError
from tests.launcher import launching

SETTINGS = {
    "DATABASE_URL": "postgresql://app@x/y",
    "DATABASE_OWNER_URL": "postgresql://owner@x/y",
    "PORT": "8001",
}


def test_settings_of_a_running_copy_are_found(tmp_path: Path) -> None:
    data_dir = DataDir(tmp_path)
    with data_dir.locked():
        environment.save(data_dir, SETTINGS)
        assert environment.load(tmp_path) == SETTINGS


def test_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    environment.save(DataDir(tmp_path), SETTINGS)
    assert oct((tmp_path / "environment").stat().st_mode & 0o777) == "0o600"


def test_file_of_a_killed_copy_is_not_believed(tmp_path: Path) -> None:
    environment.save(DataDir(tmp_path), SETTINGS)
    with pytest.raises(environment.NothingRunsError):
        environment.load(tmp_path)


def test_copy_without_database_yet_counts_as_none(tmp_path: Path) -> None:
    with DataDir(tmp_path).locked(), pytest.raises(environment.NothingRunsError):
        environment.load(tmp_path)


def test_second_launcher_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        DataDir(tmp_path).locked(),
        pytest.raises(AlreadyRunningError) as refusal,
        DataDir(tmp_path).locked(),
    ):
        pass
    assert str(refusal.value).startswith(f"Auf {tmp_path} läuft schon eine Kopie (Prozess {os.getpid()}).")


def test_web_and_worker_never_get_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_ADMIN_URL", "postgresql://admin@x/y")
    given = environment.for_application(DataDir(tmp_path), SETTINGS)
    assert [name for name in ("DATABASE_OWNER_URL", "DATABASE_ADMIN_URL") if name in given] == []
    assert given["DATABASE_ROLE"] == "app"
    assert given["DATABASE_URL"] == SETTINGS["DATABASE_URL"]


def test_command_without_a_running_copy_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate"],
        env=launching.environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == f"Es läuft keine Kopie mit DATA_DIR={tmp_path}. Starten Sie sie mit: make run\n"


def test_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "dkbm.launcher", "run"],
            cwd=ROOT,
            env={**launching.environment(tmp_path), "PORT": str(port)},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} ist schon belegt. Wählen Sie einen anderen")
