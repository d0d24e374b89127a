"""Scheme and client address come from the proxies that were named, and from nobody else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from dkbm.config.asgi import behind_proxies
from tests.config.web_process import WebProcess

HEADERS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.mark.parametrize(("proxies", "status"), [("127.0.0.0/8, 10.0.0.1", 200), ("10.0.0.1", 301), ("", 301)])
def test_only_a_named_proxy_says_that_a_request_came_by_https(
    django_db_setup: None, tmp_path: Path, proxies: str, status: int
) -> None:
    web = WebProcess(tmp_path, PUBLIC_SCHEME="https", TRUSTED_PROXIES=proxies)
    try:
        web.start()
        assert web.status("/", **HEADERS) == status
    finally:
        web.stop()


@pytest.mark.parametrize(
    ("proxies", "client"),
    [
        # What the visitor sends stands on the left; the proxy appends whom it has seen.
        (["192.0.2.1/32"], "203.0.113.9"),
        (["192.0.2.0/24"], "203.0.113.9"),
        (["198.51.100.1/32"], "192.0.2.1"),
        ([], "192.0.2.1"),
    ],
)
def test_client_address_is_the_one_that_the_proxy_has_seen(proxies: list[str], client: str) -> None:
    seen: list[dict[str, Any]] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope)

    scope = {
        "type": "http",
        "scheme": "http",
        "client": ("192.0.2.1", 4711),
        "headers": [(b"x-forwarded-for", b"1.2.3.4, 203.0.113.9")],
    }
    asyncio.run(behind_proxies(app, proxies)(scope, None, None))
    assert seen[0]["client"][0] == client
