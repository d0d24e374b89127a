from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "dkbm.search"
    label = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from dkbm.cms.document_changes import register_document_listener  # noqa: PLC0415 - models are loaded only now
        from dkbm.tenancy.after_migrate import register_step  # noqa: PLC0415

        from . import receivers  # noqa: PLC0415
        from .domain.documents import document_entries, index_documents  # noqa: PLC0415
        from .domain.index import renew_old_entries  # noqa: PLC0415
        from .domain.pages import page_entries  # noqa: PLC0415
        from .enums import EntryType  # noqa: PLC0415
        from .facets import TAG, register_facets  # noqa: PLC0415
        from .registry import register_searchable  # noqa: PLC0415

        receivers.connect()
        register_searchable(EntryType.PAGE, page_entries)
        register_document_listener(index_documents)
        register_searchable(EntryType.DOCUMENT, document_entries)
        for kind in (EntryType.PAGE, EntryType.DOCUMENT):
            register_facets(kind, TAG)
        register_step(renew_old_entries)
