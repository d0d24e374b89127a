"""The folder ``platform`` is no package, and the tests do not shadow what they test."""

from __future__ import annotations

import platform
import subprocess

from tests.architecture.source import ROOT, python_files, relative

GENERATED = ("node_modules/", ".venv/", "var/", "build/")


def tracked_files() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_platform_is_a_folder_and_the_standard_library_keeps_its_name() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert list((ROOT / "platform").glob("*.py")) == []
    assert platform.system()


def test_tests_are_one_package_and_never_shadow_platform() -> None:
    assert (ROOT / "tests" / "__init__.py").exists()
    assert not (ROOT / "tests" / "platform").exists()


def test_top_level_holds_what_the_design_names() -> None:
    allowed = {
        "LICENSE", "Makefile", "README.md", "docker-compose.yml", "forum", "goodpractice", "manage.py",
        "package-lock.json", "package.json", "platform", "pyproject.toml", "requirements.lock", "tests", "themes",
        "workgroups",
    }  # fmt: skip
    found = {name.partition("/")[0] for name in tracked_files()}
    assert {name for name in found if not name.startswith(".")} <= allowed


def test_nothing_generated_is_tracked() -> None:
    assert [name for name in tracked_files() if name.startswith(GENERATED) or "__pycache__" in name] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "package-lock.json"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert "uv.lock" not in tracked_files()


def test_files_stay_readable() -> None:
    """Exceptions stand here and only shrink."""
    long = {
        relative(path): lines
        for path in python_files()
        if "/migrations/" not in str(path) and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
