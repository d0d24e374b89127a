"""The network's words: what its people mean by them, and what else they call it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dkbm.core.fields import SortKeyField
from dkbm.core.paths import network_path
from dkbm.tenancy.models import NetworkOwned

TERM_LENGTH = 200
ABBREVIATION_LENGTH = 40
OTHER = "#"
"""Stands for everything that begins with no letter."""


class Term(NetworkOwned):
    """One entry of the glossary. ``see_also``: slugs of related terms; one that is gone is not shown."""

    slug = models.SlugField(_("Kürzel"), max_length=100)
    term = models.CharField(_("Begriff"), max_length=TERM_LENGTH)
    sort_term = SortKeyField(of="term")
    abbreviation = models.CharField(_("Abkürzung"), max_length=ABBREVIATION_LENGTH, blank=True)
    definition = models.TextField(_("Erklärung"))
    synonyms = ArrayField(
        models.CharField(max_length=TERM_LENGTH), verbose_name=_("Synonyme"), default=list, blank=True
    )
    see_also = ArrayField(models.CharField(max_length=100), verbose_name=_("Siehe auch"), default=list, blank=True)
    sources = ArrayField(models.CharField(max_length=TERM_LENGTH), verbose_name=_("Quellen"), default=list, blank=True)

    class Meta:
        ordering = ["sort_term", "pk"]
        verbose_name = _("Begriff")
        verbose_name_plural = _("Begriffe")
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="term_slug_once_a_network")]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return network_path("glossary:term", self.slug)

    @property
    def title(self) -> str:
        """As it is named in a list: with its abbreviation."""
        return f"{self.term} ({self.abbreviation})" if self.abbreviation else self.term

    @property
    def letter(self) -> str:
        """Under which it stands: ``Ü`` under U, what begins with no letter under :data:`OTHER`."""
        first = self.sort_term[:1].upper()
        return first if "A" <= first <= "Z" else OTHER

    @property
    def expressions(self) -> tuple[str, ...]:
        """All that it is called, the term itself first."""
        return tuple(dict.fromkeys(filter(None, (self.term, self.abbreviation, *self.synonyms))))
