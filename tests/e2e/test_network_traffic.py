"""What a browser asks for: nothing of foreign hosts in the CMS, and little for the first view.

The pages of the platform itself are listened to in ``tests/a11y``, where each is opened anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.e2e.listener import Listener
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

MOST_BYTES_OF_HOME = 200_000
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


def test_no_page_of_the_cms_asks_a_foreign_host(visit: Visit, running_copy: RunningCopy) -> None:
    page = visit("niedersachsen", login="redaktion")
    found = {}
    for path in CMS_PATHS:
        page.goto("about:blank")
        listener = Listener(page)
        answer = page.goto(path)
        assert answer is not None
        page.wait_for_load_state("networkidle")
        found[path] = (answer.status, list(listener.hosts), list(listener.complaints))
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
