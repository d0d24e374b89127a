from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "dkbm.accounts"
    label = "accounts"
    verbose_name = _("Personen und Mitgliedschaft")

    def ready(self) -> None:
        from dkbm.accounts.registrations import register  # noqa: PLC0415 - needs the models

        register()
