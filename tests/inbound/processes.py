"""Commands in a process of their own, with the application's login on the test database."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

from django.db import connection

from tests.architecture.source import ROOT


def manage(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    path = "/" + connection.settings_dict["NAME"]
    logins = {name: urlsplit(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OPS_URL")}
    environment = {
        **os.environ,
        **{name: login._replace(path=path).geturl() for name, login in logins.items()},
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}:{os.environ.get('PYTHONPATH', '')}",
        "DATABASE_ROLE": "app",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, cwd=ROOT, timeout=120)
