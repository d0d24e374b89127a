"""live.js in a real browser, on the real socket: connects, fetches, says when updates pause, comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from channels.routing import URLRouter
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from dkbm.config.websockets import websocket_urlpatterns
from dkbm.live import channels
from dkbm.live.broadcast import _publish
from dkbm.live.consumers import CLOSE_FETCH_AGAIN
from dkbm.live.hub import hub
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.sockets import NetworkSocketMiddleware
from dkbm.tenancy.visitor import Visitor
from tests.architecture.source import ROOT
from tests.factories.people import make_person
from tests.live.browsing import Server, browsing, serving
from tests.redis_process import RedisProcess
from tests.waiting import until

PAGE = """<!doctype html><title>Probe</title>
<div data-live="probe:7"><p data-live-state hidden></p><ul></ul></div>
<script>
const list = document.querySelector("ul");
for (const name of ["live:fetch", "live:message"]) document.addEventListener(name, (event) => {
  const line = document.createElement("li");
  line.textContent = name + " " + JSON.stringify(event.detail);
  list.append(line);
});
</script>
<script type="module" src="/live.js"></script>"""
SENTENCE = "Live-Aktualisierung pausiert. Neue Beiträge erscheinen, sobald die Verbindung wieder steht."
FETCH = "live:fetch null"
sockets = NetworkSocketMiddleware(URLRouter(websocket_urlpatterns))


async def site(scope: Any, receive: Any, send: Any) -> None:
    """A page with the module, and the product's sockets."""
    if scope["type"] == "websocket":
        await sockets(scope, receive, send)
        return
    is_module = scope["path"] == "/live.js"
    body = (ROOT / "themes/base/static/js/live.js").read_bytes() if is_module else PAGE.encode()
    kind = b"text/javascript" if is_module else b"text/html; charset=utf-8"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def server(redis_server: RedisProcess) -> Iterator[Server]:
    with serving(site) as server:
        yield server


@pytest.fixture
def context(
    committed_network: BoundNetwork, client_of: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrowserContext]:
    """A browser in which a member is signed in, who may hear every channel ``probe``."""

    def may(asked: Sequence[tuple[Visitor, int]]) -> list[bool]:
        return [True] * len(asked)

    monkeypatch.setattr(channels, "_channels", {})
    channels.register_channel("probe", may)
    with bind(committed_network):
        person = make_person()
    with browsing(server, committed_network, client_of(committed_network, person)) as made:
        yield made


def events(page: Page, *expected: str) -> None:
    expect(page.locator("li")).to_have_text(list(expected), timeout=60_000)


def test_page_stays_up_to_date(
    committed_network: BoundNetwork, context: BrowserContext, server: Server, redis_server: RedisProcess
) -> None:
    name = f"probe.{committed_network.id}.7"
    message = '{"type": "message", "channel": "probe:7", "detail": {"html": "Grüße"}}'
    page = context.new_page()
    page.goto("/")
    state = page.locator("[data-live-state]")
    events(page, FETCH)
    _publish(name, message)
    heard = 'live:message {"html":"Grüße"}'
    events(page, FETCH, heard)
    expect(state).to_be_hidden()

    redis_server.kill()
    expect(state).to_have_text(SENTENCE, timeout=60_000)
    expect(state).to_be_visible()
    expect(state).to_have_attribute("aria-live", "polite")
    redis_server.start()
    events(page, FETCH, heard, FETCH)
    expect(state).to_be_hidden()

    (reader,) = hub.readers[name]
    asyncio.run_coroutine_threadsafe(reader.close(CLOSE_FETCH_AGAIN), server.loop).result()  # type: ignore[attr-defined]
    events(page, FETCH, heard, FETCH, FETCH)
    _publish(name, message)
    events(page, FETCH, heard, FETCH, FETCH, heard)


def test_page_without_channels_opens_no_socket(context: BrowserContext) -> None:
    page = context.new_page()
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    page.route("**/", lambda route: route.fulfill(body=PAGE.replace("data-live=", "data-x="), content_type="text/html"))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert opened == []


class Line:
    """Between page and server; once it is dead nothing passes any more, and nobody is told."""

    def __init__(self, page: Page) -> None:
        self.page, self.opened, self.pongs = page, 0, 0
        self.dead: set[int] = set()
        page.route_web_socket("**/ws/", self._open)

    def _open(self, route: WebSocketRoute) -> None:
        self.opened += 1
        number, server = self.opened, route.connect_to_server()
        route.on_message(lambda text: None if number in self.dead else server.send(text))
        server.on_message(lambda text: None if number in self.dead else self._pass(route, text))

    def _pass(self, route: WebSocketRoute, text: str | bytes) -> None:
        route.send(text)
        self.pongs += "pong" in str(text)

    def await_pongs(self, number: int) -> None:
        until(lambda: self.page.evaluate("0") == 0 and self.pongs == number)

    def die(self) -> None:
        self.dead.add(self.opened)


@pytest.fixture
def quiet(context: BrowserContext) -> tuple[Page, Line]:
    """A page whose clock stands still until the test moves it, on a line that may die."""
    page = context.new_page()
    page.clock.install()
    line = Line(page)
    page.goto("/")
    events(page, FETCH)
    return page, line


def test_connection_that_goes_silent_is_noticed_and_made_anew(quiet: tuple[Page, Line]) -> None:
    page, line = quiet
    for beats in (1, 2, 3):
        page.clock.run_for(20_000)
        line.await_pongs(beats)
    assert line.opened == 1
    expect(page.locator("[data-live-state]")).to_be_hidden()
    line.die()
    page.clock.run_for(40_000)
    events(page, FETCH, FETCH)
    assert line.opened == 2


def test_page_that_wakes_up_fetches_at_once_whether_or_not_the_connection_looks_alive(
    quiet: tuple[Page, Line],
) -> None:
    page, line = quiet
    line.die()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    events(page, FETCH, FETCH)
    page.clock.run_for(5_000)
    events(page, FETCH, FETCH, FETCH)
    assert line.opened == 2
    page.evaluate("window.dispatchEvent(new Event('online'))")
    events(page, FETCH, FETCH, FETCH, FETCH)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    events(page, FETCH, FETCH, FETCH, FETCH, FETCH)
    assert line.opened == 2
