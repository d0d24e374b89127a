"""``/healthz`` (the process is up) and ``/readyz`` (the database is reachable and migrated), on any host."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from kombu.exceptions import OperationalError

from dkbm.config.celery import app as celery_app
from dkbm.live.rights import Question, answer_all
from dkbm.search.server.connection import ServerAway
from dkbm.search.server.indexes import server_state
from dkbm.tenancy.context import bind
from dkbm.tenancy.database import current_role_powers
from dkbm.tenancy.hosts import platform


class HealthMiddleware:
    """Answers before anything else: no host, session or network is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return readiness.answer(with_details=_may_read_details(request))
        return self.get_response(request)


class Readiness:
    """Status 200 when pages can be served, else 503; Redis, worker, mail and search are data only.

    What was found names roles and parts: it is for operators and for whoever has the token, all others read whether
    it is ready. Anybody may ask, and looking costs a mail connection and half a second of waiting for workers: what
    was found is the answer for :data:`KEEP_SECONDS`, and whoever asks meanwhile waits for the one who looks.
    """

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._found: tuple[float, dict[str, Any]] | None = None

    def answer(self, *, with_details: bool) -> JsonResponse:
        with self._looking:
            if self._found is None or self._found[0] < time.monotonic():
                body = _look()
                self._found = time.monotonic() + KEEP_SECONDS, body
            body = self._found[1]
        shown = body if with_details else {"ready": body["ready"]}
        return JsonResponse(shown, status=200 if body["ready"] else 503, headers={"Cache-Control": "no-store"})

    def forget(self) -> None:
        self._found = None


KEEP_SECONDS = 3.0
readiness = Readiness()


def _may_read_details(request: HttpRequest) -> bool:
    """By the token on any host, and by the session of an operator, whose cookie is the front door's."""
    given = request.headers.get("Authorization", "")
    if settings.READYZ_TOKEN and constant_time_compare(given, f"Bearer {settings.READYZ_TOKEN}"):
        return True
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return _is_operator(session_key) if session_key else False


def _is_operator(session_key: str) -> bool:
    """With the second factor, as for every page of theirs."""
    try:
        with bind(platform()):
            visitor = answer_all([Question(session_key)])[0].visitor
            return visitor is not None and visitor.is_operator
    except DatabaseError:
        return False


def _look() -> dict[str, Any]:
    database = _database()
    return {
        "ready": database.get("migrated") is True,
        "database": database,
        "redis": _state(_redis),
        "worker": _state(_worker),
        "mail": _state(_mail),
        "search": _state(_search),
    }


def _state(probe: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"state": "up", **(probe() or {})}
    except (OSError, redis.RedisError, OperationalError, smtplib.SMTPException, ServerAway) as error:
        return {"state": "down", "error": type(error).__name__}


def _database() -> dict[str, Any]:
    try:
        with bind(platform()):
            executor = MigrationExecutor(connection)
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = {"state": "up", "migrated": not pending, **current_role_powers(connection.connection)}
    except DatabaseError as error:
        found = {"state": "down", "migrated": False, "error": type(error.__cause__ or error).__name__}
    return {**found, "connections": _connections()}


def _connections() -> dict[str, int] | None:
    """Of this process, with the one that looks; ``None`` where there is no pool."""
    pool = connection.pool  # type: ignore[attr-defined]
    if pool is None:
        return None
    numbers = pool.get_stats()
    names = {"most": "pool_max", "open": "pool_size", "free": "pool_available", "waiting": "requests_waiting"}
    return {name: numbers[key] for name, key in names.items()}


def _redis() -> None:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        client.ping()
    finally:
        client.close()


def _worker() -> dict[str, Any]:
    with celery_app.connection_for_read() as broker:
        answers = celery_app.control.ping(timeout=0.5, connection=broker)
    return {"workers": len(answers)} if answers else {"state": "down", "workers": 0}


def _search() -> dict[str, Any]:
    """Which engine searches; of a server also whether its indices are there."""
    if not settings.ELASTICSEARCH_URL:
        return {"engine": settings.SEARCH_ENGINE}
    state = {"engine": settings.SEARCH_ENGINE, "flavour": settings.SEARCH_FLAVOUR, **server_state()}
    return state if state["indices"] else {**state, "state": "down"}


def _mail() -> None:
    if not settings.EMAIL_HOST:
        return
    with _mail_server() as server:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        server.noop()


def _mail_server() -> smtplib.SMTP:
    """With TLS from the first byte where the address says so (port 465), checked as when a mail is sent."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    if settings.EMAIL_USE_SSL:
        return smtplib.SMTP_SSL(host, port, timeout=2, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=2)
