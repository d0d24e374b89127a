from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoodPracticeConfig(AppConfig):
    name = "goodpractice"
    label = "goodpractice"
    verbose_name = _("Gute Praxis")

    def ready(self) -> None:
        from . import registrations  # noqa: PLC0415 - models are there only now

        registrations.register()
