"""`manage.py clean_stored_files`: once after the upgrade since which pictures are stored without place and time."""

from __future__ import annotations

from typing import Any

from dkbm.cms.domain.stored_files import clean_stored_files
from dkbm.tenancy.commands import PerNetworkCommand
from dkbm.tenancy.context import require_network


class Command(PerNetworkCommand):
    help = "Nimmt aus gespeicherten Bildern Ort, Zeit und andere Angaben der Kamera, und nennt Dateien mit Mängeln."

    def handle(self, *args: Any, **options: Any) -> None:
        done = clean_stored_files()
        self.stdout.write(f"{require_network().slug}: {done.looked_at} Dateien angesehen, {done.cleaned} bereinigt.")
        for sentence in done.doubtful:
            self.stdout.write(f"  {sentence}")
