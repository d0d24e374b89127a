from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .core_models import connect

# Before any model class is made: this module is imported while INSTALLED_APPS is read, in its order.
connect()


class TenancyConfig(AppConfig):
    name = "dkbm.tenancy"
    label = "tenancy"
    verbose_name = _("Netzwerke")

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers itself once the models are there
