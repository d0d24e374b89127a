"""Where other apps show something on a network's home page, and on the first page of ``/cms/``."""

from __future__ import annotations

from dkbm.core.panels import Place

HOME_MAIN = Place("cms.home.main")
HOME_ASIDE = Place("cms.home.aside")
DESK_BEGIN = Place("cms.desk.begin")
"""What an editor begins most often: ``{"label", "url"}``, drawn by ``cms/_desk_begin.html``."""
DESK_WAITING = Place("cms.desk.waiting")
"""What waits for an editor: a ``dkbm.cms.desk.Pile`` as ``{"pile"}``, drawn by ``cms/_desk_pile.html``."""
