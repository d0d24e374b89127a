"""Whoever accepts the terms accepts a text: it is recorded by its version, so another text is another version."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from bs4 import BeautifulSoup
from django.test import Client

from dkbm.accounts.enums import TERMS_VERSION
from dkbm.tenancy.context import BoundNetwork

TEXTS = {
    "2026-11-29": "22a0e31a4ccf713b",
}
"""Version -> digest of what people read. A changed text fails here: give it a version, and add a line."""


def test_text_of_the_terms_is_the_one_of_its_version(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    page = BeautifulSoup(client_of(niedersachsen).get("/konto/nutzungsbedingungen/").text, "html.parser")
    text = " ".join(page.select_one("main .text").get_text(" ").split())
    assert sha256(text.encode()).hexdigest()[:16] == TEXTS[TERMS_VERSION]
    assert "Fassung 29. November 2026" in page.main.text
