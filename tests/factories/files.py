"""Documents of the CMS; call inside a binding."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from dkbm.cms.models import NetworkDocument
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Network


def collection(*, public: bool = False) -> Collection:
    """The network's own collection, or „Öffentlich“ below it."""
    row = Network.objects.get(pk=require_network().id)
    return Collection.objects.get(pk=row.public_collection_id if public else row.collection_id)


def make_document(title: str = "Vereinbarung", *, where: Collection | None = None, **values: Any) -> NetworkDocument:
    """A text file in ``where``, by default in the network's own collection, which is for members."""
    document = NetworkDocument(title=title, collection=where or collection(), **values)
    document.file.save(f"{title.lower()}.txt", ContentFile(b"Text"), save=False)
    document.save()
    return document
