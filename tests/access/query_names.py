"""Which names of its query or form a view reads: variants of what it does not read need not be asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.functional import cached_property

ANY = "*"
"""Recorded for a view that walks through all names."""

_read: set[str] = set()


class RecordingQuery(QueryDict):
    """Notes each name that is asked for. Repeating the query in a link (copy, ``urlencode``) is no reading."""

    @classmethod
    def of(cls, form: QueryDict) -> RecordingQuery:
        with _unrecorded():
            found = cls("", mutable=True)
            for name, values in form.lists():
                found.setlist(name, values)
        found._mutable = False
        return found

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with _unrecorded():
            super().__init__(*args, **kwargs)

    def __getitem__(self, key: str) -> Any:
        _read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _read.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        _read.add(key)
        return super().getlist(key, default)

    def __iter__(self) -> Iterator[str]:
        _read.add(ANY)
        return super().__iter__()

    def keys(self) -> Any:
        _read.add(ANY)
        return super().keys()

    def items(self) -> Any:
        _read.add(ANY)
        with _unrecorded():
            return iter(list(super().items()))

    def lists(self) -> Any:
        _read.add(ANY)
        with _unrecorded():
            return iter(list(super().lists()))

    def urlencode(self, *args: Any, **kwargs: Any) -> str:
        with _unrecorded():
            return super().urlencode(*args, **kwargs)

    def __copy__(self) -> Any:
        with _unrecorded():
            return super().__copy__()

    def __deepcopy__(self, memo: Any) -> Any:
        with _unrecorded():
            return super().__deepcopy__(memo)


@contextmanager
def _unrecorded() -> Iterator[None]:
    before = set(_read)
    yield
    _read.intersection_update(before)


def _recording_form(request: Any) -> QueryDict:
    form: QueryDict = WSGIRequest._get_post(request)
    if type(form) is QueryDict:
        request._post = form = RecordingQuery.of(form)
    return form


@contextmanager
def recording() -> Iterator[set[str]]:
    """Yields the set that fills with the names read by the views of requests made inside."""
    query = cached_property(lambda request: RecordingQuery(request.META.get("QUERY_STRING", "")))
    query.__set_name__(WSGIRequest, "GET")
    form = property(_recording_form, WSGIRequest._set_post)
    with mock.patch.object(WSGIRequest, "GET", query), mock.patch.object(WSGIRequest, "POST", form):
        _read.clear()
        yield _read


def names_in(query: str) -> set[str]:
    return {name for name, _value in parse_qsl(query.lstrip("?"), keep_blank_values=True)}


def is_read(query: str, names: set[str]) -> bool:
    return ANY in names or bool(names_in(query) & names)
