"""The HTML part of mails in Chromium: axe-core finds nothing in light and dark, and it fits a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dkbm.notifications.domain.mail_html import html_of
from dkbm.tenancy.context import BoundNetwork
from tests.a11y.axe import AXE, violations
from tests.browser import chromium_path
from tests.notifications.mail_parts import KINDS, mail_of

WIDTHS = (320, 360, 640)


@contextmanager
def open_tab() -> Iterator[Any]:
    """Only once the mails are there: inside of it nothing asks the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.fixture
def mails(in_niedersachsen: BoundNetwork) -> dict[str, str]:
    return {kind: html_of(mail_of(kind, title="Wort" * 60), in_niedersachsen) for kind in KINDS}


def test_every_mail_is_accessible_and_fits(mails: dict[str, str]) -> None:
    asked: list[str] = []
    with open_tab() as tab:
        tab.on("request", lambda request: asked.append(request.url))
        assert complaints(tab, "<p style='color: #dddddd; width: 900px'>blass</p>")
        found = {kind: complaints(tab, html) for kind, html in mails.items()}
    assert {kind: each for kind, each in found.items() if each} == {}
    assert asked == []


def complaints(tab: Any, html: str) -> list[str]:
    tab.set_content(html)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"does not fit {width} px")
        found += violations(tab)
    return found
