"""What the browser shows and does, without a browser: the rules of ``parts.js`` and ``forum-topic.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from forum.models import Topic


class Reader:
    """Somebody with the page of a topic open, who shows all posts at once. ``parts``: by name, as HTML."""

    def __init__(self, client: Client, topic: Topic) -> None:
        self.client, self.url = client, topic.get_absolute_url()
        page = soup_of(client.get(self.url).text)
        live = page.select_one("[data-live]")
        assert live is not None
        self.revision = int(str(live["data-revision"]))
        self.own_kinds = str(live.get("data-own-kinds", "")).split()
        self.parts = dict(parts_in(page))

    def hear(self, message: dict[str, Any]) -> None:
        if message["type"] != "parts" or message["revision"] <= self.revision:
            return
        if message["revision"] > self.revision + 1 or any(map(self.is_personal, message["parts"])):
            self.fetch()
            return
        self.revision = message["revision"]
        for part in message["parts"]:
            if "html" in part:
                self.take(soup_of(part["html"]))

    def is_personal(self, part: dict[str, str]) -> bool:
        shown = self.parts.get(part["part"])
        if "html" not in part:
            return shown is not None
        return part["part"].split(":")[0] in self.own_kinds or "data-own" in (shown or "")

    def fetch(self) -> None:
        """Until there is no more."""
        more = True
        while more:
            answer = soup_of(self.client.get(f"{self.url}beitraege/", {"stand": self.revision}).text)
            found = answer.select_one("[data-parts]")
            assert found is not None
            self.revision = max(self.revision, int(str(found["data-revision"])))
            self.take(answer)
            more = found.has_attr("data-more")

    def take(self, html: BeautifulSoup) -> None:
        """Replace what is there; posts are put in, other parts have their place or none."""
        within = {str(part["data-part"]) for part in html.select("[data-part] [data-part]")}
        found = dict(parts_in(html))
        for name in found:
            if name.startswith("post:"):
                self.parts.pop(name.replace("post:", "helpful:"), None)  # it stood within
        for name, text in found.items():
            if name in self.parts or name.startswith("post:") or name in within:
                self.parts[name] = text


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def parts_in(html: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Name and HTML of each part, without what is new in every answer: keys of forms."""
    parts = html.select("[data-part]")
    # What is within another is a part of its own, so it is taken before that one is emptied of it.
    texts = {id(part): _without_keys(part) for part in reversed(parts)}
    for part in parts:
        yield str(part["data-part"]), texts[id(part)]


def _without_keys(part: Tag) -> str:
    for field in part.select("[name=csrfmiddlewaretoken], [name=client_key]"):
        del field["value"]
    for inner in part.select("[data-part]"):
        inner.clear()  # a part of its own
    for button in part.select("[data-helpful]"):
        button.clear()  # drawn by forum-helpful.js
    return re.sub(r"\s+", " ", str(part))
