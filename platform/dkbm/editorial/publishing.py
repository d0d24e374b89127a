"""Publishing and withdrawing an issue, by hand, in bulk, by the API or by the clock, reaches the search.

Wagtail's own signals: its hooks do not run for scheduled publishing.
"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from .domain.search_entries import forget_issue, index_issue
from .models import BlickpunktPage


@receiver(page_published, sender=BlickpunktPage, dispatch_uid="editorial.published")
def follow_publishing(instance: BlickpunktPage, **kwargs: Any) -> None:
    index_issue(instance)


@receiver(page_unpublished, sender=BlickpunktPage, dispatch_uid="editorial.unpublished")
def follow_withdrawing(instance: BlickpunktPage, **kwargs: Any) -> None:
    """Sent before a page is deleted too; its row then still says that it is live."""
    forget_issue(instance)
