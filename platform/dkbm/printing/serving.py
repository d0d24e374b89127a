"""The answer of an app's view to who wants something as a PDF, and has been found to be allowed to read it."""

from __future__ import annotations

from django.core.files import File
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from dkbm.cms.streams import StreamedFile
from dkbm.core.text import german_slug
from dkbm.tenancy.http import NetworkRequest

from .documents import Document
from .domain.printing import ask_for
from .enums import PrintState
from .models import Printed

LATER = 202
UNAVAILABLE = 503


def pdf_response(request: NetworkRequest, document: Document, *, title: str, back: str) -> HttpResponseBase:
    """The PDF; a page that says so while it is being made (202), or that it cannot be (503).

    ``title``: what it is called, on the page and as a file; ``back``: path of what is printed.
    """
    printed = ask_for(document)
    opened = opened_file(printed)
    if opened is not None:
        return _file(opened, title)
    is_waiting = printed.state != PrintState.FAILED
    context = {"title": title, "back": back, "is_waiting": is_waiting}
    page = render(request, "printing/waiting.html", context, status=LATER if is_waiting else UNAVAILABLE)
    return _kept_by_nobody(page)


def opened_file(printed: Printed) -> File[bytes] | None:
    """``None`` also where somebody has asked for another content a moment ago, and the file of this one is gone."""
    try:
        return printed.file.open("rb") if printed.is_ready else None
    except FileNotFoundError:
        return None


def _file(opened: File[bytes], title: str) -> HttpResponseBase:
    name = f"{german_slug(title) or 'druck'}.pdf"
    response = StreamedFile(opened, content_type="application/pdf", as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponseBase | HttpResponse) -> HttpResponseBase:
    """Who asks next may be somebody else, or may read less by then."""
    response["Cache-Control"] = "private, no-store"
    # The page is what is to be found; a machine that follows each link need not have each PDF made.
    response["X-Robots-Tag"] = "noindex"
    return response
