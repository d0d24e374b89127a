"""Good examples by their slug, as far as the visitor may read them. The search index knows title and address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dkbm.search.enums import Visibility
from dkbm.search.models import SearchEntry
from dkbm.tenancy.visitor import Visitor
from goodpractice.enums import ENTRY_TYPE as EXAMPLE


@dataclass(frozen=True)
class Example:
    slug: str
    title: str
    url: str


def examples_for(slugs: Iterable[str], visitor: Visitor) -> dict[str, Example]:
    """Slug -> example of the bound network's catalogue; what is not there or not for this visitor is left out."""
    slugs = set(slugs)
    if not slugs:
        return {}
    allowed = [Visibility.PUBLIC]
    if visitor.is_member:
        allowed.append(Visibility.MEMBERS)
    found = SearchEntry.objects.filter(type=EXAMPLE, slug__in=slugs, visibility__in=allowed)
    return {row.slug: Example(row.slug, row.title, row.url) for row in found.only("slug", "title", "url")}
