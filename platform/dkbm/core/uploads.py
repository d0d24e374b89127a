"""The one door for files that people upload: whether a file is what its name says, and what of it is kept.

By its bytes, not by what the browser calls it. Model fields take the door with :class:`TakenFileMixin`; there is no
other way from a form to the disk (``tests/architecture/test_uploads.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from PIL import Image

from .archives import ZIP, check_archive
from .picture_metadata import without_metadata
from .svg import take_svg

BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "ics": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip", "epub"), ZIP),
}
# Programs and scripts, whatever they are called.
EXECUTABLE = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
LONGEST = 1024
PICTURES = {"gif": "GIF", "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MOST_DRAWN = 20_000_000
"""So many pixels are drawn to see whether they are there; more would need too much memory."""
# What a browser would run, were it told another type. Whoever guesses the type looks at the ends; in the megabytes of
# pixels between them four letters stand by chance.
CODE = (b"<script", b"<html", b"<!doctype html", b"<iframe", b"<svg", b"<?php")


def sent_files(request: HttpRequest) -> Any:
    """For forms whose fields take what comes through the door; no view reads files beside it."""
    return request.FILES or None


class TakenFile(ContentFile):
    """Has come through the door."""


def take_document(file: File, name: str) -> File:
    """Raises ValidationError with a German sentence when the content does not fit the ending of ``name``."""
    check_content(file, name)
    return file


def take_picture(file: File, name: str) -> File:
    """The picture without what the camera wrote beside it. Raises ValidationError as :func:`take_document` does."""
    if isinstance(file, TakenFile):
        return file
    ending = _ending(name)
    file.seek(0)
    content = file.read()
    if ending == "svg":
        return TakenFile(take_svg(content, _bare_of_any_kind), name=name)
    try:
        return TakenFile(_bare_picture(content, PICTURES[ending]), name=name)
    except (KeyError, ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        raise _unlike(ending) from None


def _bare_picture(content: bytes, kind: str) -> bytes:
    """Raises what Pillow raises, or ``ValueError``, for what is no picture of that kind."""
    bare = without_metadata(content, kind)
    ends = (bare[:LONGEST].lower(), bare[-LONGEST:].lower())
    if any(code in end for code in CODE for end in ends):
        raise ValueError("There is code in the pixels.")
    with Image.open(BytesIO(bare), formats=[kind]) as image:
        image.draft("RGB", (64, 64))  # a large photo need not be drawn in full
        if image.width * image.height > MOST_DRAWN:
            image.verify()
        else:
            image.load()
    return bare


def _bare_of_any_kind(content: bytes) -> bytes:
    """Raises ``ValueError`` for what is no picture."""
    for kind in dict.fromkeys(PICTURES.values()):
        try:
            return _bare_picture(content, kind)
        except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
            continue
    raise ValueError("This is no picture of a kind that is taken.")


def check_content(file: BinaryIO | File, name: str) -> None:
    """Raises ValidationError with a German sentence when the content does not fit the ending of ``name``."""
    ending = _ending(name)
    file.seek(0)
    start = file.read(LONGEST)
    file.seek(0)
    if start.startswith(EXECUTABLE) or not _begins_as(ending, start):
        raise _unlike(ending)
    if BEGINNINGS.get(ending) == ZIP:
        check_archive(file, ending, _unlike(ending))
        file.seek(0)


def _begins_as(ending: str, start: bytes) -> bool:
    if ending == "pdf":
        # Some programs put a few bytes before the head; readers look for it in the first kilobyte.
        before, head, _after = start.partition(b"%PDF-")
        return bool(head) and b"<" not in before
    return start.startswith(BEGINNINGS.get(ending, b""))


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def _unlike(ending: str) -> ValidationError:
    return ValidationError(
        _("Diese Datei heißt „.%(ending)s“, ist aber keine %(kind)s-Datei. Bitte laden Sie das Original hoch."),
        code="content",
        params={"ending": ending, "kind": ending.upper()},
    )


class TakenFileMixin(models.FileField):
    """For model fields of uploads: whatever is to be stored has come through the door.

    A form reads what is wrong beside the field (``clean``). Whoever writes without a form meets the door when the file
    is stored. ``take(file, name)`` is the field's own.
    """

    take: Callable[[File, str], File]

    def clean(self, value: Any, model_instance: Any) -> Any:
        value = super().clean(value, model_instance)
        if value and not value._committed:
            value.file = self.taken(value.file, value.name)
        return value

    def taken(self, file: Any, name: str) -> Any:
        """Through the door once, as long as it bears the same ending."""
        if getattr(file, "taken_as", None) != _ending(name):
            file = self.take(file, name)
            file.taken_as = _ending(name)
        return file


class TakenFieldFileMixin(FieldFile):
    """``attr_class`` of such a field."""

    field: Any

    def save(self, name: str, content: File, save: bool = True) -> None:
        super().save(name, self.field.taken(content, name), save)
