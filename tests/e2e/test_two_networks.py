"""One person in two networks: other rights in each, and a cookie is worth something on its own host only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.e2e import newcomer as way
from tests.e2e.fixtures import sign_in
from tests.e2e.running_copy import PASSWORD, RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

PERSON = way.Newcomer("Antje", "Lindhorst", "a.lindhorst@niedersachsen.example.org", PASSWORD)


def give_role_of_manager(manager: Page, name: str) -> None:
    manager.goto("/verwaltung/mitglieder/")
    manager.get_by_label("Name, Adresse, Kommune oder Funktion").fill(name)
    manager.locator("main").get_by_role("button", name="Suchen").click()
    manager.get_by_role("link", name=re.compile(f"Rollen.*{name}")).click()
    manager.get_by_label("Rolle geben").check()
    manager.get_by_label("Netzwerkleitung").check()
    manager.get_by_label("Begründung").fill("Vertretung der Leitung")
    manager.get_by_role("button", name="Rolle ändern").click()
    manager.get_by_text("Die Rollen sind geändert.").wait_for()


def join_bayern_by_mailed_link(page: Page, running_copy: RunningCopy) -> None:
    """Signing up with a known address looks like any sign-up; the mail has a link that keeps the account."""
    way.ask_for_admission(page, PERSON)
    mail = running_copy.mail(PERSON.email, "Bayern")
    way.open_link_of_mail(page, running_copy.url("", "/postfach/"), mail, "/konto/beitreten/")
    page.get_by_role("heading", level=1, name="Mitglied werden").wait_for()
    page.get_by_label("Funktion").select_option(label="Bildungsmanagement")
    page.get_by_label("Kommune").select_option(index=1)
    page.get_by_label("Ich stimme den Nutzungsbedingungen zu").check()
    page.get_by_role("button", name="Aufnahme anfragen").click()
    page.get_by_role("heading", level=1, name="Einloggen").wait_for()


def test_manager_of_one_network_is_plain_member_of_another(visit: Visit, running_copy: RunningCopy) -> None:
    give_role_of_manager(visit("niedersachsen", login="leitung"), PERSON.name)
    abroad = visit("bayern")
    join_bayern_by_mailed_link(abroad, running_copy)
    way.admit(visit("bayern", login="leitung"), PERSON)

    sign_in(abroad, PERSON.email)
    assert answers(abroad) == {"/": 200, "/forum/": 200, "/verwaltung/": 403}
    home = visit("niedersachsen", login=PERSON.email)
    assert answers(home) == {"/": 200, "/forum/": 200, "/verwaltung/": 200}


def answers(page: Page) -> dict[str, int]:
    """Path -> status, asked by the page itself."""
    ask = "path => fetch(path).then(answer => answer.status)"
    return {path: page.evaluate(ask, path) for path in ("/", "/forum/", "/verwaltung/")}


def test_cookie_of_one_network_is_anonymous_on_another(visit: Visit, running_copy: RunningCopy) -> None:
    home = visit("niedersachsen", login="leitung")
    abroad = visit("bayern")
    cookies = home.context.cookies()
    assert {cookie["domain"] for cookie in cookies} == {"niedersachsen.localhost"}
    abroad.context.clear_cookies()
    abroad.context.add_cookies([{**cookie, "domain": "bayern.localhost"} for cookie in cookies])
    abroad.goto("/")
    abroad.get_by_role("banner").get_by_role("link", name="Einloggen").wait_for()
    abroad.goto("/verwaltung/")
    abroad.get_by_role("heading", level=1, name="Einloggen").wait_for()
    home.goto("/verwaltung/")
    home.get_by_role("heading", level=1, name="Offene Anfragen").wait_for()
