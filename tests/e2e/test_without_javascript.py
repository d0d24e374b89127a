"""The newcomer's way with JavaScript switched off: all of it but the live part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.e2e import newcomer as way
from tests.e2e.page_types import EXAMPLE, ISSUE, MEETING_TITLE, TOPIC
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]


def test_way_of_a_newcomer_needs_no_javascript(visit: Visit, running_copy: RunningCopy) -> None:
    person = way.a_newcomer()
    page = visit("niedersachsen", java_script_enabled=False)
    way.ask_for_admission(page, person)
    mailbox = running_copy.url("", "/postfach/")
    way.open_link_of_mail(page, mailbox, running_copy.mail(person.email), "/konto/confirm-email/")
    way.confirm_address(page)
    way.admit(visit("niedersachsen", login="leitung", java_script_enabled=False), person)

    way.open_topic(page, TOPIC)
    way.write_post(page, f"Ohne JavaScript geschrieben {uuid4().hex}")
    way.find_item(page, "Führungscockpit Bildungsbericht", EXAMPLE)
    assert page.locator(".contact a.phone").count() == 1
    page.goto(ISSUE)
    assert page.locator("main h2").count() > 1

    way.register_for_meeting(page, MEETING_TITLE)
    way.open_link_of_mail(page, mailbox, running_copy.mail(person.email, "Jahrestreffen"), "/veranstaltungen/abmelden/")
    page.get_by_role("button", name="Ja, abmelden").click()
    page.get_by_text("Sie sind abgemeldet").wait_for()


def test_small_screen_offers_the_areas_without_javascript(visit: Visit) -> None:
    page = visit("niedersachsen", java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.locator("summary", has_text="Menü").click()
    page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Gute Praxis").click()
    page.get_by_role("heading", level=1, name="Gute Praxis").wait_for()


def test_small_screen_unfolds_more_filters_by_keyboard_without_javascript(visit: Visit) -> None:
    page = visit(
        "niedersachsen",
        "/katalog/?art=instrument",
        java_script_enabled=False,
        viewport={"width": 320, "height": 640},
    )
    assert page.get_by_label("Kommune").is_visible()
    phase = page.get_by_label("Bildungsphase")
    assert not phase.is_visible()
    page.locator("summary", has_text="Mehr Filter").press("Enter")
    phase.wait_for(state="visible")
    phase.select_option(index=1)
    page.get_by_role("button", name="Filter anwenden").click()
    page.get_by_label("Bildungsphase").wait_for(state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
