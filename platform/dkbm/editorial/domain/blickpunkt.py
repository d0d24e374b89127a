"""The index page and its issues as importers write them. Editors write the same pages in /cms/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from dkbm.cms.blocks import RICH_TEXT
from dkbm.cms.domain.pages import area_page
from dkbm.cms.domain.tags import add_tags, tags_by_slug
from dkbm.cms.models import NetworkTag
from dkbm.editorial.models import INDEX_SLUG, BlickpunktIndexPage, BlickpunktPage
from dkbm.search.models import SearchEntry
from goodpractice.enums import ENTRY_TYPE as EXAMPLE

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
HINT_RICH_TEXT = ["bold", "italic", "ul", "link"]


@dataclass(frozen=True)
class Chapter:
    """``blocks``: (type, value) as a ``ChapterBodyBlock`` takes them, for example ``("text", "<p>…</p>")``."""

    title: str
    blocks: Sequence[tuple[str, Any]] = field(default_factory=tuple)


@dataclass(frozen=True)
class IssueValues:
    """What an issue says. ``chapters``: titles, or chapters with their blocks; ``topics``: slugs.

    ``items``: slugs of good examples of the catalogue; those that no chapter names become a last chapter.
    """

    title: str
    year: int
    summary: str
    series: str = "Blickpunkt"
    number: str = ""
    publisher: str = ""
    lead: str = ""
    chapters: Sequence[str | Chapter] = ()
    items: Sequence[str] = ()
    topics: Sequence[str] = ()
    workgroups: str = ""
    website: str = ""
    source: str = ""
    cover_number: int | None = None
    cover_whole: int | None = None


PLAIN_FIELDS = (
    "title", "year", "summary", "series", "number", "publisher", "lead", "workgroups", "website", "source",
    "cover_number", "cover_whole",
)  # fmt: skip


@transaction.atomic
def found_index() -> BlickpunktIndexPage:
    """The network's page ``/blickpunkt/``, made and published where it is missing."""
    return area_page(
        BlickpunktIndexPage,
        title="Blickpunkt",
        slug=INDEX_SLUG,
        introduction=_("Die Reihe der Transferagentur: ein Thema je Heft, mit Stimmen, Zahlen und guten Beispielen."),
    )


@transaction.atomic
def save_blickpunkt(slug: str, values: IssueValues) -> BlickpunktPage:
    """Publish the issue with this slug, or bring it to these values. For importers: editors write the page itself.

    An issue that an editor has changed since stays as it is; so does one that says the same already (no new
    revision). Raises ``ValidationError``.
    """
    index = found_index()
    page = BlickpunktPage.objects.child_of(index).filter(slug=slug).first()
    if page is not None and page.revisions.filter(user__isnull=False).exists():
        return page
    content, tags = _chapters(values.chapters, values.items), _tags(values.topics)
    if page is not None and _says_the_same(page, values, content, tags):
        return page
    new = page is None
    page = page or BlickpunktPage(slug=slug, locale=index.locale, network_id=index.network_id)
    for name in PLAIN_FIELDS:
        setattr(page, name, getattr(values, name))
    page.chapters = content
    if new:
        index.add_child(instance=page)
    page.topics.set(tags)
    page.save_revision().publish()
    return page


def _chapters(chapters: Iterable[str | Chapter], items: Iterable[str]) -> list[tuple[str, Any]]:
    parts = [Chapter(chapter) if isinstance(chapter, str) else chapter for chapter in chapters]
    named = {value["slug"] for part in parts for kind, value in part.blocks if kind == "good_example"}
    slugs = [slug for slug in items if slug not in named]
    rows = SearchEntry.objects.filter(type=EXAMPLE, slug__in=slugs)
    titles = dict(rows.values_list("slug", "title"))
    examples = [("good_example", {"title": titles[slug], "slug": slug, "text": ""}) for slug in slugs if slug in titles]
    if examples:
        parts.append(Chapter(_("Gute Beispiele aus diesem Heft"), examples))
    return [("chapter", {"title": part.title, "body": [_clean(*block) for block in part.blocks]}) for part in parts]


def _clean(kind: str, value: Any) -> tuple[str, Any]:
    """Rich text as the editor in /cms/ would have saved it: what it does not know is gone."""
    if kind == "text":
        return kind, _clean_rich_text(value, RICH_TEXT)
    if kind == "hint":
        return kind, {**value, "text": _clean_rich_text(value["text"], HINT_RICH_TEXT)}
    return kind, value


def _clean_rich_text(value: str, features: list[str]) -> str:
    converter = ContentstateConverter(features)
    return str(converter.to_database_format(converter.from_database_format(value)))


def _tags(slugs: Iterable[str]) -> list[NetworkTag]:
    """Tags of the network; one that is missing is made, named after its slug."""
    names = {slug: slug.replace("-", " ").capitalize() for slug in slugs}
    add_tags(names)
    known = tags_by_slug()
    return [known[slug] for slug in names]


def _says_the_same(page: BlickpunktPage, values: IssueValues, content: Any, tags: list[NetworkTag]) -> bool:
    if any(getattr(page, name) != getattr(values, name) for name in PLAIN_FIELDS) or not page.live:
        return False
    if {tag.pk for tag in page.topics.all()} != {tag.pk for tag in tags}:
        return False
    wanted = BlickpunktPage(chapters=content).chapters
    return _plain(wanted) == _plain(page.chapters)


def _plain(stream: Any) -> Any:
    """Content without the ids that every stored block, and every paragraph of rich text, gets anew."""
    return _without_ids([dict(block) for block in stream.get_prep_value()])


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(part) for key, part in value.items() if key != "id"}
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    return [_without_ids(part) for part in value] if isinstance(value, list) else value
