from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "dkbm.editorial"
    label = "editorial"
    verbose_name = _("Publikationen")

    def ready(self) -> None:
        # Models exist only now.
        from . import registrations  # noqa: PLC0415

        registrations.fill_registries()
