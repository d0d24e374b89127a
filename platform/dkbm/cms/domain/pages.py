"""Pages that code makes and editors take over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from dkbm.cms.basepage.models import DEPTH_OF_HOME, BasePage
from dkbm.cms.models import HomePage
from dkbm.tenancy.models import Network

AnyPage = TypeVar("AnyPage", bound=BasePage)
Body = list[tuple[str, Any]]
FirstPage = tuple[str, str, Callable[[Network], Body]]
"""Slug, title, and what stands there until editors make it their own."""


def publish_below(parent: BasePage, page: BasePage, *, placing: AbstractContextManager[None] | None = None) -> None:
    """Put a new page below ``parent``, published, with one revision; signals and log are as after a click.

    ``placing``: what surrounds putting it there, where that needs another right than publishing it.

    Not as a draft first: the page would be checked, written and made of its revision anew, three times as long.
    Raises ``ValidationError``.
    """
    page.live, page.first_published_at = True, timezone.now()
    page.last_published_at = page.first_published_at
    # Another instance: the caller's may be older than the last child.
    with placing or nullcontext():
        BasePage.objects.get(pk=parent.pk).add_child(instance=page)
    with disable_reference_index_auto_update():  # they were written just now
        revision = page.save_revision(clean=False, changed=False)
    BasePage.objects.filter(pk=page.pk).update(live_revision=revision)
    log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
    page_published.send(sender=type(page), instance=page, revision=revision)
    page.refresh_from_db()


def hold_tree() -> None:
    """Until the transaction ends nobody else takes a place among the pages. Before any page: it is the first that
    everybody takes."""
    BasePage.objects.select_for_update(of=("self",)).filter(depth=DEPTH_OF_HOME).first()


def area_page(page_class: type[AnyPage], *, title: str, slug: str, **texts: Any) -> AnyPage:
    """The network's one page of that type, right below the home page; made and published where it is missing."""
    page: AnyPage | None = page_class.objects.first()
    return page or _make_area_page(page_class, title=title, slug=slug, **texts)


@transaction.atomic
def _make_area_page(page_class: type[AnyPage], **texts: Any) -> AnyPage:
    """Whoever came second finds the page of the first one."""
    hold_tree()
    home = HomePage.objects.get(depth=DEPTH_OF_HOME)
    page: AnyPage | None = page_class.objects.first()
    if page is None:
        page = page_class(locale_id=home.locale_id, **texts)
        publish_below(home, page)
    return page
