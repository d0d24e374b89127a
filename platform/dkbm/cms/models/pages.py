"""The page types that every network has: its home page and standard pages (legal texts, about us)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from dkbm.cms import places
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.blocks import BodyBlock

MEMBERS_PLACES = {
    "greetings": places.HOME_GREETING,
    "band_panels": places.HOME_BAND,
    "first_panels": places.HOME_FIRST,
    "open_panels": places.HOME_OPEN,
    "aside_panels": places.HOME_ASIDE,
    "main_panels": places.HOME_MAIN,
}
FRONT_PLACES = {
    "figures": places.FRONT_FIGURES,
    "pictures": places.FRONT_PICTURE,
    "dates": places.FRONT_DATE,
    "main_panels": places.FRONT_MAIN,
    "joining": places.FRONT_JOINING,
}


class HomePage(BasePage):
    """``/`` of a network: what waits for a member, or what a guest should know of it.

    Texts by editors; the panels beside them come from the apps above (``cms.places``).
    """

    made_by_code = True
    welcome = models.CharField(
        _("Begrüßung"),
        max_length=200,
        blank=True,
        help_text=_("Für Gäste. Mitglieder werden mit ihrem Namen begrüßt."),
    )
    introduction = models.TextField(_("Einleitung"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("weitere Inhalte"))

    parent_page_types: ClassVar[list[str]] = ["basepage.BasePage"]
    max_count_per_parent = None

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("welcome"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = MEMBERS_PLACES if request.visitor.is_member else FRONT_PLACES
        panels = {name: place.panels(request) for name, place in shown.items()}
        return {**super().get_context(request, *args, **kwargs), **panels}

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        return "cms/home.html" if request.visitor.is_member else "cms/front_page.html"


class StandardPage(BasePage):
    """A page of text: Impressum, Datenschutz, Barrierefreiheit, about the network."""

    introduction = models.TextField(_("Einleitung"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("Inhalt"))

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage", "cms.StandardPage"]
    template = "cms/standard_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    @property
    def headings(self) -> list[str]:
        """Those within its text, in order: what a list of pages says about it without an introduction."""
        return [str(block.value) for block in self.body if block.block_type == "heading"]

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")
