"""Links in mails that cancel a registration without sign-in: signed, and good in their own network only."""

from __future__ import annotations

import uuid

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from dkbm.events.models import Registration
from dkbm.tenancy.context import require_network


def cancellation_path(registration: Registration) -> str:
    return reverse("events:cancel_by_link", args=[_signer().sign(registration.token.hex)])


def registration_of_link(signed: str) -> Registration | None:
    """``None`` for a link that we did not write, or whose registration is gone."""
    try:
        token = uuid.UUID(_signer().unsign(signed))
    except (BadSignature, ValueError):
        return None
    found: Registration | None = Registration.objects.select_related("event", "person").filter(token=token).first()
    return found


def _signer() -> Signer:
    return Signer(salt=f"events.cancel.{require_network().id}", sep=".")
