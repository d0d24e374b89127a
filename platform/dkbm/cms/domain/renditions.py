"""Pictures in the sizes that pages offer, drawn once and stored."""

from __future__ import annotations

import logging
from typing import Any

from PIL import Image

from dkbm.cms.models import NetworkImage, NetworkRendition
from dkbm.cms.showing import spec_of

logger = logging.getLogger(__name__)


def draw(image: NetworkImage, *, shape: str, width: int, kind: str) -> NetworkRendition | None:
    """``None``: the picture is lost or cannot be read."""
    spec = spec_of(shape, width, kind)
    try:
        drawn: Any = image.get_rendition(spec)
        if not drawn.file.storage.exists(drawn.file.name):  # only what was drawn is lost
            drawn.delete()
            drawn = image.get_rendition(spec)
    except (OSError, ValueError, Image.DecompressionBombError):
        logger.warning("picture cannot be drawn", extra={"image": image.pk})
        return None
    found: NetworkRendition = drawn
    return found
