"""A part of a page is called ``_x.html``, a page ``x.html``: what one gets is seen where it is named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import called_name, calls, python_files
from tests.themes.source import OF_DJANGO_AND_WAGTAIL, includes, is_part, templates

WHOLE = re.compile(r"\{% extends |<!doctype html>", re.IGNORECASE)


def is_badly_named(name: str, text: str) -> bool:
    """Frames, which extend another one, count as pages."""
    return not name.startswith(OF_DJANGO_AND_WAGTAIL) and is_part(name) == bool(WHOLE.search(text))


def put_into_pages() -> Iterator[str]:
    """Included templates, and those that apps register for the pages of others."""
    for text in templates().values():
        yield from (include.template for include in includes(text) if include.template)
    for path in python_files():
        for call in calls(path):
            if (
                called_name(call).endswith(("Panel", "Section"))
                and call.args
                and isinstance(call.args[0], ast.Constant)
            ):
                yield str(call.args[0].value)


def test_parts_and_pages_are_told_apart_by_name() -> None:
    assert [name for name, text in templates().items() if is_badly_named(name, text)] == []
    assert is_badly_named("forum/post.html", "<article></article>")
    assert is_badly_named("forum/_index.html", '{% extends "base.html" %}')


def test_only_parts_are_put_into_pages() -> None:
    put_in = {
        name for name in put_into_pages() if name.endswith(".html") and not name.startswith(OF_DJANGO_AND_WAGTAIL)
    }

    assert {"forum/_post.html", "forum/_news_panel.html", "workgroups/_my_groups_panel.html"} <= put_in
    assert [name for name in sorted(put_in) if not is_part(name)] == []
