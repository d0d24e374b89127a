"""Uploaded pictures as a PDF takes them: photos as JPEG of a size to be printed, drawings as they are."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from dkbm.cms.models import NetworkImage
from dkbm.cms.showing import rendition_of

logger = logging.getLogger(__name__)

SIZE = "max-1600x1600"
"""Pixels: 17 cm at 240 dpi."""
PHOTO, DRAWING = "jpg", "png"
KEPT = {"png", "gif"}
"""Files of signs and drawings, which may be seen through."""


def pictures_for(wanted: Mapping[str, Sequence[int | str]]) -> dict[str, bytes]:
    """File name -> content. ``wanted``: name -> key and file hash. Without those that are gone or cannot be read."""
    images = NetworkImage.objects.in_bulk([key for key, _file_hash in wanted.values()])
    found = {}
    for name, (key, _file_hash) in wanted.items():
        image = images.get(key)
        if image is not None and (drawn := _drawn(image)):
            ending, content = drawn
            found[f"{name}.{ending}"] = content
    return found


def _drawn(image: NetworkImage) -> tuple[str, bytes] | None:
    try:
        if image.is_svg():
            with image.file.open("rb") as opened:
                return "svg", opened.read()
        is_drawing = str(image.file.name).rpartition(".")[2].lower() in KEPT
        rendition = rendition_of(image, f"{SIZE}|format-{'png' if is_drawing else 'jpeg'}")
        if rendition is None:
            return None
        with rendition.file.open("rb") as opened:
            return DRAWING if is_drawing else PHOTO, opened.read()
    except (OSError, ValueError):
        logger.warning("picture cannot be printed", extra={"image": image.pk})
        return None
