from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "dkbm.events"
    label = "events"
    verbose_name = _("Veranstaltungen")

    def ready(self) -> None:
        # Models exist only now.
        from . import registrations  # noqa: PLC0415

        registrations.fill_registries()
