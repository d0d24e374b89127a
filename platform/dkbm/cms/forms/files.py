"""Forms of images and documents, single ones and those that were uploaded together; named in the settings."""

from __future__ import annotations

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .rows import CmsRowForm


class ImageForm(CmsRowForm, BaseImageForm):
    """``WAGTAILIMAGES_IMAGE_FORM_BASE``."""


class DocumentForm(CmsRowForm, BaseDocumentForm):
    """``WAGTAILDOCS_DOCUMENT_FORM_BASE``."""
