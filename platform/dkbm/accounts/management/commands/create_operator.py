"""Make somebody an operator of the platform; the first one has nobody else who could."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from dkbm.accounts.domain.people import create_operator
from dkbm.core.typed_text import fault_of_name
from dkbm.tenancy.commands import PlatformCommand
from dkbm.tenancy.hosts import base_url, platform


class Command(PlatformCommand):
    help = "Nimmt jemanden in den Betrieb auf und nennt den Link, mit dem diese Person ihr Passwort festlegt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        for option in ("first_name", "last_name"):
            if fault := fault_of_name(options[option]):
                raise CommandError(f"--{option.replace('_', '-')}: {fault}.")
        person = create_operator(
            email=options["email"], first_name=options["first_name"], last_name=options["last_name"]
        )
        self.stdout.write(f"{person.email} gehört zum Betrieb.")
        if person.has_usable_password():
            return
        key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
        path = reverse("account_reset_password_from_key", kwargs=key)
        self.stdout.write(f"Passwort festlegen: {base_url(platform())}{path}")
