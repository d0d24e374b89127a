"""What has appeared lately, on the home page and on the front page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dkbm.cms.showing import shown_picture

from .domain.queries.publications import newest_publications, published_issues

COVER_SIZE = "max-400x560"
ISSUES = 1
EARLIER = 2
FRONT = ("slug", "title", "series", "number", "year", "summary", "cover")
"""All that is said of an issue on the front page: its chapters are long."""
PUBLICATIONS = 2


def newly_published(request: HttpRequest) -> dict[str, Any] | None:
    """The newest issue and the newest other publications; nothing before the first one."""
    issues = list(published_issues()[:ISSUES])
    publications = list(newest_publications()[:PUBLICATIONS])
    return {"issues": issues, "publications": publications} if issues or publications else None


def front_issue(request: HttpRequest) -> dict[str, Any] | None:
    """The newest issue with its cover (none: it is drawn), and the ones before it; nothing before the first one."""
    issues = list(published_issues().select_related("cover").only(*FRONT)[: 1 + EARLIER])
    if not issues:
        return None
    newest, *earlier = issues
    return {"issue": newest, "cover": shown_picture(newest.cover, COVER_SIZE), "earlier": earlier}
