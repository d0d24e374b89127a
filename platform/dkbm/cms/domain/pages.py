"""Pages that code makes and editors take over."""

from __future__ import annotations

from typing import Any, TypeVar

from wagtail.signal_handlers import disable_reference_index_auto_update

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage

AnyPage = TypeVar("AnyPage", bound=BasePage)


def publish_below(parent: BasePage, page: BasePage) -> None:
    """Put a new page below ``parent`` and publish it, with one revision; signals and log are as after a click.

    It begins as a draft, so that it is checked once, when it goes live. Raises ``ValidationError``.
    """
    page.live = False
    # What the page refers to is written down when it goes live, once instead of three times.
    with disable_reference_index_auto_update():
        # Another instance: treebeard counts the children on it, and the caller's may be older than the last child.
        BasePage.objects.get(pk=parent.pk).add_child(instance=page)
        revision = page.save_revision(clean=False)
    revision.publish()
    page.refresh_from_db()


def area_page(page_class: type[AnyPage], *, title: str, slug: str, **texts: Any) -> AnyPage:
    """The network's one page of that type, right below the home page; made and published where it is missing."""
    page: AnyPage | None = page_class.objects.first()
    if page is None:
        home = HomePage.objects.get(depth=2)
        page = page_class(title=title, slug=slug, locale_id=home.locale_id, **texts)
        publish_below(home, page)
    return page
