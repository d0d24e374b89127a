"""What a reader may see of the index."""

from __future__ import annotations

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.lookups import In

from dkbm.search.models import SearchEntry
from dkbm.search.types import DOCUMENT, PAGE, type_of
from dkbm.tenancy.visitor import Visitor

from .candidates import readable
from .documents import readable_document_keys
from .pages import restricted_page_keys

_OF_DOCUMENT = Func(F("key"), Value("/"), Value(1), function="split_part", output_field=TextField())
"""The document's id: sections of its text have it before their number."""


def visible_entries(visitor: Visitor, *, type: str = "") -> QuerySet[SearchEntry]:
    """Entries (of one ``type``) that this reader may see: guests what is public, members more, managers every group's.

    Documents and restricted pages are looked up where editors set who reads them; the entry alone does not decide.
    """
    entries: QuerySet[SearchEntry] = SearchEntry.objects.filter(**{"type": type_of(type).key} if type else {})
    allowed = readable(visitor).condition
    if type in ("", DOCUMENT.key):
        documents = readable_document_keys(visitor)
        allowed = Q(In(_OF_DOCUMENT, documents), type=DOCUMENT.key) | (allowed & ~Q(type=DOCUMENT.key))
    entries = entries.filter(allowed)
    if type not in ("", PAGE.key):
        return entries
    hidden = restricted_page_keys(visitor)
    return entries.exclude(type=PAGE.key, key__in=hidden) if hidden else entries
