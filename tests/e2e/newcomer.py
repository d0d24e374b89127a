"""The way of a newcomer, step by step, as the tests walk it: with and without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from dkbm.demo.postfach.mailbox import Mail

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORKGROUP = "AG 1 Kommunales Bildungsmanagement"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is nobody's member yet."""

    first_name: str
    last_name: str
    email: str
    password: str = "Ein-langes-Passwort-7"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def a_newcomer() -> Newcomer:
    """Another one each time: tests share the copy."""
    mark = uuid4().hex[:8]
    return Newcomer("Frauke", f"Neuhaus {mark}", f"f.neuhaus-{mark}@landkreis-verden.example.org")


def ask_for_admission(page: Page, person: Newcomer) -> None:
    """Fills in the sign-up form."""
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Registrieren").click()
    page.get_by_label("Vorname").fill(person.first_name)
    page.get_by_label("Nachname").fill(person.last_name)
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(person.email)
    page.get_by_label("Passwort").fill(person.password)
    page.get_by_label("Funktion").select_option(label="Bildungsmanagement")
    page.get_by_label("Kommune").select_option(label="Landkreis Verden")
    page.get_by_label("Ich stimme den Nutzungsbedingungen zu").check()
    page.get_by_role("button", name="Registrieren").click()
    page.get_by_role("heading", level=1, name="Bitte sehen Sie in Ihrem Postfach nach").wait_for()


def open_link_of_mail(page: Page, mailbox: str, mail: Mail, part: str) -> None:
    """Opens the mail in the mailbox at the address ``mailbox`` and the first link in it with ``part``."""
    page.goto(f"{mailbox}{mail.key}/")
    page.locator(f'main .text a[href*="{part}"]').first.click()


def confirm_address(page: Page) -> None:
    """On the page of the mailed link, in the browser of the sign-up: no password is asked, and one is signed in."""
    assert page.get_by_label("Ihr Passwort").count() == 0
    page.get_by_role("button", name="Adresse bestätigen").click()
    page.get_by_role("banner").get_by_text("Eingeloggt als").wait_for(state="attached")


def admit(manager: Page, person: Newcomer) -> None:
    """A manager finds the request and admits."""
    manager.goto("/verwaltung/")
    manager.get_by_role("button", name=re.compile(f"Aufnehmen.*{person.name}")).click()
    manager.get_by_text(f"{person.name} ist aufgenommen.").wait_for()


def open_topic(page: Page, title: str) -> None:
    """From the home page by the group and its forum to a topic."""
    page.goto("/")
    page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Arbeitsgruppen").click()
    page.get_by_role("link", name=WORKGROUP).first.click()
    page.get_by_role("link", name="Zum Forum der Gruppe").click()
    page.get_by_role("link", name=title).click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def write_post(page: Page, text: str) -> None:
    """Answers in the topic that is open, and sees the own post."""
    page.locator(".write textarea").fill(text)
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    page.locator("article.post", has_text=text).wait_for()


def find_item(page: Page, words: str, title: str) -> None:
    """By the search box to an example of good practice."""
    page.get_by_label("Alles durchsuchen").fill(words)
    page.get_by_role("banner").get_by_role("button", name="Suchen").click()
    page.locator("main").get_by_role("link", name=title).first.click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def register_for_meeting(page: Page, meeting: str) -> None:
    """From the list of events; the first workshops of morning and afternoon."""
    page.goto("/")
    page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Termine").click()
    page.locator("main").get_by_role("link", name=meeting).first.click()
    page.locator("main").get_by_role("link", name="Anmelden", exact=True).click()
    for workshop in ("Werkstatt am Vormittag", "Werkstatt am Nachmittag"):
        page.get_by_role("group", name=workshop).get_by_role("radio").first.check()
    page.get_by_role("button", name="Verbindlich anmelden").click()
    page.get_by_text("Sie sind angemeldet").first.wait_for()
