"""The settings of production pass Django's deployment check without a warning."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.architecture.source import ROOT


def test_production_settings_have_no_warning() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
        "PROFILE": "production",
        "PUBLIC_SCHEME": "https",
        "BASE_DOMAIN": "netze.example.org",
        "SECRET_KEY": "".join(chr(97 + number % 26) for number in range(60)),
    }
    found = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("System check identified no issues (2 silenced)")
