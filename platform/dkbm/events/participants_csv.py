"""The list of participants as a file for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dkbm.core.addresses import readable_address
from dkbm.core.text import seen_text

from .domain.queries.participants import Participant

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def safe_cell(value: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.lstrip().startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS) else value


def write_csv(people: Iterable[Participant]) -> bytes:
    """Semicolons and a byte order mark, as German spreadsheets expect them."""
    people = list(people)
    head = [_("Name"), _("E-Mail"), _("Funktion"), _("Kommune"), _("Stand"), _("angemeldet am"), _("Werkstätten")]
    head += [_("Name auf der Teilnahmeliste"), _("mit Fotos einverstanden")]
    head += [label for label, _text in people[0].needs] if people else []
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (head, *map(_row, people)):
        writer.writerow([safe_cell(seen_text(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _row(person: Participant) -> list[str]:
    return [
        person.name,
        readable_address(person.email),
        person.function,
        person.municipality,
        str(person.registration.get_state_display()),
        date_format(localtime(person.registration.created), "d.m.Y H:i"),
        ", ".join(person.workshops),
        _("ja") if person.on_list else _("nein"),
        _("ja") if person.in_pictures else _("nein"),
        *(text for _label, text in person.needs),
    ]
