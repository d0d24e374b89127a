"""Which pages are looked at, and as whom. Plain values, for the benchmarks and for the budget test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

EMPTY = "framed empty page"
"""A member's page that says two sentences: what every page pays for its frame."""


@dataclass(frozen=True)
class Page:
    """``person``: one of ``data.network.Cast``, or empty for a guest."""

    name: str
    path: str
    person: str = "member"


def pages(described: Mapping[str, Any]) -> list[Page]:
    """All that are measured; ``described`` is what ``data.network.describe`` says."""
    return [
        Page(EMPTY, "/konto/austreten/"),
        Page("home", "/"),
        Page("home, guest", "/", ""),
        Page("forum", "/forum/"),
        Page("forum, never reads", "/forum/", "never"),
        Page("topics, first page", "/forum/netzweit/"),
        Page("topics, deep page", f"/forum/netzweit/?sortieren=letzter-beitrag&ab={described['deep']}"),
        Page("topic of 20", described["topic"]),
        Page("topic of 20, never reads", described["topic"], "never"),
        Page("topic of 20, manager", described["topic"], "manager"),
        Page("long topic", described["long topic"]),
        Page("catalogue", "/katalog/"),
        Page("catalogue, guest", "/katalog/", ""),
        Page("item", "/katalog/beispiel-1/"),
        Page("AG", "/ag/ag-1/"),
        Page("search", f"/suche/?q={quote_plus(described['words']['two words'])}"),
        Page("events", "/veranstaltungen/"),
        Page("event", "/veranstaltungen/treffen-0/"),
        Page("account", "/konto/"),
    ]
