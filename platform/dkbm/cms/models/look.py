"""How a network looks: logo and accent colour, with contrast checked when an editor saves."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from dkbm.cms.accent import DEFAULT_ACCENT, validate_accent
from dkbm.tenancy.models import NetworkOwned


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
        if self.logo and self.logo.collection.get_view_restrictions().exists():
            raise ValidationError(
                {"logo": _("Dieses Bild liegt in einer Sammlung, die nicht alle lesen dürfen. Gäste sähen kein Logo.")}
            )

    panels = [FieldPanel("accent"), FieldPanel("logo")]

    class Meta:
        verbose_name = _("Aussehen")
        verbose_name_plural = _("Aussehen")
