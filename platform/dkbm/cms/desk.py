"""The first page of ``/cms/``: what an editor begins, and what waits; what is to be approved Wagtail itself shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.places import DESK_BEGIN, DESK_WAITING

SHOWN = 5
"""So many rows of a pile; whoever has more begins with these."""


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Pile:
    """``rows``: at most :data:`SHOWN`. ``all_url``: where the others are; empty when there are no more."""

    heading: str
    rows: Sequence[Row]
    all_url: str = ""


class BeginPanel(Component):
    """Leads to empty forms."""

    order = 100
    template_name = "cms/_desk_begins.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"begin": DESK_BEGIN.panels(parent_context["request"])}


class WaitingPanel(Component):
    """Behind what is to be approved, before what one edited last."""

    order = 230
    template_name = "cms/_desk_piles.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": DESK_WAITING.panels(parent_context["request"])}


def drafts(request: HttpRequest) -> dict[str, Any] | None:
    """Pages with changes that nobody sees yet, the latest first."""
    pages = BasePage.objects.filter(has_unpublished_changes=True).annotate_approved_schedule()
    waiting = pages.filter(_approved_schedule=False).order_by("-latest_revision_created_at", "-pk")
    return pile(
        _("Entwürfe"),
        [Row(page.draft_title or page.title, _edit(page.pk), _changed(page)) for page in waiting[: SHOWN + 1]],
        reverse("wagtailadmin_reports:site_history"),
    )


def scheduled(request: HttpRequest) -> dict[str, Any] | None:
    """Pages that will be published by themselves, the next first."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    rows = [
        Row(
            str(revision.content.get("title", "")),
            _edit(int(revision.object_id)),
            _("erscheint am %(day)s") % {"day": _moment(revision.approved_go_live_at)},
        )
        for revision in revisions[: SHOWN + 1]
    ]
    return pile(_("Geplant"), rows, reverse("wagtailadmin_reports:site_history"))


def pile(heading: str, rows: Sequence[Row], all_url: str) -> dict[str, Any] | None:
    """What a panel of the desk shows. ``rows``: one more than :data:`SHOWN`, where there are more."""
    if not rows:
        return None
    return {"pile": Pile(heading, rows[:SHOWN], all_url if len(rows) > SHOWN else "")}


def _edit(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _changed(page: BasePage) -> str:
    state = _("Änderungen an einer veröffentlichten Seite") if page.live else _("noch nicht veröffentlicht")
    if page.latest_revision_created_at is None:
        return state
    return _("%(state)s, bearbeitet am %(day)s") % {"state": state, "day": _moment(page.latest_revision_created_at)}


def _moment(moment: Any) -> str:
    return date_format(localtime(moment), "j. F Y, G:i")
