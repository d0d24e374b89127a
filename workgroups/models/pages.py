"""What editors write about an AG. The page is bound to a row by ``Workgroup.page`` and carries nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.blocks import BodyBlock
from dkbm.cms.models import WithPicture, picture_panel


class WorkgroupIndexPage(BasePage):
    """Holds the pages of the AGs in the tree; ``/ag/`` itself is drawn from the rows."""

    made_by_code = True
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["workgroups.WorkgroupPage"]
    private_page_options: ClassVar[list[str]] = []
    template = "workgroups/index_page.html"
    content_panels = [FieldPanel("title", read_only=True)]
    promote_panels = []

    class Meta:
        verbose_name = _("Arbeitsgruppen")
        verbose_name_plural = _("Arbeitsgruppen")


class WorkgroupPage(WithPicture, BasePage):
    """Text about one AG. Name and address come from the row and cannot be changed here."""

    made_by_code = True
    introduction = models.TextField(_("Einleitung"), blank=True)
    aims = StreamField(BodyBlock(), blank=True, verbose_name=_("Ziele und weitere Inhalte"))

    parent_page_types: ClassVar[list[str]] = ["workgroups.WorkgroupIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # Who reads what of an AG is decided by its row; a restriction set here would keep nobody out.
    private_page_options: ClassVar[list[str]] = []
    template = "workgroups/workgroup_page.html"
    content_panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("introduction"),
        picture_panel(),
        FieldPanel("aims"),
    ]
    promote_panels = [FieldPanel("search_description")]

    class Meta:
        verbose_name = _("Text einer Arbeitsgruppe")
        verbose_name_plural = _("Texte der Arbeitsgruppen")
