"""Context processor: what frames every page (network, look, areas, membership)."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from dkbm.cms.domain.look import network_look
from dkbm.cms.domain.provider import provider
from dkbm.cms.frame import areas, unread_count
from dkbm.cms.places import HEADER
from dkbm.core.views import number_from
from dkbm.tenancy.context import BoundNetwork, current
from dkbm.tenancy.hosts import main_url
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor, guest


def page_frame(request: NetworkRequest) -> dict[str, Any]:
    """Nothing for an unknown host, and nothing in ``/cms/``, which has a frame of its own."""
    network = current()
    if not isinstance(network, BoundNetwork) or request.path.startswith("/cms/"):
        return {}
    # A middleware above ours may have answered, with a page like any other.
    visitor = getattr(request, "visitor", None) or guest()
    frame: dict[str, Any] = {"look": network_look(), "membership": visitor.membership}
    if network.is_platform:
        return {**frame, "provider": provider()}
    if visitor.is_guest:
        frame["sharing"] = sharing(request, network)
    return {**frame, "network": network, "areas": areas(request.path), **_beside_account(request, visitor)}


def _beside_account(request: NetworkRequest, visitor: Visitor) -> dict[str, Any]:
    """The panels are asked for by the bar alone: a part of a page is drawn without one."""
    panels = partial(HEADER.panels, request) if visitor.is_member else ()
    return {"unread_count": unread_count(visitor), "header_panels": panels}


def sharing(request: HttpRequest, network: BoundNetwork) -> dict[str, str]:
    """Under which address others shall know the page: without filters, on the network's main host."""
    base = main_url(network)
    number = number_from(request.GET.get("seite"))
    return {"base": base, "url": f"{base}{quote(request.path)}" + (f"?seite={number}" if number > 1 else "")}
