"""What the register tells the apps below: a figure on the front page."""

from __future__ import annotations

from dkbm.cms.places import FRONT_FIGURES
from dkbm.core.panels import Panel

from .panels import number_panel


def fill_registries() -> None:
    FRONT_FIGURES.register(Panel("municipalities/_number_panel.html", number_panel, order=10))
