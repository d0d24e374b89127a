from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "dkbm.cms"
    label = "cms"
    verbose_name = _("Redaktion")

    def ready(self) -> None:
        # Models exist only now.
        from . import plain_input, published, registrations, roles  # noqa: PLC0415

        registrations.fill_registries()
        roles.label_groups()
        plain_input.guard_forms()
        published.listen()
