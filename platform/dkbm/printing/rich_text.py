"""HTML of an editor as data for a template: paragraphs, headings and lists of runs of text. Never as markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

BOLD, ITALIC = {"b", "strong"}, {"i", "em"}
HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
LISTS = {"ul": "bullets", "ol": "numbers"}
SCHEMES = {"http", "https", "mailto", "tel"}


def blocks_of(html: str, *, base: str) -> list[dict[str, Any]]:
    """``{"kind": "text" | "heading", "runs": […]}`` and ``{"kind": "bullets" | "numbers", "items": [blocks, …]}``.

    A run: ``{"text"}``, with ``bold``, ``italic``, ``url`` where it is so. ``base``: the address against which links
    without a host are read; a link that leads to none of :data:`SCHEMES` is text.
    """
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.root


def paragraphs_of(text: str) -> list[dict[str, Any]]:
    """Of plain text: paragraphs are divided by empty lines."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return [{"kind": "text", "runs": [{"text": part}]} for part in parts if part]


def web_link(address: str) -> dict[str, str]:
    """``url``, and ``text`` as people read it."""
    shown = address.partition("://")[2] or address
    return {"url": address, "text": shown.removeprefix("www.").rstrip("/")}


def is_link(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme in {"mailto", "tel"})


class _Reader(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.root: list[dict[str, Any]] = []
        self._into = [self.root]  # where blocks go; an item of a list opens a place of its own
        self._lists: list[dict[str, Any]] = []
        self._block: dict[str, Any] | None = None
        self._bold = self._italic = 0
        self._urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._bold += tag in BOLD
        self._italic += tag in ITALIC
        if tag == "a":
            self._urls.append(self._address(dict(attrs).get("href") or ""))
        elif tag == "br":
            self._run("\n")
        elif tag in HEADINGS:
            self._begin({"kind": "heading", "level": HEADINGS[tag], "runs": []})
        elif tag in LISTS:
            self.end_block()
            self._lists.append({"kind": LISTS[tag], "items": []})
            self._into[-1].append(self._lists[-1])
        elif tag == "li" and self._lists:
            self.end_block()
            self._into.append([])
            self._lists[-1]["items"].append(self._into[-1])
        elif tag in {"p", "div"}:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        self._bold -= tag in BOLD and self._bold > 0
        self._italic -= tag in ITALIC and self._italic > 0
        if tag == "a" and self._urls:
            self._urls.pop()
        elif tag in HEADINGS or tag in {"p", "div"}:
            self.end_block()
        elif tag == "li" and len(self._into) > 1:
            self.end_block()
            self._into.pop()
        elif tag in LISTS and self._lists:
            self.end_block()
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._block is None and not data.strip():
            return
        self._run(" ".join(data.split("\n")))

    def end_block(self) -> None:
        block, self._block = self._block, None
        if block is not None and any(run["text"].strip() for run in block["runs"]):
            self._into[-1].append(block)

    def _begin(self, block: dict[str, Any]) -> None:
        self.end_block()
        self._block = block

    def _run(self, text: str) -> None:
        if self._block is None:
            self._begin({"kind": "text", "runs": []})
        assert self._block is not None
        run: dict[str, Any] = {"text": text}
        run |= {"bold": True} if self._bold else {}
        run |= {"italic": True} if self._italic else {}
        run |= {"url": self._urls[-1]} if self._urls and self._urls[-1] else {}
        self._block["runs"].append(run)

    def _address(self, href: str) -> str:
        try:
            address = urljoin(self.base, href.strip())
        except ValueError:
            return ""
        return address if href.strip() and is_link(address) else ""
