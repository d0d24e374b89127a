"""What Wagtail's views fail on when they read a request that no page of theirs sends: a field left out, a word where a
number belongs. That is the sender's fault; any other error stays ours, and a 500.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from traceback import walk_tb

from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

logger = logging.getLogger("dkbm.cms.unreadable")

HELPERS = {
    *sys.stdlib_module_names,
    "django",
    "django_filters",
    "modelcluster",
    "psycopg",
    "rest_framework",
    "taggit",
    "treebeard",
}
"""Packages that do what they are told."""
AROUND = ("dkbm.core.request_log", "dkbm.tenancy.")
"""Of ours, but every query goes through them, whoever asks."""
LONG_NUMBER = 10
"""So many digits a column may not hold."""


def is_unreadable(request: HttpRequest, error: Exception) -> bool:
    """Whether Wagtail failed on a value of the request itself. It is logged with its traceback, but as no error."""
    if not (_is_wagtails(error) and _is_of_request(request, error)):
        return False
    logger.warning("unreadable request", extra={"path": request.path}, exc_info=error)
    return True


def names_a_page(address: str) -> bool:
    """Where to go afterwards: Wagtail asks only once all is written, and takes a word for the name of a view."""
    return not address or address.startswith(("/", "http://", "https://"))


def _is_wagtails(error: Exception) -> bool:
    """Of the code that asked last: a view of ours that stands on Wagtail's answers for what it does itself."""
    modules = [str(frame.f_globals.get("__name__", "")) for frame, _line in walk_tb(error.__traceback__)]
    asking = [name for name in modules if name.partition(".")[0] not in HELPERS and not name.startswith(AROUND)]
    return bool(asking) and asking[-1].partition(".")[0] == "wagtail"


def _is_of_request(request: HttpRequest, error: Exception) -> bool:
    match error:
        case MultiValueDictKeyError() | InvalidPage():
            return True
        case ValueError() | NoReverseMatch():
            return any(_is_quoted(value, str(error)) for value in _values(request))
        case DataError():
            return any(_is_too_large(value) for value in _values(request))
    return False


def _values(request: HttpRequest) -> Iterator[str]:
    for sent in (request.GET, request.POST):
        for _name, values in sent.lists():
            yield from map(str, values)


def _is_quoted(value: str, message: str) -> bool:
    """As Python and Django say what they could not read."""
    return repr(value) in message


def _is_too_large(value: str) -> bool:
    return value.lstrip("-").isdecimal() and len(value) >= LONG_NUMBER
