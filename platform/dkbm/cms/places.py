"""Where other apps show something on a network's home page."""

from __future__ import annotations

from dkbm.core.panels import Place

HOME_MAIN = Place("cms.home.main")
HOME_ASIDE = Place("cms.home.aside")
