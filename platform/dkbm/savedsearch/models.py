"""Searches that somebody keeps, and what of their hits they have been told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.search.questions import MAX_LENGTH
from dkbm.tenancy.models import NetworkOwned

LONGEST_NAME = 80


class SavedSearch(NetworkOwned):
    """``type``: only that one, or empty. ``chosen``: key of a facet -> keys of its values.

    ``alert``: new hits are told. ``seen``: names of hits (type and key) that are no news any more: they were there when
    the search was saved, or have been told. ``looked``: when that was compared last.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("Person")
    )
    name = models.CharField(_("Name"), max_length=LONGEST_NAME)
    q = models.CharField(_("Suche"), max_length=MAX_LENGTH)
    type = models.CharField(max_length=20, blank=True)
    chosen: models.JSONField[Any, Any] = models.JSONField(default=dict)
    alert = models.BooleanField(_("Neue Treffer melden"), default=True)
    seen = ArrayField(models.CharField(max_length=120), default=list)
    looked = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("gemerkte Suche")
        verbose_name_plural = _("gemerkte Suchen")
        indexes = [models.Index(fields=["network", "person"], name="saved_searches_of_person")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is renamed."""
        return reverse("savedsearch:rename", args=[self.pk])
