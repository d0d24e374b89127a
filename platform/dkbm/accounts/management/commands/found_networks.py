"""``found_networks``: carries out what operators order on ``/betrieb/``; it alone has the owner's login for it."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.domain.founding import found_ordered
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Gründet, was auf der Seite „Betrieb“ bestellt ist. Für einen Zeitplan, jede Minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if number := found_ordered():
            self.stdout.write(f"Gegründet: {number}.")
