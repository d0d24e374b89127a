"""One structured line per request; errors carry an id that the error page shows."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

logger = logging.getLogger("dkbm.requests")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Gives each line that is written during a request its id, also Django's line with the traceback of an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not hasattr(record, "request_id") and (request_id := _request_id.get()):
            record.request_id = request_id
        return True


class QueryCounter:
    """Counts statements while it is installed as ``execute_wrapper``."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.count += 1
        return execute(sql, params, many, context)


class NumberedRequest(HttpRequest):
    """For annotations: what this middleware puts on Django's own request."""

    id: str


class RequestLogMiddleware:
    """Logs network, person, route, status, duration (ms) and number of queries; sets ``request.id``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NumberedRequest) -> HttpResponseBase:
        request.id = uuid.uuid4().hex[:12]
        token = _request_id.set(request.id)
        counter = QueryCounter()
        started = time.monotonic()
        try:
            with connection.execute_wrapper(counter):
                response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-Id"] = request.id
        self._log(request, response, counter.count, time.monotonic() - started)
        return response

    def _log(self, request: NumberedRequest, response: HttpResponseBase, queries: int, seconds: float) -> None:
        match = request.resolver_match
        if match is None and request.path.startswith("/static/"):
            return
        network = getattr(request, "network", None)
        user = request.__dict__.get("_cached_user")
        logger.info(
            "request",
            extra={
                "request_id": request.id,
                "network": network.slug if network else None,
                "person": str(user.pk) if user is not None and user.pk else None,
                "method": request.method,
                "route": match.route if match else None,
                "status": response.status_code,
                "duration_ms": round(seconds * 1000, 1),
                "queries": queries,
            },
        )
