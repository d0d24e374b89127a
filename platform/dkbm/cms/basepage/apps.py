from django.apps import AppConfig


class BasePageConfig(AppConfig):
    name = "dkbm.cms.basepage"
    label = "basepage"
