"""Has carried out what operators order on `/betrieb/`. Only then does it load Django, which takes 130 MB.

Run as `python -m dkbm.launcher.founding` with the owner's settings; ends on SIGTERM.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psycopg

from dkbm.launcher.data_dir import ROOT

SECONDS = 5
WAITING = "SELECT EXISTS (SELECT FROM accounts_foundingorder WHERE done IS NULL)"


def is_anything_ordered(owner_url: str) -> bool:
    """Raises psycopg.Error without a database, and the supervisor tries again later."""
    with psycopg.connect(owner_url) as connection:
        row = connection.execute(WAITING).fetchone()
    return bool(row and row[0])


def watch() -> None:
    """Until the process ends."""
    while True:
        if is_anything_ordered(os.environ["DATABASE_OWNER_URL"]):
            subprocess.run((sys.executable, str(ROOT / "manage.py"), "found_networks"), check=True)
        time.sleep(SECONDS)


if __name__ == "__main__":
    watch()
