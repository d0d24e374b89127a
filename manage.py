#!/usr/bin/env python3
"""Runs a management command: on the database of the environment, else on the running copy."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# Commands that change tables or read across networks; all others run with the rights of the web process.
OWNER_COMMANDS = {
    "catalogue_template",
    "createcachetable",
    "create_network",
    "dbshell",
    "dumpdata",
    "export_catalogue",
    "fixtree",
    "flush",
    "found_networks",
    "import_catalogue",
    "import_forum",
    "load_demo",
    "load_reference",
    "makemigrations",
    "migrate",
    "rebuild_search",
    "renew_second_factors",
    "setup_database",
}
# Commands that need settings but no service, with settings under which nothing can be reached by mistake.
OFFLINE_COMMANDS = {"collectstatic", "compilemessages", "findstatic", "help", "makemessages", "version"}
OFFLINE = {
    "PROFILE": "demo",
    "DATABASE_URL": "postgresql://niemand@127.0.0.1:9/keine",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "ohne-dienste-" * 5,
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "BASE_DOMAIN": "localhost",
    "PUBLIC_SCHEME": "http",
    "MEDIA_ROOT": str(ROOT / "build" / "media"),
}


def main() -> None:
    sys.path.insert(0, str(ROOT / "platform"))
    become_own_python()
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ["DJANGO_SETTINGS_MODULE"] = "dkbm.config.settings"
    os.environ["DATABASE_ROLE"] = "owner" if command in OWNER_COMMANDS else "app"
    if not os.environ.get("DATABASE_URL"):
        find_settings(command)

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - only in `.venv`

    execute_from_command_line(sys.argv)


def become_own_python() -> None:
    """Called with the machine's Python, goes on with the one in `.venv`."""
    own = ROOT / ".venv" / "bin" / "python"
    if own.exists() and Path(sys.prefix) != ROOT / ".venv" and "VIRTUAL_ENV" not in os.environ:
        os.execv(own, [str(own), *sys.argv])  # noqa: S606 - becoming it is the point


def find_settings(command: str) -> None:
    """Takes the settings of the running copy; ends with a sentence when one is needed and none runs."""
    from dkbm.launcher import environment  # noqa: PLC0415 - not before the path is set

    try:
        settings = environment.load()
    except environment.NothingRunsError as error:
        if command not in OFFLINE_COMMANDS:
            sys.exit(str(error))
        settings = OFFLINE
    for name, value in settings.items():
        os.environ.setdefault(name, value)


if __name__ == "__main__":
    main()
