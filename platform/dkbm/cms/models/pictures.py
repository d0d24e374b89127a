"""A picture of a page, with the words for those who do not see it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from dkbm.cms.showing import ACROSS, ShownPicture, picture_of

ALT_LENGTH = 250
ALT_LABEL = _("Was auf dem Bild zu sehen ist")
ALT_HELP = _("Ein Satz für alle, die das Bild nicht sehen: Sie hören oder lesen ihn stattdessen.")


def check_described(picture: Any, alt: str, field: str) -> None:
    """Raises ``ValidationError`` for a picture without words."""
    if picture is not None and not alt.strip():
        sentence = _("Bitte beschreiben Sie in einem Satz, was auf dem Bild zu sehen ist.")
        raise ValidationError({field: sentence})


class WithPicture(models.Model):
    """For page types. Who reads the page sees the picture, see ``domain.files``."""

    picture = models.ForeignKey(
        "cms.NetworkImage", verbose_name=_("Bild"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alt = models.CharField(ALT_LABEL, max_length=ALT_LENGTH, blank=True, help_text=ALT_HELP)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        check_described(self.picture, self.picture_alt, "picture_alt")

    @property
    def shown_picture(self) -> ShownPicture | None:
        return picture_of(self.picture, alt=self.picture_alt, shape=ACROSS)


def picture_panel() -> MultiFieldPanel:
    """Of the form in ``/cms/``."""
    return MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Bild"))
