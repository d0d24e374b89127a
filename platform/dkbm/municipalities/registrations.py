"""What the register tells the apps below: a figure on the front page, and the Land in a network's sign."""

from __future__ import annotations

from dkbm.cms.frame import register_districts
from dkbm.cms.places import FRONT_FIGURES
from dkbm.core.panels import Panel

from .domain.queries.own import own_districts
from .panels import number_panel


def fill_registries() -> None:
    register_districts(own_districts)
    FRONT_FIGURES.register(Panel("municipalities/_number_panel.html", number_panel, order=10))
