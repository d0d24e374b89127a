from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "dkbm.core"
    label = "core"
