"""What groups show on pages of other apps: the home page and a person's own page."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from workgroups.domain.queries.overview import my_groups


def groups_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Meine Gruppen", for members; ``None`` for everybody else."""
    return {"groups": my_groups(request.visitor)} if request.visitor.is_member else None
