"""Rows of search and catalogue; call inside a binding."""

from __future__ import annotations

from typing import Any

from dkbm.search.domain.index import index_object
from dkbm.search.registry import Entry


def make_entry(title: str = "Kooperation", **values: Any) -> Entry:
    """An entry of the index; its key follows from the title."""
    key = values.pop("key", title.lower()[:90])
    entry = Entry(
        **{
            "type": "topic",
            "key": key,
            "slug": key.replace(" ", "-"),
            "title": title,
            "body": "",
            "url": f"/forum/netzweit/{key}/",
            "visibility": "public",
            **values,
        }
    )
    index_object(type=entry.type, key=entry.key, entry=entry)
    return entry
