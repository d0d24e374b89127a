"""words.js in a real browser: a combobox after the pattern of ARIA's guide, and a line of text in any case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect, sync_playwright

from dkbm.tenancy.context import BoundNetwork
from tests.browser import chromium_path
from tests.core.words import NAMES, WordsForm, make_words

SCRIPT = settings.PROJECT / "themes" / "base" / "static" / "js" / "words.js"


@pytest.fixture
def page(in_niedersachsen: BoundNetwork) -> Iterator[Page]:
    make_words()
    drawn = str(WordsForm()["words"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f'<label for="id_words">Schlagwörter</label>{drawn}<button>Weiter</button>')
        page.add_script_tag(path=SCRIPT, type="module")
        yield page
        browser.close()


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Schlagwörter")


def proposed(page: Page) -> list[str]:
    return page.get_by_role("option").all_text_contents()


def test_words_are_chosen_by_keyboard(page: Page) -> None:
    box = field(page)
    box.press_sequentially("uber")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert proposed(page) == [NAMES[4]]
    expect(page.get_by_role("status")).to_have_text("1 Vorschlag")
    box.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_have_text(NAMES[4])
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    box.press("Enter")
    expect(box).to_have_value(f"{NAMES[4]}, ")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("k")
    assert proposed(page) == [NAMES[3], NAMES[2], NAMES[1]]
    box.press("ArrowUp")
    box.press("Enter")
    expect(box).to_have_value(f"{NAMES[4]}, {NAMES[1]}, ")


def test_what_is_typed_stays_whatever_is_proposed(page: Page) -> None:
    box = field(page)
    box.press_sequentially("kita")
    box.press("Escape")
    assert proposed(page) == []
    expect(box).to_have_value("kita")
    box.press_sequentially(", xyz")
    assert proposed(page) == []
    box.press("Tab")
    expect(box).to_have_value("kita, xyz")


def test_empty_field_opens_the_whole_list_downwards(page: Page) -> None:
    box = field(page)
    box.focus()
    assert proposed(page) == []
    box.press("ArrowDown")
    assert proposed(page) == [NAMES[0], NAMES[1], NAMES[3], NAMES[2], NAMES[4]]
    page.get_by_role("option", name="Indikatoren").click()
    expect(box).to_have_value(f"{NAMES[1]}, ")
    expect(box).to_be_focused()
