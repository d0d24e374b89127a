"""Issues of the Blickpunkt in the search, as pages; written when they are published and withdrawn."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterator

from django.utils.html import strip_tags

from dkbm.editorial.domain.queries.publications import published_issues
from dkbm.editorial.models import BlickpunktPage, TaggedBlickpunkt
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.registry import Entry


def index_issue(page: BlickpunktPage) -> None:
    """Write the entry of a published issue, or take it out: a draft and a page with restrictions are not found."""
    if page.live and not page.get_view_restrictions().exists():
        entry = entry_of(page, [tag.name for tag in page.topics.all()])
        index_object(type=entry.type, key=entry.key, entry=entry)
    else:
        forget_issue(page)


def forget_issue(page: BlickpunktPage) -> None:
    remove_object(type="page", key=str(page.pk))


def all_entries() -> Iterator[Entry]:
    topics = defaultdict(list)
    for row in TaggedBlickpunkt.objects.select_related("tag"):
        topics[row.content_object_id].append(row.tag.name)
    for page in published_issues():
        yield entry_of(page, topics[page.pk])


def entry_of(page: BlickpunktPage, topics: list[str]) -> Entry:
    texts = [page.edition, page.summary, page.lead, page.workgroups, *plain_texts(page)]
    return Entry(
        type="page",
        key=str(page.pk),
        slug=page.slug,
        title=page.title,
        body="\n".join(text for text in texts if text),
        url=page.url_path_here,
        visibility="public",
        date=page.first_published_at,
        facets={"topic": topics},
    )


def plain_texts(page: BlickpunktPage) -> Iterator[str]:
    """Everything that the chapters say, without markup."""
    for chapter in page.chapters:
        yield str(chapter.value["title"])
        yield from _texts_of(chapter.value["body"].get_prep_value())


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield html.unescape(strip_tags(value.replace("<", " <")))
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"id", "type", "slug"}:
                yield from _texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_of(part)
