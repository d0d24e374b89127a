"""How a network looks: logo and accent colour, with contrast checked when an editor saves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from dkbm.cms.accent import DEFAULT_ACCENT, validate_accent
from dkbm.cms.logos import check_logo
from dkbm.core.forms import ColourInput
from dkbm.tenancy.models import NetworkOwned


class LookPreviewPanel(Panel):
    """Small pages in the colours that are typed, before they are saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/_look_preview_panel.html"

        class Media:
            js = (Script("js/look-preview.js", type="module"),)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "preview_url": reverse("dkbm_cms_look_preview")}


@register_setting(icon="view")
class NetworkLook(NetworkOwned, BaseSiteSetting):
    accent = models.CharField(
        _("Akzentfarbe"),
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[validate_accent],
        help_text=_("Zum Beispiel #0b5a5e. Weiße Schrift darauf muss gut zu lesen sein (Kontrast mindestens 4,5 : 1)."),
    )
    logo = models.ForeignKey(
        "cms.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Logo"),
        help_text=_("Steht neben dem Namen und ist für alle zu sehen."),
    )

    def clean(self) -> None:
        """Everybody sees the logo, whatever its collection; but choosing it opens nothing that is kept for some."""
        super().clean()
        if self.logo:
            try:
                check_logo(self.logo)
            except ValidationError as error:
                raise ValidationError({"logo": error.messages}) from None
        if self.logo and self.logo.collection.get_view_restrictions().exists():
            raise ValidationError(
                {"logo": _("Dieses Bild liegt in einer Sammlung, die nicht alle lesen dürfen. Gäste sähen kein Logo.")}
            )

    panels = [FieldPanel("accent", widget=ColourInput), FieldPanel("logo"), LookPreviewPanel()]

    class Meta:
        verbose_name = _("Aussehen")
        verbose_name_plural = _("Aussehen")
