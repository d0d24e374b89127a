"""Whoever publishes reads which files all may see now, and which ones guests will miss.

By whatever way: a form, an approval, several pages at once, the CMS's API, a copy, or a day that was set. So the pages
are noted where they are published, and told of once the request is through.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry
from wagtail.signals import page_published

from dkbm.cms.bound_pages import SHOWN
from dkbm.cms.domain.files import FilesOfPage, files_of_page_to_be, files_of_public_page
from dkbm.cms.gate import PREFIX

SCHEDULED = "wagtail.publish.schedule"

_published: ContextVar[dict[int, Any] | None] = ContextVar("published_in_this_request", default=None)


def note_published(instance: Any, **_sent: Any) -> None:
    pages = _published.get()
    if pages is not None:
        pages[instance.pk] = instance


def listen() -> None:
    page_published.connect(note_published, dispatch_uid="dkbm.cms.published")


class TellOfFilesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or not request.path.startswith(PREFIX):
            return self.get_response(request)
        pages: dict[int, Any] = {}
        started, token = timezone.now(), _published.set(pages)
        try:
            response = self.get_response(request)
        finally:
            _published.reset(token)
        for page in pages.values():
            _tell(request, files_of_public_page(page), _opened_now())
        for draft in _scheduled(request, since=started):
            _tell(request, files_of_page_to_be(draft), _opened_then())
        return response


def _scheduled(request: HttpRequest, *, since: datetime) -> list[Any]:
    """Wagtail sends no signal of it, but writes it down."""
    entries = PageLogEntry.objects.filter(action=SCHEDULED, user_id=request.user.pk, timestamp__gte=since)
    return [entry.revision.as_object() for entry in entries.select_related("revision") if entry.revision]


def _opened_now() -> str:
    return _("Solange diese Seite veröffentlicht ist, sehen alle auch diese Dateien: %(titles)s.")


def _opened_then() -> str:
    return _("Sobald diese Seite veröffentlicht ist, sehen alle auch diese Dateien: %(titles)s.")


def _tell(request: HttpRequest, files: FilesOfPage, opened: str) -> None:
    if files.opened:
        messages.info(request, opened % {"titles": _titles(files.opened)})
    if files.closed:
        text = _(
            "Gäste sehen auf dieser Seite nicht: %(titles)s. Diese Dateien liegen in Sammlungen, die nicht alle lesen "
            "dürfen. Wenn alle sie sehen sollen, legen Sie sie in die Sammlung „Öffentlich“."
        )
        messages.warning(request, text % {"titles": _titles(files.closed)})


def _titles(titles: list[str]) -> str:
    named = ", ".join(f"„{title}“" for title in titles[:SHOWN])
    more = len(titles) - SHOWN
    return named if more <= 0 else _("%(titles)s und %(count)s weitere") % {"titles": named, "count": more}
