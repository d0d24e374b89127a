"""What a page shows of a picture or a document, and that it shows nothing of one that is gone.

It was deleted after a page had chosen it, or its file is lost or cannot be read: the page does without.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShownFile:
    """``ending`` in capitals, ``size`` in bytes."""

    url: str
    title: str
    ending: str
    size: int


def shown_picture(image: Any, spec: str) -> Any | None:
    """The rendition; a template draws its ``img_tag``."""
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
