"""What notifications add to the registries of the apps beside and below."""

from __future__ import annotations

from dkbm.cms.places import HEADER
from dkbm.core.panels import Panel
from dkbm.live.channels import register_channel

from . import panels
from .domain import digest
from .kinds import register_kinds
from .live import BELL, may_hear


def register() -> None:
    register_kinds(digest.KINDS.values())
    HEADER.register(Panel("notifications/_bell.html", panels.bell))
    register_channel(BELL, may_hear)
