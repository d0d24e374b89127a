"""What a browser asks for: nothing of foreign hosts, no error, no breach of the policy, and little of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.fixtures import new_context, sign_in
from tests.e2e.page_types import PAGE_TYPES, PageType, open_page
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    Visit = Callable[..., Page]

MOST_BYTES_OF_HOME = 200_000
# Browsers log an error for every page that is answered with 4xx or 5xx, which some are on purpose.
ANSWERED = "Failed to load resource: the server responded with a status of"
CMS_PATHS = (
    "/cms/",
    "/cms/pages/",
    "/cms/images/",
    "/cms/images/multiple/add/",
    "/cms/documents/",
    "/cms/documents/multiple/add/",
    "/cms/reports/site-history/",
    "/cms/account/",
)


class Listener:
    """Collects what the pages of one context ask for and complain about."""

    def __init__(self, page: Page) -> None:
        self.hosts: Counter[str] = Counter()
        self.complaints: list[str] = []
        page.on("request", self._requested)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _requested(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"}:
            self.hosts[address.netloc] += 1

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            self.complaints.append(message.text)


def test_no_page_asks_foreign_hosts_or_breaks_its_policy(chromium: Browser, running_copy: RunningCopy) -> None:
    found = {}
    for network, login in sorted({(kind.network, kind.login) for kind in PAGE_TYPES}):
        context = new_context(chromium, running_copy.url(network, ""))
        page = context.new_page()
        if login:
            sign_in(page, f"{login}@{network}.example.org")
        for kind in PAGE_TYPES:
            if (kind.network, kind.login) == (network, login):
                found[kind.name] = heard_on(page, kind)
        context.close()
    expected = {kind.name: ([running_copy.host(kind.network)], []) for kind in PAGE_TYPES}
    assert found == expected


def heard_on(page: Page, kind: PageType) -> tuple[list[str], list[str]]:
    """Hosts and complaints; asserts that the policy allows nothing inline."""
    tab = page.context.new_page()
    listener = Listener(tab)
    policy = open_page(tab, kind).all_headers()["content-security-policy"]
    assert "'unsafe-inline'" not in policy, kind.name
    tab.wait_for_load_state("networkidle")
    tab.close()
    return sorted(listener.hosts), listener.complaints


def test_no_page_of_the_cms_asks_a_foreign_host(visit: Visit, running_copy: RunningCopy) -> None:
    context = visit("niedersachsen", login="redaktion").context
    found = {}
    for path in CMS_PATHS:
        page = context.new_page()
        listener = Listener(page)
        answer = page.goto(path)
        assert answer is not None
        page.wait_for_load_state("networkidle")
        found[path] = (answer.status, list(listener.hosts), listener.complaints)
        page.close()
    assert found == dict.fromkeys(CMS_PATHS, (200, [running_copy.host("niedersachsen")], []))


def test_first_view_of_home_is_small(visit: Visit, capsys: pytest.CaptureFixture[str]) -> None:
    page = visit("niedersachsen", "/impressum/")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    with capsys.disabled():
        print(f"\nFirst view of the home page: {sum(sizes) / 1000:.0f} KB in {len(sizes)} requests")
    assert 20_000 < sum(sizes) < MOST_BYTES_OF_HOME
