"""Pages of the CMS in the index, kept up by Wagtail's own page signals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.bound_pages import is_bound
from dkbm.cms.models import HomePage
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, YEAR, FacetValue, tag_values, year_values
from dkbm.search.registry import Entry
from dkbm.search.types import PAGE

from .index import index_object, remove_object


def index_page(page: Any) -> None:
    """Write or remove the entry of a page, according to its present state."""
    entry = page_entry(page)
    if entry is None:
        forget_page(page)
    else:
        index_object(type=PAGE.key, key=entry.key, entry=entry)


def forget_page(page: Any) -> None:
    remove_object(type=PAGE.key, key=str(page.pk))


def index_below(page: Any) -> None:
    """The page and all below it: their addresses have changed."""
    for child in BasePage.objects.filter(path__startswith=page.path).specific().iterator():
        index_page(child)


def page_entries() -> Iterator[Entry]:
    """Entries of all live pages of the bound network."""
    for page in BasePage.objects.live().filter(depth__gt=2).specific().iterator():
        entry = page_entry(page)
        if entry is not None:
            yield entry


def page_entry(page: Any) -> Entry | None:
    """``None`` for drafts, the home page, and pages whose row is found instead (workgroup, example)."""
    page = page.specific
    address = page.get_url_parts()
    if not page.live or isinstance(page, HomePage) or is_bound(page) or address is None:
        return None
    return Entry(
        type=PAGE.key,
        key=str(page.pk),
        slug=page.slug,
        title=page.title,
        body=page_text(page),
        url=address[2],
        visibility=Visibility.PUBLIC,
        date=page.first_published_at,
        facets={TAG: _tags(page), YEAR: _year(page)},
    )


def _year(page: Any) -> list[FacetValue]:
    first = page.first_published_at
    return year_values(timezone.localtime(first).year if first else None)


def _tags(page: Any) -> list[FacetValue]:
    """Of the page types that have tags, whatever their field is called."""
    fields = [field for field in page._meta.many_to_many if isinstance(field, TaggableManager)]
    return [value for field in fields for value in tag_values(getattr(page, field.name).all())]


def page_text(page: Any) -> str:
    """Plain text of what editors wrote into a page's own fields, in order, without the title."""
    own = [field for field in page._meta.local_fields if isinstance(field, models.TextField | models.CharField)]
    parts = [page.search_description]
    for field in [*own, *(field for field in page._meta.local_fields if isinstance(field, StreamField))]:
        value = field.value_from_object(page)
        if isinstance(field, StreamField):
            parts += value.stream_block.get_searchable_content(value)
        elif isinstance(field, RichTextField):
            parts.append(get_text_for_indexing(value))
        elif not field.choices:
            parts.append(value)
    return "\n".join(str(part) for part in parts if part)
