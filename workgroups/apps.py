from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkgroupsConfig(AppConfig):
    name = "workgroups"
    label = "workgroups"
    verbose_name = _("Arbeitsgruppen")

    def ready(self) -> None:
        from . import registrations  # noqa: PLC0415 - models are there only now

        registrations.register()
