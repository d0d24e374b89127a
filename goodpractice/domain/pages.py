"""The Wagtail page of an example: made and named by code, written by editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.domain.pages import area_page
from dkbm.tenancy.visitor import guest
from goodpractice.models import CataloguePage, Transfergegenstand, TransfergegenstandPage
from goodpractice.rules import may_see_item

CATALOGUE_SLUG = "katalog"


@dataclass(frozen=True)
class ItemText:
    """What the page says, as plain text; an empty part is one of which the source says nothing.

    ``figures``: mappings with ``label``, ``value`` and, where known, ``unit`` and ``year``. Timeline, pictures and
    files of the page are its editors' own: no importer brings them, and none takes them away.
    """

    summary: str = ""
    initiierung: str = ""
    meilensteine: str = ""
    etablierung: str = ""
    resources: str = ""
    success_factors: Sequence[str] = ()
    transfer_notes: str = ""
    figures: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def catalogue_page() -> CataloguePage:
    """The page below which the examples lie; made with the first example of a network."""
    return area_page(CataloguePage, title="Gute Praxis", slug=CATALOGUE_SLUG)


def bind_page(item: Transfergegenstand) -> TransfergegenstandPage:
    """The item's page, made (as a draft) or renamed after the row; a page left under the slug is taken up again."""
    parent = catalogue_page()
    page = item.page or TransfergegenstandPage.objects.child_of(parent).filter(slug=item.slug).first()
    if page is None:
        page = TransfergegenstandPage(title=item.title, slug=item.slug, live=False, locale_id=parent.locale_id)
        BasePage.objects.get(pk=parent.pk).add_child(instance=page)
    elif (page.title, page.slug) != (item.title, item.slug):
        _rename(page, item)
    if item.page_id != page.pk:
        item.page = page
        item.save(update_fields=["page"])
    return page


def _rename(page: TransfergegenstandPage, item: Transfergegenstand) -> None:
    """Draft and published text both carry the row's title; a draft stays a draft."""
    had_draft = page.has_unpublished_changes or not page.live
    draft = page.get_latest_revision_as_object()
    draft.title, draft.slug = item.title, item.slug
    revision = draft.save_revision()
    if not had_draft:
        revision.publish()
    else:
        TransfergegenstandPage.objects.filter(pk=page.pk).update(title=item.title, draft_title=item.title)


def write_text(page: TransfergegenstandPage, text: ItemText) -> None:
    """Publish the text; a page that says the same already gets no new revision."""
    values = {
        "summary": text.summary,
        "initiierung": as_html(text.initiierung),
        "meilensteine": as_html(text.meilensteine),
        "etablierung": as_html(text.etablierung),
        "resources": text.resources,
        "success_factors": "\n".join(text.success_factors),
        "transfer_notes": text.transfer_notes,
    }
    figures = [_figure(figure) for figure in text.figures]
    same_figures = [dict(block.value) for block in page.figures] == figures
    if page.live and same_figures and all(getattr(page, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(page, name, value)
    page.figures = [("figure", figure) for figure in figures]
    page.save_revision(clean=False).publish()  # publishing checks it


def as_html(text: str) -> str:
    """Paragraphs of plain text (divided by empty lines) as rich text."""
    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    value = figure["value"]
    shown = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return {"label": figure["label"], "value": shown, "unit": figure.get("unit") or "", "year": figure.get("year")}


def advice(page: TransfergegenstandPage) -> str:
    """Why the CMS leaves this page alone, and what to do instead; "" when no example hangs on it."""
    item = Transfergegenstand.objects.filter(page=page).first()
    if item is None:
        return ""
    return (
        f"Die Seite gehört zum Beispiel „{item.title}“ und bleibt an ihrem Platz: Sie kann hier nicht gelöscht, "
        "verschoben oder kopiert werden. Wenn das Beispiel nicht mehr gelten soll, setzen Sie es unter „Gute Praxis“ "
        "auf „archiviert“."
    )


def for_all(page: TransfergegenstandPage) -> bool:
    """Whether guests may see the example of this page."""
    item = Transfergegenstand.objects.select_related("page").filter(page=page).first()
    return item is not None and bool(may_see_item(guest(), item))
