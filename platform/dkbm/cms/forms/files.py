"""Forms of images and documents, single ones and those that were uploaded together; named in the settings."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from dkbm.cms.document_changes import notes_of
from dkbm.core.typed_text import validate_line
from dkbm.core.uploads import PICTURES, take_picture

from .rows import CmsRowForm


class PictureFormField(WagtailImageField):
    """Wagtail fails on what only begins like a picture, so the door comes first; it takes what the size allows."""

    def to_python(self, data: Any) -> Any:
        if data and PurePath(data.name).suffix.lower().removeprefix(".") in {*PICTURES, "svg"}:
            self.check_image_file_size(data)
            data = take_picture(data, data.name)
        return super().to_python(data)


class LineTags:
    """Each tag is a line."""

    def clean_tags(self) -> list[str]:
        names: list[str] = super().clean_tags()  # type: ignore[misc]
        for name in names:
            validate_line(name)
        return names


class ImageForm(LineTags, CmsRowForm, BaseImageForm):
    """``WAGTAILIMAGES_IMAGE_FORM_BASE``. Wagtail makes the field itself; forms without a file have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            made = self.fields["file"]
            self.fields["file"] = PictureFormField(label=made.label, required=made.required, widget=made.widget)
            self.fields["file"].help_text += " " + _("Bewegte Bilder (GIF) stehen auf den Seiten still.")

    def clean_file(self) -> Any:
        """Django measures the stored picture anew with every change, and fails where it is gone."""
        file = self.cleaned_data["file"]
        if isinstance(file, FieldFile) and file.name and not file.storage.exists(file.name):
            raise ValidationError(_("Die Datei dieses Bildes fehlt. Bitte laden Sie es neu hoch."))
        return file


class DocumentForm(LineTags, CmsRowForm, BaseDocumentForm):
    """``WAGTAILDOCS_DOCUMENT_FORM_BASE``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = " ".join(notes_of(self.instance.pk))
