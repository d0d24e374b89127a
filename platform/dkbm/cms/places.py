"""Where other apps show something: on a network's home page, its front page for guests, the first page of ``/cms/``."""

from __future__ import annotations

from dkbm.core.panels import Place

HEADER = Place("cms.header")
"""In the bar of every page beside the account: what members see at a glance."""
HOME_GREETING = Place("cms.home.greeting")
"""Heading and sentence instead of the greeting by name; the first one that has something to say."""
HOME_BAND = Place("cms.home.band")
"""Beside the greeting."""
HOME_FIRST = Place("cms.home.first")
"""What waits for the reader; on small screens above the side."""
HOME_OPEN = Place("cms.home.open")
"""What is open for the reader, in one list at the side: ``li`` with a link and a line of ``meta``."""
HOME_ASIDE = Place("cms.home.aside")
"""At the side, below what is open: one panel each."""
HOME_MAIN = Place("cms.home.main")
"""What there is to read and to do, one section each, below what waits."""
DESK_BEGIN = Place("cms.desk.begin")
"""What an editor begins most often: ``{"label", "url"}``, drawn by ``cms/_desk_begin.html``."""
DESK_WAITING = Place("cms.desk.waiting")
"""What waits for an editor: a ``dkbm.cms.desk.Pile`` as ``{"pile"}``, drawn by ``cms/_desk_pile.html``."""

FRONT_FIGURES = Place("cms.front.figures")
"""A number and what it counts: a ``dt`` and a ``dd``."""
FRONT_PICTURE = Place("cms.front.picture")
"""Beside the first words."""
FRONT_DATE = Place("cms.front.date")
FRONT_MAIN = Place("cms.front.main")
FRONT_JOINING = Place("cms.front.joining")
"""Beside the steps by which one joins."""
