"""However a request ends under ASGI, the thread that asked the database for it gives its connection back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from threading import Event, get_ident
from typing import Any

import pytest
from django.db import connection, connections
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from dkbm.config.pages import PageHandler

opened: list[Any] = []
"""The connections of the threads that asked; and in what threads error pages were made."""
threads: list[int] = []
waiting, go_on = Event(), Event()


def ask() -> None:
    connection.ensure_connection()
    opened.append(connections["default"])
    threads.append(get_ident())


def missing(request: HttpRequest) -> HttpResponse:
    ask()
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    ask()
    raise RuntimeError("broken")


def breaking_off(request: HttpRequest) -> StreamingHttpResponse:
    ask()

    async def parts() -> Any:
        yield b"part"
        raise RuntimeError("broken stream")

    return StreamingHttpResponse(parts())


def slow(request: HttpRequest) -> HttpResponse:
    ask()
    waiting.set()
    assert go_on.wait(60)
    return HttpResponse()


def error_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    ask()
    return HttpResponse(status=404)


handler404 = handler500 = error_page
urlpatterns = [path(f"{view.__name__}/", view) for view in (missing, broken, breaking_off, slow)]


@pytest.fixture
def get(django_db_setup: None, django_db_blocker: Any, settings: Any) -> Iterator[Callable[[str], list[Any]]]:
    """``get(name)``: what is sent to a visitor who asks the view; of the slow one it does not wait for the end."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    for each in (opened, threads, waiting, go_on):
        each.clear()  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        yield lambda name: asyncio.run(_get(name))


async def _get(name: str) -> list[Any]:
    sent: list[Any] = []
    events = [{"type": "http.request"}]

    async def receive() -> Any:
        if events:
            return events.pop()
        while not waiting.is_set():
            await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_later(0.1, go_on.set)  # by then the request is cancelled
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": f"/{name}/", "headers": [], "query_string": b""}
    await PageHandler()(scope, receive, send)
    return sent


def are_given_back() -> bool:
    return bool(opened) and all(each.connection is None for each in opened)


@pytest.mark.parametrize("name", ["missing", "broken"])
def test_error_page_is_made_in_the_requests_thread(get: Callable[[str], list[Any]], name: str) -> None:
    assert get(name)[0]["status"] == 404
    assert (len(threads), len(set(threads))) == (2, 1)
    assert are_given_back()


def test_stream_that_breaks_off_gives_the_connection_back(get: Callable[[str], list[Any]]) -> None:
    with pytest.raises(RuntimeError, match="broken stream"):
        get("breaking_off")
    assert are_given_back()


def test_visitor_who_goes_away_leaves_no_connection(get: Callable[[str], list[Any]]) -> None:
    assert get("slow") == []
    assert are_given_back()
