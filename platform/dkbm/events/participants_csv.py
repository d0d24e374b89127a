"""The list of participants as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dkbm.core.addresses import readable_address
from dkbm.core.sheets import write_sheet

from .domain.queries.participants import Participant


def write_csv(people: Iterable[Participant]) -> bytes:
    """The file."""
    people = list(people)
    head = [_("Name"), _("E-Mail"), _("Funktion"), _("Kommune"), _("Stand"), _("angemeldet am"), _("Werkstätten")]
    head += [_("Name auf der Teilnahmeliste"), _("mit Fotos einverstanden")]
    head += [label for label, _text in people[0].needs] if people else []
    return write_sheet([head, *map(_row, people)])


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
