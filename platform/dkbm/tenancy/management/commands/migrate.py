"""``migrate`` as the owner, then everything that has to be true of every table."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from dkbm.tenancy.after_migrate import run_steps
from dkbm.tenancy.commands import OwnerCommand
from dkbm.tenancy.row_security import apply_row_security


class Command(OwnerCommand, Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options.get("plan") or options.get("check_unapplied"):
            return
        call_command("createcachetable", verbosity=0)
        guarded = apply_row_security()
        run_steps()
        if options["verbosity"] > 0:
            self.stdout.write(f"Row level security on {guarded} tables.")
