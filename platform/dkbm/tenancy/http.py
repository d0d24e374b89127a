"""The request as views see it: what the doors have put on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .context import BoundNetwork
from .models import Membership


class NetworkRequest(HttpRequest):
    """For annotations only; the middleware sets these on Django's own request.

    ``membership`` is ``None`` for guests; ``user`` is a ``Person`` behind ``member_required``.
    """

    id: str
    network: BoundNetwork
    membership: Membership | None
    user: Any
