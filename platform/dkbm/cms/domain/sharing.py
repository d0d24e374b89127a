"""The picture beside a shared link: drawn from title, name and accent, so that every page has one on its first day."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from PIL import Image, ImageDraw, ImageFont

from dkbm.cms.contrast import soft_accent, strong_accent
from dkbm.cms.domain.signs import font, network_sign, png
from dkbm.tenancy.context import BoundNetwork, require_network

WIDTH, HEIGHT = 1200, 630
"""Pixels, as networks and messengers ask for (Open Graph: 1.91 : 1)."""
MARGIN, BAR = 80, 24
TITLE_SIZES = (76, 64, 52)
MOST_LINES = 4
INK = "#171a1c"
KEPT_SECONDS = 24 * 60 * 60


def signed_title(title: str) -> str:
    """The title in a form that only we can make, so that nobody has a network's picture say something else."""
    return _signer().sign_object(title, compress=True)


def title_of(signed: str) -> str:
    """Raises ``BadSignature``, also for what another network has signed."""
    title = _signer().unsign_object(signed)
    if not isinstance(title, str):
        raise BadSignature("no title")
    return title


def _signer() -> Signer:
    return Signer(salt=f"share-picture:{require_network().id}")


def share_picture(title: str, accent: str) -> bytes:
    """PNG with the title and the bound network's name; kept for a day."""
    network = require_network()
    digest = hashlib.sha256(repr((title, network.name, network.short_name, accent)).encode()).hexdigest()
    kept: str | None = cache.get(key := f"share-picture:{digest}")
    if kept is None:
        kept = base64.b64encode(_drawn(title, network, accent)).decode()
        cache.set(key, kept, KEPT_SECONDS)
    return base64.b64decode(kept)


def _drawn(title: str, network: BoundNetwork, accent: str) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), soft_accent(accent))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, HEIGHT - BAR, WIDTH, HEIGHT), fill=accent)
    picture.paste(network_sign(accent).drawn(72), (MARGIN, MARGIN - 12))
    _text(draw, (MARGIN + 96, MARGIN), _cut(network.name, font(36), WIDTH - 2 * MARGIN - 96), 36, strong_accent(accent))
    size, lines = _fitting(title)
    top = HEIGHT - BAR - MARGIN - round(len(lines) * size * 1.2)
    for number, line in enumerate(lines):
        _text(draw, (MARGIN, top + round(number * size * 1.2)), line, size, INK)
    return png(picture)


def _fitting(title: str) -> tuple[int, list[str]]:
    """The largest letters in which the title fits; what still does not fit in the smallest ends with an ellipsis."""
    for size in TITLE_SIZES:
        lines = list(_lines(title, font(size), WIDTH - 2 * MARGIN))
        if len(lines) <= MOST_LINES:
            return size, lines
    return size, [*lines[: MOST_LINES - 1], _cut(lines[MOST_LINES - 1] + " …", font(size), WIDTH - 2 * MARGIN)]


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in (part for whole in text.split() for part in _parts(whole, font, width)):
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def _parts(word: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """A word that is wider than the line, in pieces with a hyphen."""
    while font.getlength(word) > width:
        end = next(end for end in range(len(word), 0, -1) if font.getlength(word[:end] + "-") <= width)
        yield word[:end] + "-"
        word = word[end:]
    yield word


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    end = next(end for end in range(len(text), 0, -1) if font.getlength(text[:end].rstrip() + " …") <= width)
    return text[:end].rstrip() + " …"


def _text(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, colour: str) -> None:
    draw.text(place, text, font=font(size), fill=colour)
