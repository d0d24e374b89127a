"""The Wagtail page of an AG: made and named by code, written by editors."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dkbm.cms.domain.pages import area_page, publish_below
from workgroups.models import Workgroup, WorkgroupIndexPage, WorkgroupPage

INDEX_SLUG = "ag"


def index_page() -> WorkgroupIndexPage:
    """The page below which the AGs' pages lie; made with the first AG of a network."""
    return area_page(WorkgroupIndexPage, title="Arbeitsgruppen", slug=INDEX_SLUG)


def create_page(group: Workgroup, *, aims: Sequence[str]) -> WorkgroupPage:
    """First version of the group's page, published.

    A page that an earlier version left under the group's slug is taken up again.
    """
    index = index_page()
    old: WorkgroupPage | None = WorkgroupPage.objects.child_of(index).filter(slug=group.slug).first()
    if old is not None:
        return old
    page = WorkgroupPage(
        title=group.title,
        slug=group.slug,
        introduction=group.description,
        aims=_aims(aims),
        locale_id=index.locale_id,
    )
    publish_below(index, page)
    return page


def _aims(aims: Sequence[str]) -> list[tuple[str, str]]:
    if not aims:
        return []
    items = "".join(f"<li>{escape(aim)}</li>" for aim in aims)
    return [("heading", "Ziele"), ("text", f"<ul>{items}</ul>")]


def retell_page(group: Workgroup, *, before: str) -> None:
    """Name and description go to the page; an introduction that editors have written in its place stays.

    ``before``: the description until now. The new version is published unless a draft of the editors waits.
    """
    page = group.page
    if page is None:
        return
    changes = _changes(group, page, before)
    if not changes:
        return
    has_draft = page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    for field, value in _changes(group, draft, before).items():
        setattr(draft, field, value)
    revision = draft.save_revision()
    if page.live and not has_draft:
        revision.publish()
    else:
        WorkgroupPage.objects.filter(pk=page.pk).update(**changes)


def _changes(group: Workgroup, page: WorkgroupPage, before: str) -> dict[str, str]:
    """What this version of the page has to take over."""
    changes = {}
    if page.title != group.title:
        changes["title"] = group.title
    if page.introduction == before and before != group.description:
        changes["introduction"] = group.description
    return changes


def advice(page: WorkgroupPage) -> str:
    """Why the CMS leaves this page alone, and what to do instead; "" when no group hangs on it."""
    group = Workgroup.objects.filter(page=page).first()
    if group is None:
        return ""
    return (
        f"Die Seite gehört zu „{group.title}“ und bleibt an ihrem Platz: Sie kann hier nicht gelöscht, verschoben "
        "oder kopiert werden. Wenn die Gruppe nicht mehr gebraucht wird, archivieren Sie sie auf ihrer Seite unter "
        "„Gruppe archivieren“."
    )


def for_all(page: WorkgroupPage) -> bool:
    """Everybody reads about an AG and the concept group; sub-groups have no page."""
    return Workgroup.objects.filter(page=page).exists()
