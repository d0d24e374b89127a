"""From a mail address to a colleague: sign-up, admission, forum, good practice, Blickpunkt, annual meeting."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage
from typing import TYPE_CHECKING
from uuid import uuid4

from icalendar import Calendar

from tests.e2e import newcomer as way
from tests.e2e.page_types import EXAMPLE, ISSUE, ITEM, MEETING, MEETING_TITLE, TOPIC
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]


def test_newcomer_finds_colleagues_examples_and_the_meeting(visit: Visit, running_copy: RunningCopy) -> None:
    person = way.a_newcomer()
    page = visit("niedersachsen")
    way.ask_for_admission(page, person)
    mailbox = running_copy.url("", "/postfach/")
    way.open_link_of_mail(page, mailbox, running_copy.mail(person.email), "/konto/confirm-email/")
    way.confirm_address(page)
    page.goto("/konto/")
    page.get_by_role("heading", name="Stand Ihrer Anfrage").wait_for()
    assert way.WORKGROUP in page.get_by_text("Angefragt").inner_text()
    page.goto("/forum/")
    page.get_by_role("heading", level=1, name="für Mitglieder").wait_for()

    way.admit(visit("niedersachsen", login="leitung"), person)
    way.open_link_of_mail(page, mailbox, running_copy.mail(person.email, "Sie sind jetzt Mitglied"), "localhost")

    way.open_topic(page, TOPIC)
    question = f"Wer schreibt die Kurzfassung? {uuid4().hex}"
    way.write_post(page, question)

    colleague = visit("niedersachsen", login="mitglied")
    way.open_topic(colleague, TOPIC)
    colleague.locator("article.post", has_text=question).wait_for()
    answer = f"Bei uns das Bildungsbüro. {uuid4().hex}"
    way.write_post(colleague, answer)
    show_live_post(page, answer)

    way.find_item(page, "Führungscockpit Bildungsbericht", EXAMPLE)
    assert page.url.endswith(ITEM)
    assert page.locator(".contact a.phone").get_attribute("href").startswith("tel:")

    page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Wissen").click()
    page.locator(f'main a[href="{ISSUE}"]').first.click()
    page.locator("main h2").nth(1).wait_for()

    way.register_for_meeting(page, MEETING_TITLE)
    confirmation = running_copy.mail(person.email, "Jahrestreffen")
    assert calendar_of(running_copy.raw_mail(confirmation)).walk("VEVENT")[0]["SUMMARY"] == MEETING_TITLE
    way.open_link_of_mail(page, mailbox, confirmation, "/veranstaltungen/abmelden/")
    page.get_by_role("button", name="Ja, abmelden").click()
    page.get_by_text("Sie sind abgemeldet").wait_for()
    page.goto(MEETING)
    page.locator("main").get_by_role("link", name="Anmelden", exact=True).wait_for()


def show_live_post(page: Page, text: str) -> None:
    """The post comes by itself: in the list, or behind the button where somebody is reading further up."""
    page.evaluate("window.notReloaded = true")
    button = page.locator("[data-show-posts]")
    post = page.locator("article.post", has_text=text)
    post.or_(button.and_(page.locator(":not([hidden])"))).first.wait_for()
    if button.is_visible():
        button.click()
    post.wait_for()
    assert page.evaluate("window.notReloaded")


def calendar_of(raw: bytes) -> Calendar:
    """The calendar file of a mail."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    (part,) = [part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(part.get_content())
