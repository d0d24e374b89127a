"""What has appeared lately, on the home page and the front page; what editors begin on the first page of ``/cms/``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dkbm.editorial.models import BlickpunktIndexPage

from .domain.queries.publications import issue_rows, newest_publications, published_issues

ISSUES = 1
EARLIER = 2
PUBLICATIONS = 2


def newly_published(request: HttpRequest) -> dict[str, Any] | None:
    """The newest issue and the newest other publications; nothing before the first one."""
    issues = list(published_issues()[:ISSUES])
    publications = list(newest_publications()[:PUBLICATIONS])
    return {"issues": issues, "publications": publications} if issues or publications else None


def front_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The newest issue and earlier ones with their covers, what else has appeared; nothing before the first of all."""
    issues = issue_rows(1 + EARLIER)
    publications = list(newest_publications()[:PUBLICATIONS])
    if not issues and not publications:
        return None
    return {"newest": issues[0] if issues else None, "earlier": issues[1:], "publications": publications}


def begin_issue(request: HttpRequest) -> dict[str, Any] | None:
    index = BlickpunktIndexPage.objects.first()
    if index is None:
        return None
    return {
        "label": _("Neue Ausgabe"),
        "url": reverse("wagtailadmin_pages:add", args=["editorial", "blickpunktpage", index.pk]),
    }


def begin_publication(request: HttpRequest) -> dict[str, Any]:
    return {"label": _("Neue Veröffentlichung"), "url": reverse("dkbm_publications:add")}
