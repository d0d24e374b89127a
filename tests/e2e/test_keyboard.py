"""The way through the platform by keyboard alone, with the focus always to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.e2e import newcomer as way
from tests.e2e.keyboard import tab_to
from tests.e2e.page_types import EXAMPLE, MEETING_TITLE, TOPIC
from tests.e2e.running_copy import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    Visit = Callable[..., Page]


def follow(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_member_needs_no_mouse(visit: Visit) -> None:
    page = visit("niedersachsen")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    sign_in_by_keyboard(page)
    write_by_keyboard(page)
    find_by_keyboard(page)
    register_by_keyboard(page)


def sign_in_by_keyboard(page: Page) -> None:
    follow(page, page.get_by_role("banner").get_by_role("link", name="Einloggen"))
    page.get_by_role("heading", level=1, name="Einloggen").wait_for()
    tab_to(page, page.locator("main [name=login]"))
    page.keyboard.type("p.rautenberg@niedersachsen.example.org")
    tab_to(page, page.locator("main [name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".me.in").wait_for()


def write_by_keyboard(page: Page) -> None:
    follow(page, page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Arbeitsgruppen"))
    page.get_by_role("heading", level=1, name="Arbeitsgruppen").wait_for()
    follow(page, page.locator("main").get_by_role("link", name=way.WORKGROUP))
    follow(page, page.get_by_role("link", name="Zum Forum der Gruppe"))
    follow(page, page.locator("main").get_by_role("link", name=TOPIC))
    page.get_by_role("heading", level=1, name=TOPIC).wait_for()
    text = f"Nur mit der Tastatur {uuid4().hex}"
    tab_to(page, page.locator(".write textarea"))
    page.keyboard.type(text)
    follow(page, page.get_by_role("button", name="Antwort veröffentlichen"))
    page.locator("article.post", has_text=text).wait_for()


def find_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_role("combobox", name="Alles durchsuchen"))
    page.keyboard.type("Führungscockpit")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Führungscockpit").wait_for()
    follow(page, page.locator("main").get_by_role("link", name=EXAMPLE))
    page.get_by_role("heading", level=1, name=EXAMPLE).wait_for()
    tab_to(page, page.locator(".contact a.phone"))


def register_by_keyboard(page: Page) -> None:
    page.goto("/veranstaltungen/")
    follow(page, page.locator("main").get_by_role("link", name=MEETING_TITLE))
    follow(page, page.locator("main").get_by_role("link", name="Anmelden", exact=True))
    page.get_by_role("button", name="Verbindlich anmelden").wait_for()
    morning = page.get_by_role("group", name="Werkstatt am Vormittag").get_by_role("radio")
    tab_to(page, morning)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert morning.nth(1).is_checked()
    tab_to(
        page,
        page.get_by_label("Mein Name darf auf der Teilnahmeliste stehen."),
    )
    page.keyboard.press("Space")
    follow(page, page.get_by_role("button", name="Verbindlich anmelden"))
    page.get_by_text("Sie sind angemeldet").first.wait_for()
