"""Documents that a reader may open. Asked at every search: what is moved or closed is so from the click on."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from dkbm.cms.domain.files import readable_collections
from dkbm.cms.models import NetworkDocument
from dkbm.tenancy.visitor import Visitor


def readable_document_keys(visitor: Visitor) -> QuerySet[Any]:
    """Keys of the entries of all documents that the file view would give this reader, as a subquery."""
    collections = readable_collections(visitor)
    documents = NetworkDocument.objects.filter(collection__in=collections)
    return documents.annotate(entry_key=Cast("pk", CharField())).order_by().values("entry_key")
