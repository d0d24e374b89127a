"""What other pages show of notifications."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dkbm.notifications.domain.queries.notifications import unread_of
from dkbm.notifications.domain.reading import read_at
from dkbm.tenancy.http import NetworkRequest

from .live import BELL, bell_number


def bell(request: NetworkRequest) -> dict[str, Any] | None:
    """How many things are new for the member. What the page at hand is about counts as read by opening it."""
    unread = unread_of(request.user)
    if request.method == "GET" and (here := [row for row in unread if row.path == request.path]):
        read_at(person=request.user, path=request.path)
        unread = [row for row in unread if row not in here]
    return {
        "count": len({row.bundle for row in unread}),
        "channel": f"{BELL}:{bell_number(request.user.pk)}",
        "count_url": reverse("notifications:count"),
    }
