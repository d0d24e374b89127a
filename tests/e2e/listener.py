"""What the pages of a tab ask for, and what the browser complains about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Browsers log an error for every page that is answered with 4xx or 5xx, which some are on purpose.
ANSWERED = "Failed to load resource: the server responded with a status of"


class Listener:
    """Collects what the pages of one context ask for and complain about."""

    def __init__(self, page: Page) -> None:
        self.hosts: Counter[str] = Counter()
        self.complaints: list[str] = []
        page.on("request", self._requested)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _requested(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"}:
            self.hosts[address.netloc] += 1

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            self.complaints.append(message.text)
