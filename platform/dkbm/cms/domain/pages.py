"""Pages that code makes and editors take over."""

from __future__ import annotations

from dkbm.cms.basepage.models import BasePage


def publish_below(parent: BasePage, page: BasePage) -> None:
    """Put a new page below ``parent`` and publish it, with one revision; signals and log are as after a click.

    It begins as a draft, so that it is checked once, when it goes live. Raises ``ValidationError``.
    """
    page.live = False
    # Another instance: treebeard counts the children on it, and the caller's may be older than the last child.
    BasePage.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
