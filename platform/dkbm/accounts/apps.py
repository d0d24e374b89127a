from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "dkbm.accounts"
    label = "accounts"
    verbose_name = _("Personen und Mitgliedschaft")

    def ready(self) -> None:
        from dkbm.accounts import actions, panels, personal_columns, relations  # noqa: PLC0415 - needs the models
        from dkbm.accounts.domain import mails, searching  # noqa: PLC0415
        from dkbm.accounts.domain.functions import seed_functions  # noqa: PLC0415
        from dkbm.accounts.facets import FACETS  # noqa: PLC0415
        from dkbm.cms.founding import register_founding_step  # noqa: PLC0415
        from dkbm.notifications.kinds import register_kinds  # noqa: PLC0415
        from dkbm.search.facets import register_facets  # noqa: PLC0415
        from dkbm.search.registry import register_searchable  # noqa: PLC0415
        from dkbm.search.types import EntryType, register_type  # noqa: PLC0415

        actions.register()
        register_kinds(mails.KINDS)
        panels.register()
        relations.register()
        personal_columns.register()
        register_founding_step(seed_functions)
        register_type(EntryType(searching.TYPE, _("Personen"), _("Person"), order=80))
        register_searchable(searching.TYPE, searching.entries)
        register_facets(searching.TYPE, *FACETS)
