"""Fixtures of the browser tests: one copy of the platform for all of them, one Chromium a module."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import chromium_path
from tests.e2e.running_copy import PASSWORD, RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

# Milliseconds; only a test that would hang ends by it.
WAIT = 30_000


@pytest.fixture(scope="session")
def running_copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCopy]:
    """A copy with the demo data, ended after the last test; what it leaves running fails."""
    running = RunningCopy(tmp_path_factory.mktemp("copy"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for the session: while Playwright runs, its event loop is in the way of asynchronous tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, running_copy: RunningCopy) -> Iterator[Callable[..., Page]]:
    """``visit(network, path="/", login="", **options)``: a page of a new browser context, signed in as
    ``login@network.example.org``; options are those of Playwright's ``new_context``.
    """
    contexts: list[BrowserContext] = []

    def make(network: str, path: str = "/", login: str = "", **options: Any) -> Page:
        context = new_context(chromium, running_copy.url(network, ""), **options)
        contexts.append(context)
        page = context.new_page()
        if login:
            sign_in(page, f"{login}@{network}.example.org" if "@" not in login else login)
        page.goto(path)
        return page

    yield make
    for context in contexts:
        context.close()


def new_context(browser: Browser, base_url: str, **options: Any) -> BrowserContext:
    """A German browser of its own, without cookies; ``options`` are Playwright's."""
    context = browser.new_context(base_url=base_url, locale="de-DE", **options)
    context.set_default_timeout(WAIT)
    return context


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """By the form, like a person; the page is then wherever the product leads."""
    page.goto("/konto/login/")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label(re.compile("^Passwort")).fill(password)
    page.locator("main").get_by_role("button", name="Einloggen").click()
    page.get_by_role("banner").get_by_text("Eingeloggt als").wait_for(state="attached")
