from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "dkbm.glossary"
    label = "glossary"
    verbose_name = _("Glossar")

    def ready(self) -> None:
        from .registrations import fill_registries  # noqa: PLC0415 - needs the models

        fill_registries()
