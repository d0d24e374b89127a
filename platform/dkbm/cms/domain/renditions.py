"""Pictures in the sizes that pages offer, drawn once and stored."""

from __future__ import annotations

import logging
import threading

from django.db import transaction
from PIL import Image
from wagtail.images.models import Filter

from dkbm.cms.models import NetworkImage, NetworkRendition
from dkbm.cms.showing import spec_of

logger = logging.getLogger(__name__)

AT_ONCE = threading.BoundedSemaphore(2)
"""A large photo takes some hundred megabytes while it is drawn, and a page of them is asked for all at once."""
PATIENCE = 15.0
UNREADABLE = (OSError, ValueError, SyntaxError, RuntimeError, Image.DecompressionBombError)
"""What Pillow says of files that it cannot read or write."""


class BusyError(Exception):
    """So much is being drawn that nobody should wait for it."""


def draw(image: NetworkImage, *, shape: str, width: int, kind: str) -> NetworkRendition | None:
    """``None``: the picture is lost or cannot be read. Raises :class:`BusyError`."""
    spec = spec_of(shape, width, kind)
    try:
        found = _stored(image, spec)
        return found if found is not None else _drawn(image, spec)
    except UNREADABLE:
        logger.warning("picture cannot be drawn", extra={"image": image.pk})
        return None


def _stored(image: NetworkImage, spec: str) -> NetworkRendition | None:
    """One whose file is lost is forgotten, and drawn again."""
    try:
        found: NetworkRendition = image.find_existing_rendition(Filter(spec))
    except NetworkRendition.DoesNotExist:
        return None
    if found.file.storage.exists(found.file.name):
        return found
    found.delete()
    return None


def _drawn(image: NetworkImage, spec: str) -> NetworkRendition:
    """One size of a picture after the other: whoever waited finds what was drawn meanwhile."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        with transaction.atomic():
            NetworkImage.objects.select_for_update(of=("self",), no_key=True).get(pk=image.pk)
            drawn: NetworkRendition = image.get_rendition(spec)
            return drawn
    finally:
        AT_ONCE.release()
