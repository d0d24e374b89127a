"""Create the database, its three roles and their grants; once, and again whenever a password changed."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from dkbm.tenancy.database import RoleError, create_roles


class Command(BaseCommand):
    help = "Legt Datenbank und Rollen an (DATABASE_ADMIN_URL: Zugang, der Rollen anlegen darf)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        urls = {name: os.environ.get(name, "") for name in ("DATABASE_ADMIN_URL", "DATABASE_URL", "DATABASE_OWNER_URL")}
        urls["DATABASE_ADMIN_URL"] = urls["DATABASE_ADMIN_URL"] or urls["DATABASE_OWNER_URL"]
        missing = [name for name, value in urls.items() if not value]
        if missing:
            raise CommandError(f"Bitte setzen Sie {', '.join(missing)}.")
        try:
            create_roles(
                admin_url=urls["DATABASE_ADMIN_URL"],
                app_url=urls["DATABASE_URL"],
                owner_url=urls["DATABASE_OWNER_URL"],
                ops_url=os.environ.get("DATABASE_OPS_URL", ""),
            )
        except (RoleError, psycopg.Error) as error:
            raise CommandError(f"Datenbank und Rollen ließen sich nicht anlegen. {error}") from error
        self.stdout.write("Datenbank und Rollen sind angelegt.")
