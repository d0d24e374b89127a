"""Reads of issues and publications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Func, IntegerField, QuerySet

from dkbm.cms.models import NetworkTag
from dkbm.editorial.domain.covers import Cover, cover_of
from dkbm.editorial.domain.queries.examples import Example, examples_for
from dkbm.editorial.enums import PublicationKind
from dkbm.editorial.models import BlickpunktPage, Publication
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class PublicationRow:
    """``examples``: those of the catalogue that this visitor may read."""

    publication: Publication
    topics: list[str]
    examples: list[Example]


@dataclass(frozen=True)
class IssueRow:
    """What a list says of an issue."""

    issue: BlickpunktPage
    cover: Cover


SAID = (
    "slug", "title", "series", "number", "year", "publisher", "summary",
    "cover", "cover_alt", "cover_number", "cover_whole",
)  # fmt: skip
"""All that lists say of an issue: its chapters are long."""


def published_issues() -> QuerySet[BlickpunktPage]:
    """Published issues that are open to everybody, the newest first."""
    issues: QuerySet[BlickpunktPage] = BlickpunktPage.objects.live().public()
    return issues.order_by("-year", "-first_published_at", "-pk")


def issue_rows(number: int | None = None) -> list[IssueRow]:
    """The newest so many, or all, with their covers; one query."""
    length = Func(F("chapters"), function="jsonb_array_length", output_field=IntegerField())
    issues = published_issues().select_related("cover").only(*SAID).annotate(chapter_count=length)
    return [IssueRow(issue, cover_of(issue, chapters=issue.chapter_count)) for issue in issues[:number]]


def newest_publications() -> QuerySet[Publication]:
    """Those that have a year, the newest first."""
    return Publication.objects.filter(year__isnull=False)


def publications(kind: str = "") -> QuerySet[Publication]:
    """All of them, or those of one kind: by year, those without a year last."""
    rows: QuerySet[Publication] = Publication.objects.select_related("municipality")
    return rows.filter(kind=kind) if kind else rows


def kinds_present() -> list[tuple[str, str]]:
    """Value and label of the kinds of which there is a publication, in the order of the enumeration."""
    present = set(Publication.objects.order_by().values_list("kind", flat=True).distinct())
    return [(value, str(label)) for value, label in PublicationKind.choices if value in present]


def publication_rows(rows: Iterable[Publication], visitor: Visitor) -> list[PublicationRow]:
    """What a list says of each publication; two queries, whatever the number."""
    rows = list(rows)
    slugs = {slug for row in rows for slug in row.topics}
    topics = dict(NetworkTag.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}
    examples = examples_for({slug for row in rows for slug in row.items}, visitor)
    return [
        PublicationRow(
            row,
            [topics[slug] for slug in row.topics if slug in topics],
            [examples[slug] for slug in row.items if slug in examples],
        )
        for row in rows
    ]
