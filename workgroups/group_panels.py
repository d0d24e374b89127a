"""Registry of blocks on the pages of groups, filled by the apps above in ``ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dkbm.tenancy.http import NetworkRequest
from workgroups.models import Workgroup


@dataclass(frozen=True)
class GroupPanel:
    """A block for whoever may read the group. ``load(request, group)`` returns the template's context."""

    template: str
    load: Callable[[NetworkRequest, Workgroup], dict[str, Any]]


_panels: list[GroupPanel] = []


def register_group_panel(panel: GroupPanel) -> None:
    """Show ``panel`` on the page of every group."""
    _panels.append(panel)


def group_panels(request: NetworkRequest, group: Workgroup) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each panel; ask only for groups that the visitor may read."""
    return [(panel.template, panel.load(request, group)) for panel in _panels]
