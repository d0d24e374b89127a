"""Where other apps show something beside the results of a search; their ``load`` gets the ``forms.Asked``."""

from __future__ import annotations

from dkbm.core.panels import Place

RESULTS = Place("search.results")
