"""``create_network SLUG --name … --host …``: a working network in one command, and how its first manager gets there.

Here, because the way on leads over the operators' pages.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from dkbm.cms.domain.networks import create_network
from dkbm.core.paths import front_door_path
from dkbm.tenancy.commands import OwnerCommand
from dkbm.tenancy.hosts import all_networks, base_url, platform

UNLISTED = (
    "Der Eingang nennt es noch nicht. Auf den Pflichtseiten (Impressum, Barrierefreiheit) fehlen Angaben; die "
    "Redaktion trägt sie ein. Dann auf {url} das Netzwerk betreten und unter „Eingang“ nennen lassen."
)
NEXT_STEP = (
    "Nächster Schritt, wenn es noch keine Netzwerkleitung hat: auf {url} das Netzwerk betreten und unter „Mitglieder“ "
    "eine Netzwerkleitung einsetzen. "
    "Ist noch niemand im Betrieb: manage.py create_operator E-MAIL-ADRESSE"
)


class Command(OwnerCommand):
    help = (
        "Gründet ein Netzwerk: Adresse, Startseite, Pflichtseiten, Dateisammlungen, Gruppen, Schlagwörter. "
        "Bei einem vorhandenen ändert sich nur, was Sie angeben."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--name", required=True)
        parser.add_argument("--short-name")
        parser.add_argument(
            "--host", default="", help="sonst die jetzige Adresse, bei einem neuen Netzwerk <slug>.$BASE_DOMAIN"
        )
        parser.add_argument("--contact-email")

    def handle(self, *args: Any, **options: Any) -> None:
        fields = {field: options[field] for field in ("short_name", "contact_email") if options[field] is not None}
        if is_new := options["slug"] not in {network.slug for network in all_networks()}:
            fields["listed"] = False
        try:
            network = create_network(slug=options["slug"], name=options["name"], host=options["host"], **fields)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Netzwerk „{network.name}“ ist eingerichtet.")
        url = base_url(platform()) + front_door_path("operation:networks")
        self.stdout.write(NEXT_STEP.format(url=url))
        if is_new:
            self.stdout.write(UNLISTED.format(url=url))
