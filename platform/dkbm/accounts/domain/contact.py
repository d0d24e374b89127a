"""Writing to whoever is responsible for the network."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.domain import mails
from dkbm.accounts.domain.queries.membership import managers_to_tell
from dkbm.tenancy.context import require_network


@transaction.atomic
def write_to_network(*, name: str, email: str, subject: str, text: str) -> None:
    """Mail it to the network's contact address, without one to its managers; answers go to ``email``."""
    sender = require_network().sender
    for address in [sender] if sender else [manager.email for manager in managers_to_tell()]:
        mails.send_contact(to=address, name=name, email=email, subject=subject, text=text)
