from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "dkbm.search"
    label = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from dkbm.cms.basepage.models import BasePage  # noqa: PLC0415
        from dkbm.cms.document_changes import (  # noqa: PLC0415 - models are loaded only now
            register_document_listener,
            register_document_note,
        )
        from dkbm.cms.domain.edits import edited_by  # noqa: PLC0415
        from dkbm.tenancy.after_migrate import register_step  # noqa: PLC0415

        from . import receivers  # noqa: PLC0415
        from .domain.documents import document_entries, documents_changed, uploaded_by  # noqa: PLC0415
        from .domain.index import renew_old_entries  # noqa: PLC0415
        from .domain.pages import page_entries  # noqa: PLC0415
        from .domain.queries.candidates import grant_candidates  # noqa: PLC0415
        from .domain.texts import note_of  # noqa: PLC0415
        from .facets import TAG, YEAR, register_facets  # noqa: PLC0415
        from .registry import register_searchable, register_written  # noqa: PLC0415
        from .types import DOCUMENT, PAGE, register_type  # noqa: PLC0415

        receivers.connect()
        for entry_type in (PAGE, DOCUMENT):
            register_type(entry_type)
        register_searchable(PAGE.key, page_entries)
        register_document_listener(documents_changed)
        register_document_note(note_of)
        register_searchable(DOCUMENT.key, document_entries)
        register_written(PAGE.key, partial(edited_by, BasePage))
        register_written(DOCUMENT.key, uploaded_by)
        for entry_type in (PAGE, DOCUMENT):
            register_facets(entry_type.key, TAG, YEAR)
        register_step(grant_candidates)
        register_step(renew_old_entries)
