"""Every type of page in Chromium: axe-core finds nothing (no rule and no region is left out), the page fits the
smallest screen, asks no foreign host, keeps its policy, and holds whatever long words people type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.a11y.axe import AXE, violations
from tests.a11y.long_words import LONG_WORD, NOT_TYPED, OUTSIDE_WITH_LONG_WORDS, PARTED_WORDS
from tests.e2e.listener import Listener
from tests.e2e.page_types import PAGE_TYPES, PageType, open_page
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEIGHT = 900
WIDTHS = (1280, 360)
NARROWEST = 320
SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.allSettled(document.getAnimations().map((each) => each.finished));
}"""
"""After a change of width: colours on their way from one to the other are nobody's colours."""

GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def tab_of(chromium: Any, running_copy: Any) -> Iterator[Callable[[PageType], Page]]:
    """The tab of the page type's person, on no page; each signs in once, for a new tab costs more than axe does."""
    from tests.e2e.fixtures import new_context, sign_in

    tabs: dict[tuple[str, str], Page] = {}

    def tab(kind: PageType) -> Page:
        key = (kind.network, kind.login)
        if key not in tabs:
            tabs[key] = new_context(chromium, running_copy.url(kind.network, "")).new_page()
            if kind.login:
                sign_in(tabs[key], f"{kind.login}@{kind.network}.example.org")
        tabs[key].goto("about:blank")
        tabs[key].set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        return tabs[key]

    yield tab
    for page in tabs.values():
        page.context.close()


@pytest.mark.parametrize("kind", PAGE_TYPES, ids=lambda kind: kind.name)
def test_page_is_accessible_fits_small_screens_and_asks_no_foreign_host(
    tab_of: Callable[[PageType], Page], running_copy: RunningCopy, kind: PageType
) -> None:
    page = tab_of(kind)
    listener = Listener(page)
    policy = open_page(page, kind).all_headers()["content-security-policy"]
    page.wait_for_load_state("networkidle")
    heard = (sorted(listener.hosts), list(listener.complaints))
    # Not as a script tag, which the page's policy would forbid.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found, parted = {}, {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(SETTLED)
        found[width], parted[width] = violations(page), page.evaluate(PARTED_WORDS)
    day = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    night = page.evaluate(GROUND)
    in_the_dark = violations(page, ["color-contrast"])
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    needed = page.evaluate("document.scrollingElement.scrollWidth")
    assert "'unsafe-inline'" not in policy
    assert heard == ([running_copy.host(kind.network)], [])
    assert found == {width: [] for width in WIDTHS}
    assert (night != day, in_the_dark) == (True, [])
    assert needed <= NARROWEST
    assert parted == {width: [] for width in WIDTHS}
    outside = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        outside[width] = page.evaluate(OUTSIDE_WITH_LONG_WORDS, [LONG_WORD, NOT_TYPED])
    assert outside == {width: [] for width in WIDTHS}
