"""Whether an uploaded file is what its name says: by its first bytes, not by what the browser calls it."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "ics": (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"), ZIP),
}
# Programs and scripts, whatever they are called.
EXECUTABLE = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
LONGEST = 1024


def check_content(file: BinaryIO, name: str) -> None:
    """Raises ValidationError with a German sentence when the content does not fit the ending of ``name``."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    file.seek(0)
    start = file.read(LONGEST)
    file.seek(0)
    expected = BEGINNINGS.get(ending)
    # Some programs put a few bytes before the head of a PDF; readers look for it in the first kilobyte.
    fits = expected is None or (b"%PDF-" in start if ending == "pdf" else start.startswith(expected))
    if start.startswith(EXECUTABLE) or not fits:
        raise ValidationError(
            _("Diese Datei heißt „.%(ending)s“, ist aber keine %(kind)s-Datei. Bitte laden Sie das Original hoch."),
            code="content",
            params={"ending": ending, "kind": ending.upper()},
        )
