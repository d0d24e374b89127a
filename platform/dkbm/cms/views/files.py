"""The only way to an uploaded file: host, then group. Nothing is served straight from disk."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dkbm.cms.domain.files import may_read_file
from dkbm.cms.domain.renditions import BusyError, draw
from dkbm.cms.models import NetworkDocument, NetworkImage, NetworkRendition
from dkbm.cms.showing import KINDS, RATIOS, widths_of
from dkbm.cms.streams import StreamedFile
from dkbm.tenancy.context import require_network
from dkbm.tenancy.http import NetworkRequest

INLINE = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", "image/svg+xml", "application/pdf"}


@require_safe
def serve_file(request: NetworkRequest, network_id: int, name: str) -> HttpResponseBase:
    """An image or one of its renditions by its stored path; 404 for a foreign network's and for refused ones."""
    if network_id != require_network().id:
        raise Http404
    stored = f"{network_id}/{name}"
    rendition = NetworkRendition.objects.select_related("image__collection").filter(file=stored).first()
    image = (
        rendition.image if rendition else NetworkImage.objects.select_related("collection").filter(file=stored).first()
    )
    if image is None:
        raise Http404
    return _send(request, image, stored)


@require_safe
def serve_picture(
    request: NetworkRequest, image_id: int, version: str, shape: str, width: int, kind: str
) -> HttpResponseBase:
    """A picture in one of the sizes that pages offer, drawn when the first one asks. ``version`` is for browsers."""
    image = get_object_or_404(NetworkImage.objects.select_related("collection"), pk=image_id)
    offered = shape in RATIOS and kind in KINDS and not image.is_svg() and width in widths_of(image, shape)
    if not offered or not may_read_file(file=image, visitor=request.visitor):
        raise Http404
    try:
        drawn = draw(image, shape=shape, width=width, kind=kind)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    if drawn is None:
        raise Http404
    return _stream(drawn.file.name)


@require_safe
def serve_document(request: NetworkRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document by id and file name; both must match."""
    document = get_object_or_404(NetworkDocument.objects.select_related("collection"), pk=document_id)
    if document.filename != filename:
        raise Http404
    return _send(request, document, document.file.name)


def _send(request: NetworkRequest, owner: Any, stored: str) -> HttpResponseBase:
    decision = may_read_file(file=owner, visitor=request.visitor)
    if not decision or not default_storage.exists(stored):
        raise Http404  # the same answer for refused and missing
    return _stream(stored)


def _stream(stored: str) -> HttpResponseBase:
    kind = mimetypes.guess_type(stored)[0] or "application/octet-stream"
    response = StreamedFile(
        default_storage.open(stored),
        content_type=kind,
        as_attachment=kind not in INLINE,
        filename=PurePosixPath(stored).name,
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    # An SVG is a document of its own: it may not run what somebody wrote into it.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
