"""A network's colours and logo as the templates need them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse

from dkbm.cms.accent import DEFAULT_ACCENT
from dkbm.cms.contrast import (
    ENHANCED,
    check_accent,
    dark_mid_accent,
    dark_soft_accent,
    deep_accent,
    light_accent,
    mid_accent,
    soft_accent,
    strong_accent,
)
from dkbm.cms.domain.signs import first_letter
from dkbm.cms.models import NetworkImage, NetworkLook
from dkbm.cms.showing import rendition_of
from dkbm.tenancy.context import require_network
from dkbm.tenancy.kept_queries import KeptQuery

_LOOK = KeptQuery(lambda: NetworkLook.objects.select_related("logo").order_by("pk")[:1])
LOGO_SIZE = "max-240x96"


@dataclass(frozen=True)
class Look:
    """What ``base.html`` shows: addresses of the token stylesheet, the logo and the signs of tab and start screen.

    Empty: none, or the platform's own.
    """

    stylesheet_url: str
    logo_url: str = ""
    icon_url: str = ""
    touch_icon_url: str = ""


def accent() -> str:
    look = _LOOK.first()
    return _readable(look.accent) if look else DEFAULT_ACCENT


def _readable(stored: str) -> str:
    """The stored accent; for one that was saved unchecked its readable tone, or the platform's own."""
    decision = check_accent(stored)
    return stored if decision else decision.proposal or DEFAULT_ACCENT


def tokens() -> dict[str, str]:
    """CSS colours of the bound network, for both schemes."""
    return tokens_of(accent())


def tokens_of(colour: str) -> dict[str, str]:
    """``colour``: a checked accent."""
    return {
        "accent": colour,
        "accent_strong": strong_accent(colour),
        "accent_deep": deep_accent(colour),
        "accent_soft": soft_accent(colour),
        "accent_mid": mid_accent(colour),
        "accent_light": light_accent(colour),
        "accent_lightest": light_accent(colour, ENHANCED),
        "accent_dark_soft": dark_soft_accent(colour),
        "accent_dark_mid": dark_mid_accent(colour),
    }


def stylesheet_path(accent: str) -> str:
    return reverse("look", args=[f"{accent[1:]}-{_digest(accent)}"])


@lru_cache(maxsize=256)
def _digest(accent: str) -> str:
    """Of all that the style sheet says: browsers keep it for a year, and a release may say it in other tones."""
    return hashlib.sha256(render_to_string("look.css", tokens_of(accent)).encode()).hexdigest()[:8]


def network_look() -> Look:
    """The bound network's look; the platform's own front door has the default colours."""
    network = require_network()
    if network.is_platform:
        return Look(stylesheet_path(DEFAULT_ACCENT))
    look = _LOOK.first()
    colour = _readable(look.accent) if look else DEFAULT_ACCENT
    logo = logo_url(look.logo) if look and look.logo else ""
    version = f"{colour[1:]}-{ord(first_letter(network.short_name)):x}"
    icons = [reverse("look_icon", args=[version, kind]) for kind in ("svg", "png")]
    return Look(stylesheet_path(colour), logo, *icons)


def logo_url(logo: NetworkImage | None) -> str:
    """Empty for one that is gone."""
    rendition = rendition_of(logo, LOGO_SIZE)
    return str(rendition.url) if rendition else ""
