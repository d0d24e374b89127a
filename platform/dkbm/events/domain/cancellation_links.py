"""Links in mails that cancel a registration without sign-in."""

from __future__ import annotations

import uuid

from django.core.signing import Signer
from django.urls import reverse

from dkbm.events.models import Registration
from dkbm.tenancy.context import require_network
from dkbm.tenancy.signed_links import LinkUnusable, SignedLink


def _read_undated(token: str) -> str:
    """The form of the mails that went out until the links got a date; they work until their event is over."""
    return Signer(salt=f"events.cancel.{require_network().id}", sep=".").unsign(token)


LINK = SignedLink("events.cancel", earlier=_read_undated)


def cancellation_path(registration: Registration) -> str:
    return reverse("events:cancel_by_link", args=[LINK.sign(registration.token.hex)])


def registration_of_link(signed: str) -> Registration | None:
    """``None`` for a link that we did not write, or whose registration is gone."""
    try:
        token = uuid.UUID(LINK.read(signed))
    except LinkUnusable:
        return None
    found: Registration | None = Registration.objects.select_related("event", "person").filter(token=token).first()
    return found
