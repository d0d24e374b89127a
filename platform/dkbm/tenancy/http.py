"""The request as views see it: what the doors have put on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .context import BoundNetwork
from .visitor import Visitor


class NetworkRequest(HttpRequest):
    """For annotations only; the middleware sets these on Django's own request.

    ``visitor`` is who asks and never ``None``; it is made when somebody asks for it. ``user`` is Django's name for
    ``visitor.person``: a ``Person`` behind ``login_required``, else maybe nobody.
    """

    id: str
    network: BoundNetwork
    urlconf: Any
    _wagtail_site: Any
    visitor: Visitor
    user: Any
