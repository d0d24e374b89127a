"""Prints the part of `requirements.lock` that some packages need; `main` stands for the platform itself.

The lock has everything in one file, tests and linters too, and says of each package who asked for it (`# via`). An
image takes the part that runs, with the same versions and hashes. Standard library only: nothing is installed yet.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
MAIN = "transfernetz (pyproject.toml)"
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==")
"""The beginning of a package; what follows it is indented."""


def packages(lock: str) -> dict[str, str]:
    """Name -> its lines, with hashes and who asked for it."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.splitlines(keepends=True):
        if match := NAME.match(line):
            name = match[1]
        if name:
            found[name] = found.get(name, "") + line
    return found


def asked_by(lines: str) -> set[str]:
    """Who asked for a package: names of others, or of a group of `pyproject.toml`."""
    _hashes, _via, rest = lines.partition("# via")
    return {line.strip().removeprefix("#").strip() for line in rest.splitlines()} - {""}


def part(lock: str, *roots: str) -> str:
    """What ``roots`` need, themselves included; ``main`` stands for the platform's own dependencies.

    Raises ``KeyError`` for a package that the lock does not have.
    """
    known = packages(lock)
    needed = {name for name, lines in known.items() if "main" in roots and MAIN in asked_by(lines)}
    needed |= {known[root] and root for root in roots if root != "main"}
    while more := {name for name, lines in known.items() if asked_by(lines) & needed} - needed:
        needed |= more
    return "".join(known[name] for name in sorted(needed))


if __name__ == "__main__":
    sys.stdout.write(part(LOCK.read_text(encoding="utf-8"), *(sys.argv[1:] or ["main"])))
