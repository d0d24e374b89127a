"""Middleware of ``counted``: says in a header how many queries an answer took, and how many milliseconds of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from tests.benchmarks.kit.client import HEADER


@dataclass
class Count:
    queries: int = 0
    seconds: float = 0.0


_count: ContextVar[Count | None] = ContextVar("count", default=None)


def _counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    count = _count.get()
    if count is None:
        return execute(sql, params, many, context)
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        count.queries += 1
        count.seconds += time.perf_counter() - started


def _watch(connection: Any, **_kwargs: Any) -> None:
    if _counted not in connection.execute_wrappers:
        connection.execute_wrappers.append(_counted)


connection_created.connect(_watch)


class CountingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = Count()
        token = _count.set(count)
        try:
            response = self.get_response(request)
        finally:
            _count.reset(token)
        response.headers[HEADER] = f"{count.queries} {count.seconds * 1000:.2f}"
        return response
