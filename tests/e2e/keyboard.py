"""Going through a page by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_STOPS = 120
FOCUS = """() => {
  const it = document.activeElement;
  if (it === document.body) return {visible: true};
  const seen = [it, it.closest("label"), it.nextElementSibling].filter(Boolean);
  const drawn = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none";
  return {visible: seen.some((each) => drawn(getComputedStyle(each))), html: it.outerHTML.slice(0, 200)};
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus; every stop on the way must show it."""
    target.first.wait_for(state="attached")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"], f"the focus cannot be seen: {focus['html']}"
        if target.first.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {target}")
