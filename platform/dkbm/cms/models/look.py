"""How a network looks: logo and accent colour, with contrast checked when an editor saves."""

from __future__ import annotations

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
        help_text=_("Als #rrggbb. Der Kontrast zu Weiß muss mindestens 4,5 : 1 betragen."),
    )
    logo = models.ForeignKey(
        "cms.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Logo"),
        help_text=_("Steht neben dem Namen. Legen Sie das Bild in die Sammlung „Öffentlich“."),
    )

    panels = [FieldPanel("accent"), FieldPanel("logo")]

    class Meta:
        verbose_name = _("Aussehen")
        verbose_name_plural = _("Aussehen")
