"""``load_demo``: the demo networks with accounts that everybody knows the password of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from dkbm.core.profiles import may_invent
from dkbm.demo.domain.demo import load_demo
from dkbm.imports.problems import BrokenData
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Lädt einmal die Netze der Vorführung mit Konten; nur in den Profilen demo und test."

    def handle(self, *args: Any, **options: Any) -> None:
        if not may_invent():
            raise CommandError(
                f"Das Profil ist „{settings.PROFILE}“. Konten mit bekanntem Passwort gibt es nur in demo und test."
            )
        try:
            done = load_demo(say=self.stdout.write)
        except BrokenData as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Die Vorführung ist geladen." if done else "Die Vorführung war schon geladen.")
