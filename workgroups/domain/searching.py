"""Groups in the search index."""

from __future__ import annotations

from workgroups.models import Workgroup


def index_group(group: Workgroup) -> None:
    """PLACEHOLDER"""
