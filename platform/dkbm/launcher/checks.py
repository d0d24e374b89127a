"""`make test` and its two longer sisters, and `make check`."""

from __future__ import annotations

import os
import secrets
import shlex
import signal
import subprocess
import sys
from typing import NoReturn

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.supervisor import guarded
from dkbm.launcher.temporary import TemporaryServices

PYTHON = sys.executable
ARCHITECTURE = (
    *(f"tests/architecture/test_{name}.py" for name in ("shape", "documents", "names_of_upper_floors", "visitor")),
    *("tests/architecture/test_doors.py", "tests/architecture/test_layout.py", "tests/themes"),
)
CHECKS = {
    # First: the checks of templates read the style sheets that it makes.
    "Frontend": (PYTHON, "-m", "dkbm.launcher.frontend"),
    "ruff check": (PYTHON, "-m", "ruff", "check", "."),
    "ruff format": (PYTHON, "-m", "ruff", "format", "--check", "."),
    "mypy": (PYTHON, "-m", "mypy"),
    "import-linter": (PYTHON, "-c", "from importlinter.cli import lint_imports_command as main; main()"),
    # Those that need no database: the shape of the house, its templates and documents.
    "Architektur": (PYTHON, "-m", "pytest", "-q", "--durations=0", "--durations-min=9", *ARCHITECTURE),
    "Migrationen": (PYTHON, str(ROOT / "manage.py"), "makemigrations", "--check", "--dry-run"),
}


def test() -> int:
    """Builds the front end and runs every test but the long ones; ARGS are passed to pytest."""
    return _finish((PYTHON, "-m", "dkbm.launcher.frontend")) or _become_pytest()


def test_long() -> int:
    """The tests that take minutes or chance, with a seed of their own that is printed."""
    seed = secrets.randbelow(2**32)
    print(f'Zufallszahl {seed}. Dasselbe noch einmal: make test-long ARGS="--seed {seed}"', flush=True)
    return _become_pytest("-m", "long", "--seed", str(seed))


def test_leaks() -> int:
    """Ten leaks planted in a copy, one after the other; each must be found by the test that it names."""
    return _finish((PYTHON, "-m", "tests.access.leaks"))


def _become_pytest(*options: str) -> NoReturn:
    """So that its closing line is the last. The services are started by the plugin `tests.services`."""
    # One more than the two cores of the smallest machine: browser tests, all in one of the processes, wait a lot.
    # A later -n in ARGS wins.
    given = shlex.split(os.environ.get("ARGS", ""))
    # The processes of the tests, and what they start, need not compile the product again each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.execv(PYTHON, [PYTHON, "-m", "pytest", "-n", "3", *options, *given])


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
