"""When an AG's text is published (by schedule too) or withdrawn, the search follows. Wagtail's page signals only."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished

from workgroups.domain.searching import index_group_of_page
from workgroups.models import WorkgroupPage


def text_changed(instance: Any, **kwargs: Any) -> None:
    index_group_of_page(instance)


def connect() -> None:
    for signal, name in ((page_published, "published"), (page_unpublished, "unpublished")):
        signal.connect(text_changed, sender=WorkgroupPage, dispatch_uid=f"workgroups.{name}")
