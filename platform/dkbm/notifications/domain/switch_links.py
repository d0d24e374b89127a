"""The one link of a mail that works without signing in: to why it came, and to what would have it come otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from dkbm.core.paths import network_path
from dkbm.notifications.enums import DIGESTS, Level
from dkbm.tenancy.signed_links import SignedLink

LINK = SignedLink("notifications.switch")


@dataclass(frozen=True)
class Switch:
    """Of whom, and of which mail: one about a notification, or a digest (``digest``: daily or weekly)."""

    person_id: UUID
    notification_id: UUID | None = None
    digest: Level | None = None


def why_path(person_id: UUID, *, notification: UUID | None = None, digest: Level | None = None) -> str:
    """From the first slash; good for these settings of this person in the bound network, as long as they are."""
    what = digest.value if digest else notification.hex if notification else ""
    return network_path("mail_links:why", LINK.sign([person_id.hex, what]))


def read_switch(token: str) -> Switch:
    """Raises ``LinkUnusable``."""
    person, what = LINK.read(token)
    if what in DIGESTS:
        return Switch(UUID(person), digest=Level(what))
    return Switch(UUID(person), notification_id=UUID(what) if what else None)
