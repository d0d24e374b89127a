"""The Blickpunkt: an index page with one page an issue; and rows for the other publications."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import ALT_HELP, ALT_LABEL, ALT_LENGTH, NetworkTag, check_described
from dkbm.core.fields import SortKeyField
from dkbm.core.paths import page_path
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.managers import ViaNetworkManager
from dkbm.tenancy.models import NetworkOwned, NetworkPart

from .blocks import ChaptersBlock
from .enums import PublicationKind

INDEX_SLUG = "blickpunkt"
MOST_DRAWN = 100
"""More than so many nobody counts on a cover."""


class BlickpunktIndexPage(BasePage):
    """``/blickpunkt/``: the issues, newest first, and the network's other publications below them."""

    at_platform_path = True

    introduction = models.TextField(_("Einleitung"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["editorial.BlickpunktPage"]
    max_count_per_parent = 1
    template = "editorial/index.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("Blickpunkt: Übersicht")
        verbose_name_plural = _("Blickpunkt: Übersichten")

    def clean(self) -> None:
        super().clean()
        if self.slug != INDEX_SLUG:
            raise ValidationError(
                {"slug": _("Die Übersicht steht immer unter /blickpunkt/. Bitte lassen Sie das Kürzel „blickpunkt“.")}
            )


class BlickpunktPage(BasePage):
    """One issue of the series; its chapters are read on the web and printed."""

    year = models.PositiveSmallIntegerField(_("Jahr"), validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    series = models.CharField(_("Reihe"), max_length=100, default="Blickpunkt", blank=True)
    number = models.CharField(_("Nummer"), max_length=20, blank=True)
    publisher = models.CharField(_("Herausgegeben von"), max_length=200, blank=True)
    summary = models.TextField(
        _("Zusammenfassung"), help_text=_("Zwei bis drei Sätze. Sie stehen auch in der Übersicht.")
    )
    lead = models.TextField(_("Vorspann"), blank=True)
    workgroups = models.CharField(
        _("Beteiligte Arbeitsgruppen"), max_length=300, blank=True, help_text=_("Zum Beispiel „AG 1 und AG 2“.")
    )
    website = models.CharField(_("Adresse der Veröffentlichung"), max_length=300, blank=True)
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    cover = models.ForeignKey(
        "cms.NetworkImage",
        verbose_name=_("Titelbild"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(ALT_LABEL, max_length=ALT_LENGTH, blank=True, help_text=ALT_HELP)
    cover_number = models.PositiveSmallIntegerField(
        _("Zahl des Hefts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)],
        help_text=_(
            "Ohne Titelbild zeichnen wir das Titelblatt aus dieser Zahl. Bei 6 stehen dort die Zeichen der Eckpunkte, "
            "ohne Angabe zählen die Kapitel."
        ),
    )
    cover_whole = models.PositiveSmallIntegerField(
        _("von"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWN)],
        help_text=_("Wenn die Zahl ein Teil von etwas ist, zum Beispiel 16 von 32."),
    )
    document = models.ForeignKey(
        "cms.NetworkDocument",
        verbose_name=_("Heft als PDF"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    chapters = StreamField(ChaptersBlock(), blank=True, verbose_name=_("Kapitel"))
    topics = ClusterTaggableManager(through="editorial.TaggedBlickpunkt", blank=True, verbose_name=_("Schlagwörter"))

    parent_page_types: ClassVar[list[str]] = ["editorial.BlickpunktIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "editorial/blickpunkt.html"

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("series"), FieldPanel("number"), FieldPanel("year"), FieldPanel("publisher")],
            heading=_("Heft"),
        ),
        FieldPanel("summary"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("cover"),
                FieldPanel("cover_alt"),
                FieldRowPanel([FieldPanel("cover_number"), FieldPanel("cover_whole")]),
            ],
            heading=_("Titelblatt"),
        ),
        FieldPanel("chapters"),
        MultiFieldPanel(
            [
                FieldPanel("workgroups"),
                FieldPanel("topics"),
                FieldPanel("document"),
                FieldPanel("website"),
                FieldPanel("source"),
            ],
            heading=_("Angaben zum Heft"),
        ),
    ]

    class Meta:
        verbose_name = _("Blickpunkt-Ausgabe")
        verbose_name_plural = _("Blickpunkt-Ausgaben")

    def clean(self) -> None:
        super().clean()
        check_described(self.cover, self.cover_alt, "cover_alt")
        if self.cover_whole and (self.cover_number or 0) > self.cover_whole:
            raise ValidationError({"cover_whole": _("Das Ganze ist mindestens so groß wie der Teil.")})
        if self.cover_whole and not self.cover_number:
            raise ValidationError({"cover_number": _("Bitte nennen Sie auch den Teil, oder lassen Sie beides leer.")})

    @property
    def url_path_here(self) -> str:
        """Path on the network's host."""
        return page_path(INDEX_SLUG, self.slug)

    @property
    def edition(self) -> str:
        """For example "Blickpunkt 2021" or "Blickpunkt 3/2021"."""
        number = f"{self.number}/{self.year}" if self.number else str(self.year)
        return f"{self.series or 'Blickpunkt'} {number}"


class TaggedBlickpunkt(NetworkPart, ItemBase):
    network_via = "content_object"
    tag = models.ForeignKey(NetworkTag, on_delete=models.CASCADE, related_name="tagged_blickpunkte")
    content_object = ParentalKey(BlickpunktPage, on_delete=models.CASCADE, related_name="tagged_items")

    objects: ClassVar[Any] = ViaNetworkManager()


class Publication(NetworkOwned):
    """A publication that is not a page here: papers, templates, reports, portals, with where to find them."""

    slug = models.SlugField(_("Kürzel"), max_length=100)
    kind = models.CharField(_("Art"), max_length=20, choices=PublicationKind.choices)
    title = models.CharField(_("Titel"), max_length=300)
    sort_title = SortKeyField(of="title")
    series = models.CharField(_("Reihe"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("Jahr"), null=True, blank=True)
    year_note = models.TextField(_("Hinweis zum Jahr"), blank=True)
    publisher = models.CharField(_("Herausgegeben von"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Kommune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    workgroups = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    summary = models.TextField(_("Zusammenfassung"), blank=True)
    chapters = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    items = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    website = models.CharField(_("Adresse"), max_length=300, blank=True)
    source = models.CharField(_("Quelle"), max_length=200, blank=True)

    class Meta:
        ordering = [models.F("year").desc(nulls_last=True), "sort_title"]
        verbose_name = _("Veröffentlichung")
        verbose_name_plural = _("Veröffentlichungen")
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="publication_slug_once_a_network")]

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> str:
        """The address as a link; the sources name it without scheme."""
        if not self.website or self.website.startswith(("http://", "https://")):
            return self.website
        return f"https://{self.website}"
