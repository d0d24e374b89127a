"""What a page shows of a picture or a document, and that it shows nothing of one that is gone.

It was deleted after a page had chosen it, or its file is lost or cannot be read: the page does without.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from PIL import features

logger = logging.getLogger(__name__)

WHOLE, ACROSS = "ganz", "quer"
RATIOS = {WHOLE: None, ACROSS: (3, 2)}
"""Shape in the address -> width to height; the whole picture keeps its own."""
WIDTHS = (320, 640, 960, 1280)
HIGHEST = 16_383
"""Pixels: WebP ends there."""
SMALL_KIND, PLAIN_KIND = "avif", "webp"
KINDS = (SMALL_KIND, PLAIN_KIND) if features.check(SMALL_KIND) else (PLAIN_KIND,)
"""What this server can draw; the last one every browser shows."""


@dataclass(frozen=True)
class ShownFile:
    """``ending`` in capitals, ``size`` in bytes."""

    url: str
    title: str
    ending: str
    size: int


@dataclass(frozen=True)
class ShownPicture:
    """What the component `picture` draws. ``srcset`` and ``small_srcset`` are empty for what has one size, an SVG."""

    alt: str
    width: int
    height: int
    src: str
    srcset: str = ""
    small_srcset: str = ""


def picture_of(image: Any, *, alt: str = "", shape: str = WHOLE) -> ShownPicture | None:
    """Addresses alone: nothing is drawn and nothing asked before a browser wants one of the sizes.

    ``alt``: of the place where it stands, else what the block or the picture itself says.
    """
    if image is None or _is_lost(image):
        return None
    alt = alt or _own_alt(image)
    if image.is_svg():
        return ShownPicture(alt, image.width, image.height, image.file.url)
    widths = widths_of(image, shape)
    sets = [", ".join(f"{_address(image, shape, width, kind)} {width}w" for width in widths) for kind in KINDS]
    return ShownPicture(
        alt=alt,
        width=widths[-1],
        height=_height(image, shape, widths[-1]),
        src=_address(image, shape, widths[-1], PLAIN_KIND),
        srcset=sets[-1],
        small_srcset=sets[0] if len(sets) > 1 else "",
    )


def picture_of_text(page: Any) -> ShownPicture | None:
    """Of a thing that ``page`` is bound to (with a picture, see ``models.pictures``; or none), while that is live."""
    shown: ShownPicture | None = page.shown_picture if page is not None and page.live else None
    return shown


def widths_of(image: Any, shape: str) -> list[int]:
    """From narrow to wide, none wider than the picture is in that shape."""
    across, down = RATIOS[shape] or (image.width, image.height)
    widest = min(image.width, image.height * across // down, WIDTHS[-1], HIGHEST * across // down) or 1
    return [*(width for width in WIDTHS if width < widest), widest]


def spec_of(shape: str, width: int, kind: str) -> str:
    """As Wagtail names what is to be drawn; a cut follows the focal point that editors have set."""
    ratio = RATIOS[shape]
    size = f"fill-{width}x{width * ratio[1] // ratio[0] or 1}" if ratio else f"width-{width}"
    return f"{size}|format-{kind}"


def _height(image: Any, shape: str, width: int) -> int:
    across, down = RATIOS[shape] or (image.width, image.height)
    return max(width * down // across, 1)


def _address(image: Any, shape: str, width: int, kind: str) -> str:
    """A file that was replaced has another address."""
    return reverse("picture", args=[image.pk, image.file_hash[:8] or "0", shape, width, kind])


def _own_alt(image: Any) -> str:
    """Where a block says that a picture is decoration, there is nothing to be said of it."""
    return "" if image.decorative else str(image.contextual_alt_text or image.default_alt_text)


def _is_lost(image: Any) -> bool:
    try:
        lost = not image.file.storage.exists(image.file.name)
    except (OSError, ValueError):
        lost = True
    if lost:
        logger.warning("picture cannot be read", extra={"image": image.pk})
    return lost


def rendition_of(image: Any, spec: str) -> Any | None:
    """Drawn now, as its address is needed at once; what stands in pages is a :func:`picture_of`."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(spec)
        lost = not rendition.file.storage.exists(rendition.file.name)
    except (OSError, ValueError):
        lost = True
    if lost:
        logger.warning("picture cannot be read", extra={"image": image.pk})
        return None
    return rendition


def shown_document(document: Any) -> ShownFile | None:
    if document is None:
        return None
    try:
        size = document.file.size
    except (OSError, ValueError):
        logger.warning("document cannot be read", extra={"document": document.pk})
        return None
    return ShownFile(document.url, document.title, document.file_extension.upper(), size)
