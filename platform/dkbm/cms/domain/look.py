"""A network's colours and logo as the templates need them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from dkbm.cms.accent import DEFAULT_ACCENT
from dkbm.cms.models import NetworkLook
from dkbm.core.contrast import soft_accent, strong_accent
from dkbm.tenancy.context import require_network


@dataclass(frozen=True)
class Look:
    """What ``base.html`` shows: address of the token stylesheet and of the logo (empty: none)."""

    stylesheet_url: str
    logo_url: str = ""


def accent() -> str:
    look = NetworkLook.objects.only("accent").first()
    return look.accent if look else DEFAULT_ACCENT


def tokens() -> dict[str, str]:
    """CSS colours of the bound network."""
    colour = accent()
    return {"accent": colour, "accent_strong": strong_accent(colour), "accent_soft": soft_accent(colour)}


def network_look() -> Look:
    """The bound network's look; the platform's own front door has the default colours."""
    if require_network().is_platform:
        return Look(reverse("look", args=[DEFAULT_ACCENT[1:]]))
    look = NetworkLook.objects.select_related("logo").first()
    colour = look.accent if look else DEFAULT_ACCENT
    logo = look.logo.get_rendition("max-240x96").url if look and look.logo else ""
    return Look(reverse("look", args=[colour[1:]]), logo)
