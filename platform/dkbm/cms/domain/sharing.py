"""Pictures of a network for others' programs: the one beside a shared link, and its sign in tabs and on start screens.

Both are drawn from words and the accent, so that every network has them on its first day.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from PIL import Image, ImageDraw, ImageFont

from dkbm.cms.contrast import soft_accent, strong_accent
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
    mark = _mark(first_letter(network.short_name), accent, 72)
    picture.paste(mark, (MARGIN, MARGIN - 12))
    _text(
        draw, (MARGIN + 96, MARGIN), _cut(network.name, _font(36), WIDTH - 2 * MARGIN - 96), 36, strong_accent(accent)
    )
    size, lines = _fitting(title)
    top = HEIGHT - BAR - MARGIN - round(len(lines) * size * 1.2)
    for number, line in enumerate(lines):
        _text(draw, (MARGIN, top + round(number * size * 1.2)), line, size, INK)
    return _png(picture)


def _fitting(title: str) -> tuple[int, list[str]]:
    """The largest letters in which the title fits; what still does not fit in the smallest ends with an ellipsis."""
    for size in TITLE_SIZES:
        lines = list(_lines(title, _font(size), WIDTH - 2 * MARGIN))
        if len(lines) <= MOST_LINES:
            return size, lines
    return size, [*lines[: MOST_LINES - 1], _cut(lines[MOST_LINES - 1] + " …", _font(size), WIDTH - 2 * MARGIN)]


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


def first_letter(name: str) -> str:
    """What stands in the sign: the first letter or digit of the name, never a bracket."""
    return next((sign.upper() for sign in name if sign.isalnum()), "N")


def icon(letter: str, accent: str, size: int) -> bytes:
    """PNG, ``size`` pixels wide and high, without round corners: devices cut them themselves."""
    return _png(_mark(letter, accent, size))


def _mark(letter: str, accent: str, size: int) -> Image.Image:
    mark = Image.new("RGB", (size, size), accent)
    ImageDraw.Draw(mark).text((size / 2, size / 2), letter, font=_font(round(size * 0.6)), fill="#ffffff", anchor="mm")
    return mark


def _text(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, colour: str) -> None:
    draw.text(place, text, font=_font(size), fill=colour)


@lru_cache(16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = finders.find("vendor/fonts/fira-sans-600.woff2")
    assert isinstance(path, str), "The front end has not been built: make run does that."
    return ImageFont.truetype(path, size)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
