"""The browser of the end-to-end tests."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = (
    ("apt-get", "update", "-q"),
    ("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"),
)


class BrowserMissingError(Exception):
    """There is no Chromium and it cannot be installed; the message says how to get one. Fails the test."""


@functools.cache
def chromium_path() -> str:
    """The path of a Chromium: the one on the machine, else Debian's, installed where one is root.

    Raises BrowserMissingError; a browser test without a browser fails and is not skipped.
    """
    path = _find()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        path = _find()
    if path is None:
        raise BrowserMissingError(
            "Für die Browsertests fehlt Chromium. Auf Debian: sudo apt-get install chromium; "
            "sonst Chromium oder Google Chrome so installieren, dass es im PATH steht."
        )
    return path


def _find() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    for command in INSTALL:
        done = subprocess.run(
            command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise BrowserMissingError(f"Chromium ließ sich nicht installieren: {done.stderr.strip()}")
