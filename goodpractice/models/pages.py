"""What editors write about an example. The page is bound to its row by ``Transfergegenstand.page``."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.blocks import DownloadBlock, PictureBlock
from dkbm.cms.models import WithPicture, picture_panel
from dkbm.core.figures import figure_in_words

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class FigureValue(blocks.StructValue):
    """A figure as pages and search read it."""

    @property
    def in_words(self) -> str:
        """ "86 Indikatoren", "Juni 2016"."""
        return figure_in_words(self["value"], self["unit"] or "")


class FigureBlock(blocks.StructBlock):
    """A number of the source, with what it counts."""

    label = blocks.CharBlock(label=_("Was"), max_length=200)
    value = blocks.CharBlock(label=_("Zahl"), max_length=60)
    unit = blocks.CharBlock(label=_("Einheit"), max_length=60, required=False)
    year = blocks.IntegerBlock(label=_("Jahr"), required=False, min_value=1900, max_value=2100)

    class Meta:
        icon = "table"
        label = _("Zahl")
        value_class = FigureValue


class MilestoneBlock(blocks.StructBlock):
    """When something happened on the way, as far as the source knows it."""

    when = blocks.CharBlock(label=_("Zeit"), max_length=40, help_text=_("Zum Beispiel „2017“ oder „September 2019“."))
    what = blocks.CharBlock(label=_("Was geschah"), max_length=300)

    class Meta:
        icon = "date"
        label = _("Schritt")


class CataloguePage(BasePage):
    """Holds the examples' pages in the tree; ``/katalog/`` itself is drawn from the rows."""

    made_by_code = True
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["goodpractice.TransfergegenstandPage"]
    # Who may see an example stands in its row: the list, the search and the page must say the same.
    private_page_options: ClassVar[list[str]] = []
    template = "goodpractice/catalogue_preview.html"
    content_panels = [FieldPanel("title", read_only=True)]
    promote_panels: ClassVar[list[Any]] = []  # type: ignore[misc]

    class Meta:
        verbose_name = _("Katalog")
        verbose_name_plural = _("Kataloge")


class TransfergegenstandPage(WithPicture, BasePage):
    """The text about one example, always in the same three parts. Title and address come from the row."""

    made_by_code = True
    summary = models.TextField(_("Zusammenfassung"), blank=True, help_text=_("Zwei bis drei Sätze."))
    initiierung = RichTextField(_("Initiierung des Prozesses"), blank=True, features=FEATURES)
    meilensteine = RichTextField(_("Meilensteine"), blank=True, features=FEATURES)
    etablierung = RichTextField(_("Etablierung"), blank=True, features=FEATURES)
    resources = models.TextField(
        _("Was es braucht"), blank=True, help_text=_("Zum Beispiel Personal, Geld, Daten, ein Beschluss.")
    )
    success_factors = models.TextField(
        _("Was zum Gelingen beiträgt"), blank=True, help_text=_("Ein Punkt in jeder Zeile.")
    )
    transfer_notes = models.TextField(_("Hinweise für andere Kommunen"), blank=True)
    timeline = StreamField([("milestone", MilestoneBlock())], blank=True, verbose_name=_("Zeitleiste"))
    figures = StreamField([("figure", FigureBlock())], blank=True, verbose_name=_("Zahlen"))
    material = StreamField(
        [("picture", PictureBlock()), ("file", DownloadBlock())],
        blank=True,
        verbose_name=_("Bilder und Dateien"),
        help_text=_("Fotos, Satzungen, Vorlagen. Gäste sehen sie, wenn das Beispiel für alle ist."),
    )

    parent_page_types: ClassVar[list[str]] = ["goodpractice.CataloguePage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    template = "goodpractice/item_preview.html"
    content_panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("summary"),
        picture_panel(),
        FieldPanel("initiierung"),
        FieldPanel("meilensteine"),
        FieldPanel("timeline"),
        FieldPanel("etablierung"),
        FieldPanel("resources"),
        FieldPanel("success_factors"),
        FieldPanel("transfer_notes"),
        FieldPanel("figures"),
        FieldPanel("material"),
    ]
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = _("Text eines Beispiels")
        verbose_name_plural = _("Texte der Beispiele")

    @property
    def success_factor_list(self) -> list[str]:
        return [line.strip() for line in self.success_factors.splitlines() if line.strip()]
