"""Every type of page in Chromium: axe-core finds nothing (no rule and no region is left out), the page fits the
smallest screen, asks no foreign host and keeps its policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from dkbm.launcher.data_dir import ROOT
from tests.e2e.listener import Listener
from tests.e2e.page_types import PAGE_TYPES, PageType, open_page
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 360)
NARROWEST = 320


@pytest.fixture(scope="module")
def tab_of(chromium: Any, running_copy: Any) -> Iterator[Callable[[PageType], Page]]:
    """A page of a context that is signed in as the page type's person; each signs in once."""
    from tests.e2e.fixtures import new_context, sign_in

    contexts: dict[tuple[str, str], Any] = {}

    def tab(kind: PageType) -> Page:
        key = (kind.network, kind.login)
        if key not in contexts:
            contexts[key] = new_context(chromium, running_copy.url(kind.network, ""))
            if kind.login:
                page = contexts[key].new_page()
                sign_in(page, f"{kind.login}@{kind.network}.example.org")
                page.close()
        return contexts[key].new_page()

    yield tab
    for context in contexts.values():
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds: rule, selector of the element, and why."""
    # Not as a script tag, which the page's policy would forbid.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']} {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_page_is_accessible_fits_small_screens_and_asks_no_foreign_host(
    tab_of: Callable[[PageType], Page], running_copy: RunningCopy, kind: PageType
) -> None:
    page = tab_of(kind)
    listener = Listener(page)
    policy = open_page(page, kind).all_headers()["content-security-policy"]
    page.wait_for_load_state("networkidle")
    heard = (sorted(listener.hosts), list(listener.complaints))
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = violations(page)
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    needed = page.evaluate("document.scrollingElement.scrollWidth")
    page.close()
    assert "'unsafe-inline'" not in policy
    assert heard == ([running_copy.host(kind.network)], [])
    assert found == {width: [] for width in WIDTHS}
    assert needed <= NARROWEST
