"""Publishing and withdrawing an issue, by hand, in bulk, by the API or by the clock, reaches the search."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from .domain.search_entries import index_issue
from .models import BlickpunktPage


@receiver([page_published, page_unpublished], sender=BlickpunktPage, dispatch_uid="editorial.publishing")
def follow_publishing(instance: BlickpunktPage, **kwargs: Any) -> None:
    """Wagtail's own signals: its hooks do not run for scheduled publishing, and deleting withdraws first."""
    index_issue(instance)
