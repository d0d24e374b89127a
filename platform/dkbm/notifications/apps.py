from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "dkbm.notifications"
    label = "notifications"
    verbose_name = _("Benachrichtigungen")

    def ready(self) -> None:
        from dkbm.tenancy import tasks  # noqa: F401, PLC0415 - stamps the network on every message that is sent

        from . import registrations  # noqa: PLC0415 - models are there now

        registrations.register()

        from . import checks  # noqa: F401, PLC0415 - registers itself once all kinds can be there
