"""The request as views see it: what the doors have put on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .context import BoundNetwork


class NetworkRequest(HttpRequest):
    """For annotations only; the middleware sets these on Django's own request.

    ``membership`` is the person's ``Membership``, ``None`` for guests; behind ``member_required`` it is there, and
    ``user`` is a ``Person``.
    """

    id: str
    network: BoundNetwork
    membership: Any
    user: Any
