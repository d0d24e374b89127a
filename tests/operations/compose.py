"""`docker-compose.yml` and `.env.example` as the tests read them; there need be no Docker."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from dkbm.launcher.data_dir import ROOT

FILE = ROOT / "docker-compose.yml"
EXAMPLE = ROOT / ".env.example"
USE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[?-])?([^}]*)\}")
"""``${NAME}``, ``${NAME:?}`` (must have a value) and ``${NAME:-usual}``."""


@cache
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return found


def ours() -> dict[str, Any]:
    """Those that run our image."""
    return {name: each for name, each in services().items() if each["image"].startswith("transfernetz:")}


def example() -> dict[str, tuple[str, str]]:
    """Variable -> its value in `.env.example`, and the sentence above it."""
    found, sentence = {}, ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            sentence = line.lstrip("# ")
        elif line:
            name, _sign, value = line.partition("=")
            found[name] = (value, sentence)
            sentence = ""
    return found


def filled(text: str, values: dict[str, str]) -> str:
    """As Compose puts variables in. Raises ``KeyError`` for one that must have a value and has none."""

    def value(use: re.Match[str]) -> str:
        name, mark, usual = use.groups()
        if found := values.get(name):
            return found
        if mark == ":?":
            raise KeyError(name)
        return usual if mark else ""

    return USE.sub(value, text).replace("$$", "$")
