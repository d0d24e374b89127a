"""When an example's text is published or withdrawn, the search follows. Wagtail's page signals, not the ORM's."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished

from goodpractice.domain.searching import index_page_of_item
from goodpractice.models import TransfergegenstandPage


def text_changed(instance: Any, **kwargs: Any) -> None:
    index_page_of_item(instance)


def connect() -> None:
    for signal, name in ((page_published, "published"), (page_unpublished, "unpublished")):
        signal.connect(text_changed, sender=TransfergegenstandPage, dispatch_uid=f"goodpractice.{name}")
