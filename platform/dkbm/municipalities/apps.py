from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "dkbm.municipalities"
    label = "municipalities"
    verbose_name = _("Kommunen")

    def ready(self) -> None:
        from .registrations import fill_registries  # noqa: PLC0415 - needs the models

        fill_registries()
