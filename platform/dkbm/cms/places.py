"""Where other apps show something on a network's home page: its members' own, and the front page for guests."""

from __future__ import annotations

from dkbm.core.panels import Place

HOME_MAIN = Place("cms.home.main")
HOME_ASIDE = Place("cms.home.aside")

FRONT_FIGURES = Place("cms.front.figures")
"""A number and what it counts: a ``dt`` and a ``dd``."""
FRONT_PICTURE = Place("cms.front.picture")
"""Beside the first words."""
FRONT_DATE = Place("cms.front.date")
FRONT_MAIN = Place("cms.front.main")
FRONT_JOINING = Place("cms.front.joining")
"""Beside the steps by which one joins."""
