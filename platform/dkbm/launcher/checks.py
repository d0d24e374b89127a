"""`make test` and `make check`."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.supervisor import guarded
from dkbm.launcher.temporary import TemporaryServices

PYTHON = sys.executable
CHECKS = {
    "ruff check": (PYTHON, "-m", "ruff", "check", "."),
    "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "."),
    "mypy": (PYTHON, "-m", "mypy"),
    "import-linter": (PYTHON, "-c", "from importlinter.cli import lint_imports_command as main; main()"),
    # Those that need no database: the shape of the house, its templates and documents.
    "Architektur": (
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "--durations=0",
        "--durations-min=9",
        "tests/architecture/test_shape.py",
    ),
    "Migrationen": (PYTHON, str(ROOT / "manage.py"), "makemigrations", "--check", "--dry-run"),
}


def test() -> int:
    """Builds the front end and becomes pytest, so that its closing line is the last; ARGS are passed to it.

    The services are started by the plugin `tests.services`.
    """
    code = _finish((PYTHON, "-m", "dkbm.launcher.frontend"))
    if code != 0:
        return code
    # One more than the two cores of the smallest machine: browser tests, all in one of the processes, wait a lot.
    # A later -n in ARGS wins.
    os.execv(PYTHON, [PYTHON, "-m", "pytest", "-n", "3", *shlex.split(os.environ.get("ARGS", ""))])


def check() -> int:
    """Runs every check, also after one has failed. Returns 1 when any did.

    mypy (by its Django plugin) and makemigrations load the settings, so the services run meanwhile.
    """
    failed = []
    with TemporaryServices() as settings:
        os.environ.update(settings)
        for name, command in CHECKS.items():
            print(f"== {name}", flush=True)
            if _finish(command) != 0:
                failed.append(name)
    print(f"\nFehlgeschlagen: {', '.join(failed)}" if failed else "\nAlles in Ordnung.", flush=True)
    return 1 if failed else 0


def _finish(command: tuple[str, ...]) -> int:
    return subprocess.run(guarded(command, signal.SIGTERM), check=False).returncode
