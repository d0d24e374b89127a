from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboundConfig(AppConfig):
    name = "dkbm.inbound"
    label = "inbound"
    verbose_name = _("Eingehende E-Mails")

    def ready(self) -> None:
        from . import registrations  # noqa: PLC0415 - needs the models

        registrations.register()
