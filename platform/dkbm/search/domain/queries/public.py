"""What guests may read, as the search would give it to them."""

from __future__ import annotations

from dkbm.search.models import SearchEntry
from dkbm.search.types import DOCUMENT, PAGE
from dkbm.tenancy.visitor import guest

from .candidates import readable
from .pages import restricted_page_keys


def public_addresses() -> list[str]:
    """Paths of all that is public in the bound network, the oldest first; documents are reached by their pages."""
    entries = SearchEntry.objects.filter(readable(guest()).condition, continues=False).exclude(type=DOCUMENT)
    pages = restricted_page_keys(guest())
    return list(entries.exclude(type=PAGE, key__in=pages).order_by("pk").values_list("url", flat=True))
