from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "dkbm.accounts"
    label = "accounts"
    verbose_name = _("Personen und Mitgliedschaft")

    def ready(self) -> None:
        from dkbm.accounts import actions, kinds, panels, personal_columns, relations  # noqa: PLC0415 - needs the models
        from dkbm.accounts.domain import searching  # noqa: PLC0415
        from dkbm.accounts.facets import FACETS  # noqa: PLC0415
        from dkbm.search.enums import EntryType  # noqa: PLC0415
        from dkbm.search.facets import register_facets  # noqa: PLC0415
        from dkbm.search.registry import register_searchable  # noqa: PLC0415

        actions.register()
        kinds.register()
        panels.register()
        relations.register()
        personal_columns.register()
        register_searchable(EntryType.PERSON, searching.entries)
        register_facets(EntryType.PERSON, *FACETS)
