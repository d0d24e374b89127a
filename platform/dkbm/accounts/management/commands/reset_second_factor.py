"""Let somebody in again who lost the authenticator app and the recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from dkbm.accounts.domain.second_factors import take_second_factor_away
from dkbm.accounts.models import Person
from dkbm.tenancy.commands import PerNetworkCommand
from dkbm.tenancy.people import person_id_for_address


class Command(PerNetworkCommand):
    """The account is one in all networks; the first one that the person belongs to writes the log and the mail."""

    help = "Nimmt einer Person die zweite Stufe beim Einloggen. Vergewissern Sie sich vorher, dass sie es selbst ist."
    front_door = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="Steht im Protokoll.")

    def execute(self, *args: Any, **options: Any) -> None:
        self.person_id = person_id_for_address(options["email"])
        if self.person_id is None:
            raise CommandError(f"Es gibt kein Konto mit der Adresse {options['email']}.")
        self.done = False
        super().execute(*args, **options)
        if not self.done:
            raise CommandError(f"{options['email']} hat keine zweite Stufe beim Einloggen.")
        self.stdout.write(f"{options['email']} loggt sich wieder mit dem Passwort allein ein.")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(pk=self.person_id).first()
        if person is not None and take_second_factor_away(person=person, reason=options["reason"]):
            self.done = True
