from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedSearchConfig(AppConfig):
    name = "dkbm.savedsearch"
    label = "savedsearch"
    verbose_name = _("Gemerkte Suchen")

    def ready(self) -> None:
        from . import registrations  # noqa: PLC0415 - needs the models

        registrations.register()
