"""A browser on an ASGI application of the test's own process, for what only a real one does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from dkbm.launcher.ports import free_port
from dkbm.live.consumers import MOST_BYTES
from dkbm.tenancy.context import BoundNetwork
from tests.browser import chromium_path
from tests.waiting import until


class Server(uvicorn.Server):
    loop: asyncio.AbstractEventLoop

    async def startup(self, sockets: Any = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)


@contextmanager
def serving(application: Any) -> Iterator[Server]:
    config = uvicorn.Config(
        application,
        port=free_port(),
        lifespan="off",
        log_level="error",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=MOST_BYTES,
    )
    server = Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server
    server.should_exit = True
    thread.join()


@contextmanager
def browsing(server: Server, network: BoundNetwork, client: Client) -> Iterator[BrowserContext]:
    """A browser on the network's host, signed in as ``client`` is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield signed_in(browser, server, network, client)
        browser.close()


def signed_in(browser: Browser, server: Server, network: BoundNetwork, client: Client) -> BrowserContext:
    """A further person in the same browser, with cookies of their own."""
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "domain": network.host,
        "path": "/",
    }
    context = browser.new_context(base_url=f"http://{network.host}:{server.config.port}")
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context
