from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "dkbm.cms"
    label = "cms"
    verbose_name = _("Redaktion")

    def ready(self) -> None:
        # Models exist only now.
        from dkbm.tenancy.after_migrate import register_step  # noqa: PLC0415

        from . import plain_input, roles  # noqa: PLC0415
        from .domain.networks import give_help_pages  # noqa: PLC0415

        register_step(give_help_pages)
        roles.label_groups()
        plain_input.guard_forms()
