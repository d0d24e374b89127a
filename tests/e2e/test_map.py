"""The front page's map in a browser: by keyboard, through the accessibility tree, by finger, in high contrast."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.keyboard import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    Visit = Callable[..., Page]

MAP = "Gute Beispiele aus den Kommunen des Netzwerks"
LEER = "Landkreis Leer: 1 Beispiel"
HARBURG = "Landkreis Harburg: kein Beispiel"
SHOWN = 9
"""Municipalities with an example that guests may read; the others lead nowhere and are no links."""
TARGET = 24
SIDES = """it => [...it.children].filter(each => each.tagName !== "title").map(each => each.getBoundingClientRect())
  .map(box => Math.min(box.width, box.height)).reduce((most, side) => Math.max(most, side), 0)"""
FILL = "it => getComputedStyle(it).fill"


def districts(page: Page) -> Locator:
    return page.get_by_role("group", name=MAP).get_by_role("link")


def test_map_stands_in_the_accessibility_tree(visit: Visit) -> None:
    """Named as the group that it is, with a link for each municipality that has something, saying what its colour says.

    The others are told of by the table alone.
    """
    page = visit("niedersachsen")
    assert districts(page).count() == SHOWN
    assert page.get_by_role("link", name=LEER, exact=True).count() == 1
    tree = page.get_by_role("group", name=MAP).aria_snapshot()
    assert tree.count('link "') == SHOWN
    assert "kein Beispiel" not in tree


def test_map_by_keyboard(visit: Visit) -> None:
    page = visit("niedersachsen")
    district = page.get_by_role("link", name=LEER, exact=True)
    shape = district.locator("path")
    before = shape.evaluate(FILL)
    tab_to(page, district)
    assert shape.evaluate(FILL) != before
    page.keyboard.press("Enter")
    page.wait_for_url("**/katalog/?kommune=landkreis-leer")
    page.get_by_role("heading", name="1 Beispiel gefunden").wait_for()


def test_map_can_be_skipped(visit: Visit) -> None:
    page = visit("niedersachsen")
    skip = page.get_by_role("link", name="Karte überspringen")
    tab_to(page, skip)
    assert skip.bounding_box()["x"] > 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Alle 45 Kommunen als Liste"


def test_list_has_what_the_map_has(visit: Visit) -> None:
    page = visit("niedersachsen")
    page.get_by_text("Alle 45 Kommunen als Liste").click()
    rows = page.get_by_role("table", name=MAP).locator("tbody tr")
    listed = {row.split("\t")[0]: int(row.split("\t")[1]) for row in rows.all_inner_texts()}
    titles = page.get_by_role("group", name=MAP).locator("title").all_text_contents()
    drawn = dict(each.rsplit(": ", 1) for each in titles)
    assert {name: 0 if value.startswith("kein") else int(value.split()[0]) for name, value in drawn.items()} == listed


@pytest.mark.parametrize("width", [1280, 768])
def test_districts_can_be_hit(visit: Visit, width: int) -> None:
    page = visit("niedersachsen", viewport={"width": width, "height": 900})
    assert [each.text_content() for each in districts(page).all() if each.evaluate(SIDES) < TARGET] == []


def test_small_city_is_hit_beside_its_outline(visit: Visit) -> None:
    """Its target is larger than itself, and lies on top of the district around it."""
    page = visit("niedersachsen", viewport={"width": 1280, "height": 900})
    city = page.get_by_role("link", name="Stadt Osnabrück: 1 Beispiel", exact=True)
    box = city.locator("circle").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 2)
    page.wait_for_url("**/katalog/?kommune=stadt-osnabrueck")


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}], ids=["as usual", "forced colours"])
def test_full_and_empty_districts_are_told_apart(visit: Visit, options: dict[str, Any]) -> None:
    page = visit("niedersachsen", **options)
    drawn = page.get_by_role("group", name=MAP)
    leer, stade, harburg = (
        drawn.locator(f'*:has(> title:text-is("{name}")) > path').evaluate(FILL)
        for name in (LEER, "Landkreis Stade: 1 Beispiel", HARBURG)
    )
    assert leer == stade != harburg
