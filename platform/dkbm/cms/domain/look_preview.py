"""How a network would look with another accent or logo, before anything is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

from dkbm.cms.accent import DEFAULT_ACCENT
from dkbm.cms.contrast import Measured, check_accent, measured_dark, measured_light, normalised
from dkbm.cms.domain.look import accent as saved_accent
from dkbm.cms.domain.look import logo_url, tokens_of
from dkbm.cms.domain.signs import Sign, network_sign
from dkbm.cms.models import NetworkImage, NetworkLook
from dkbm.core.faces import Face
from dkbm.tenancy.context import BoundNetwork, require_network


@dataclass(frozen=True)
class Scheme:
    """``key``: light or dark. ``accent``: the colour that carries there."""

    key: str
    accent: str
    measured: list[Measured]


@dataclass(frozen=True)
class Preview:
    """``refusal``: why the typed accent is not taken; ``accent`` is then the nearest one that is."""

    network: BoundNetwork
    accent: str
    refusal: str
    sign: Sign
    logo_url: str
    schemes: list[Scheme]

    asking: ClassVar = Face("MK")
    writing: ClassVar = Face("TB")
    helping: ClassVar = Face("WT")
    group: ClassVar = Face("2", above="AG", is_tile=True)


def preview_of(*, accent: str | None, logo_id: int | None) -> Preview:
    """``None``: what is saved."""
    typed = saved_accent() if accent is None else accent.strip()
    decision = check_accent(typed)
    colour = normalised(typed) if decision else decision.proposal or DEFAULT_ACCENT
    found = tokens_of(colour)
    return Preview(
        network=require_network(),
        accent=colour,
        refusal=decision.reason,
        sign=network_sign(colour),
        logo_url=logo_url(_logo(logo_id)),
        schemes=[
            Scheme("light", colour, measured_light(colour)),
            Scheme("dark", found["accent_light"], measured_dark(colour)),
        ],
    )


def _logo(logo_id: int | None) -> NetworkImage | None:
    if logo_id is not None:
        return NetworkImage.objects.filter(pk=logo_id).first()
    look = NetworkLook.objects.select_related("logo").first()
    return look.logo if look else None


def preview_tokens(accent: str) -> dict[str, str] | None:
    """Variables of ``cms/look_preview.css``; ``None`` for what is no accent."""
    if not check_accent(accent):
        return None
    light, dark = _blocks()
    return {**tokens_of(normalised(accent)), "light": light, "dark": dark}


@cache
def _blocks() -> tuple[SafeString, SafeString]:
    """What ``tokens.css`` says of each scheme."""
    path = finders.find("tokens.css")
    assert isinstance(path, str)
    light, dark = re.findall(r":root \{\n(.*?)\n *\}\n", Path(path).read_text(encoding="utf-8"), re.DOTALL)
    return SafeString(light), SafeString(dark)
