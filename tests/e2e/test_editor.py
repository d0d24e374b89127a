"""An editor publishes a Blickpunkt, a guest reads it; on another network's host the editor is a stranger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.e2e.fixtures import sign_in
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

EDITOR = "redaktion@niedersachsen.example.org"


def open_new_issue(editor: Page) -> None:
    """From the CMS's start by the tree of pages to the form of a new Blickpunkt."""
    editor.goto("/cms/pages/")
    row = editor.locator("main table tr", has=editor.get_by_role("link", name="Blickpunkt", exact=True)).first
    row.locator("a[href^='/cms/pages/']:not([href*='edit'])").last.click()
    # Only one type of page may stand there, so the choice of types is left out.
    editor.locator("a[href$='/add_subpage/']").first.click()
    editor.locator("[name=title]").wait_for()


def test_editor_publishes_an_issue_that_guests_read(visit: Visit, running_copy: RunningCopy) -> None:
    title = f"Ganztag gestalten {uuid4().hex[:8]}"
    editor = visit("niedersachsen", "/cms/", login="redaktion")
    open_new_issue(editor)
    editor.locator("[name=title]").fill(title)
    editor.locator("[name=year]").fill("2026")
    editor.locator("[name=summary]").fill("Wie Kommunen den Ganztag planen.")
    editor.locator("[name=action-publish]").click()
    editor.locator(".messages .success, [data-messages] .success").first.wait_for()

    guest = visit("niedersachsen", "/blickpunkt/")
    guest.locator("main").get_by_role("link", name=title).first.click()
    guest.get_by_role("heading", level=1, name=title).wait_for()
    guest.get_by_text("Wie Kommunen den Ganztag planen.").wait_for()


def test_editor_is_a_stranger_on_another_networks_host(visit: Visit) -> None:
    abroad = visit("bayern", "/konto/login/")
    abroad.locator("main [name=login]").fill(EDITOR)
    abroad.locator("main [name=password]").fill("demo-passwort")
    abroad.locator("main").get_by_role("button", name="Einloggen").click()
    abroad.locator(".kern-form-input--error, [role=alert]").first.wait_for()
    abroad.goto("/cms/")
    assert abroad.locator("[name=password]").count() == 1
    home = visit("niedersachsen")
    sign_in(home, EDITOR)
    home.goto("/cms/")
    home.get_by_role("heading", level=1).first.wait_for()
