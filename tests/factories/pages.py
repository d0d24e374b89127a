"""Pages of the CMS; call inside a binding."""

from __future__ import annotations

from typing import Any

from dkbm.cms.models import HomePage, StandardPage


def make_page(slug: str = "ueber-uns", parent: Any = None, live: bool = True) -> StandardPage:
    """A page with a text and a hint, below the home page unless told otherwise."""
    parent = parent or HomePage.objects.get()
    page = StandardPage(
        title=f"Seite {slug}",
        slug=slug,
        introduction="Wer wir sind",
        body=[
            ("text", "<p>Eine <b>Transferagentur</b> für Xylophone</p>"),
            ("hint", {"title": "Ort", "text": "<p>Hannover</p>"}),
        ],
        live=live,
    )
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
    return page
