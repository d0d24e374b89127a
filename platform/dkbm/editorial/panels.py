"""The home page's panel „Neu erschienen“."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .domain.queries.publications import newest_publications, published_issues

ISSUES = 1
PUBLICATIONS = 2


def newly_published(request: HttpRequest) -> dict[str, Any] | None:
    """The newest issue and the newest other publications; nothing before the first one."""
    issues = list(published_issues()[:ISSUES])
    publications = list(newest_publications()[:PUBLICATIONS])
    return {"issues": issues, "publications": publications} if issues or publications else None
