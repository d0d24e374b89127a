"""After a change of ``SECRET_KEY``: second factors under the new key, so that the old one can go."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.domain.second_factors import renew_second_factors
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Verschlüsselt die zweiten Stufen beim Einloggen mit dem heutigen SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        done = renew_second_factors()
        self.stdout.write(f"Neu verschlüsselt: {done.renewed}.")
        if done.unreadable:
            self.stdout.write(
                f"Mit keinem der Schlüssel lesbar: {done.unreadable}. Dort passt kein Code mehr; "
                "weiter hilft reset_second_factor."
            )
