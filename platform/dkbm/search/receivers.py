"""Wagtail's page signals; they are sent by its actions (publish, unpublish, move, delete), not by the ORM."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from dkbm.cms.basepage.models import BasePage

from .domain.pages import forget_page, index_below, index_page


def published(instance: Any, **kwargs: Any) -> None:
    index_page(instance)


def unpublished(instance: Any, **kwargs: Any) -> None:
    """Also sent for every live page that is deleted, children included."""
    forget_page(instance)


def moved(instance: Any, **kwargs: Any) -> None:
    index_below(instance)


def connect() -> None:
    page_published.connect(published, dispatch_uid="dkbm.search.published")
    page_unpublished.connect(unpublished, dispatch_uid="dkbm.search.unpublished")
    page_slug_changed.connect(moved, dispatch_uid="dkbm.search.slug_changed")
    post_page_move.connect(moved, dispatch_uid="dkbm.search.moved")


def follow_text(page_class: type[BasePage], write: Callable[[Any], object]) -> None:
    """``write(page)`` renews the entry of the row that the page belongs to, when its text goes live or is withdrawn.

    For the page types of apps above; also by schedule, which no hook of Wagtail's views would notice.
    """

    def changed(instance: Any, **kwargs: Any) -> None:
        write(instance)

    for signal, name in ((page_published, "published"), (page_unpublished, "unpublished")):
        uid = f"{page_class._meta.label}.{name}"
        signal.connect(changed, sender=page_class, weak=False, dispatch_uid=uid)
