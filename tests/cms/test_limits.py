"""What Wagtail would do beside the platform's own ways: files without limit, mails without outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.admin.panels import CommentPanel
from wagtail.documents.forms import get_document_form

from dkbm.cms.models import HomePage, NetworkDocument
from dkbm.tenancy.context import BoundNetwork


def test_document_above_the_limit_is_refused_in_a_sentence(in_niedersachsen: BoundNetwork) -> None:
    assert settings.WAGTAILDOCS_MAX_UPLOAD_SIZE == 25 * 1024 * 1024
    content = b"%PDF-1.7" + b" " * settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    form = get_document_form(NetworkDocument)({"title": "Bericht"}, {"file": SimpleUploadedFile("b.pdf", content)})
    sentence = "Die Datei ist zu groß (25,0 MB). Maximale Dateigröße 25,0 MB."
    assert [error.replace("\xa0", " ") for error in form.errors["file"]] == [sentence]


def test_pages_have_no_comments_whose_mails_would_bypass_the_outbox() -> None:
    assert not [panel for panel in _panels(HomePage.get_edit_handler()) if isinstance(panel, CommentPanel)]


def _panels(panel: Any) -> list[Any]:
    return [panel, *(each for child in getattr(panel, "children", []) for each in _panels(child))]
