"""Where other apps show something on the page of an example, to whoever may read it; their ``load`` gets the item."""

from __future__ import annotations

from dkbm.core.panels import Place

ITEM = Place("goodpractice.item")
"""Below the text, above similar examples: a ``block`` each."""
