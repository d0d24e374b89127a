"""What people may type: names and titles in one line, texts without signs that nobody sees.

One question for all doors: fields of forms (``core.forms``), fields of files and of the API (the marks below). A line
goes into headers, lists and mails, where a break or a sign that turns the direction of writing makes it say something
else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pydantic import AfterValidator

BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Letters and marks that are drawn as nothing: fillers, joiners, selectors (Unicode: Default_Ignorable_Code_Point),
# and the empty cell of Braille.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0000-\U000e0fff]")
# Turn the direction of what follows; in a text they can hide what stands there.
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# "Woman with laptop" is two signs with a joiner between them; everywhere else the joiner is refused.
JOINED_PICTURES = re.compile(
    "(?<=[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d(?=[\U0001f000-\U0001faff\u2600-\u27bf])"
)
LINK = re.compile(r"://|\bwww\.", re.IGNORECASE)
SHOWN_BEFORE = 20

Fault = Callable[[str], str]


def fault_of_line(text: str) -> str:
    """Why ``text`` is no line, as a clause; '' for one that is."""
    if any(sign in text for sign in BREAKS):
        return _("hier passt nur eine einzige Zeile")
    plain = JOINED_PICTURES.sub(" ", text)
    return _hidden(
        plain, lambda sign: unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} or bool(BLANK.match(sign))
    )


def fault_of_name(text: str) -> str:
    """As :func:`fault_of_line`; a name is no address either: mails would make a link of it."""
    if LINK.search(text):
        return _("hier passt ein Name, keine Adresse im Netz")
    return fault_of_line(text)


def fault_of_text(text: str) -> str:
    """Why several lines are refused: control characters but line ends and tabs, and signs that turn the direction.

    What word processors leave behind (soft hyphens, zero-width blanks) stays: it cannot lie.
    """
    return _hidden(text, lambda sign: sign not in "\n\r\t" and _controls(sign))


def _controls(sign: str) -> bool:
    return sign in DIRECTIONS or unicodedata.category(sign) in {"Cc", "Cs"}


def _hidden(text: str, is_hidden: Callable[[str], bool]) -> str:
    """Names the place: nobody can look for what cannot be seen."""
    if text.isascii() and text.isprintable():
        return ""
    place = next((place for place, sign in enumerate(text) if is_hidden(sign)), None)
    if place is None:
        return ""
    code, before = f"U+{ord(text[place]):04X}", text[:place].split("\n")[-1][-SHOWN_BEFORE:].strip()
    if before:
        return _("hinter „%(before)s“ steht ein unsichtbares Zeichen (%(code)s)") % {"before": before, "code": code}
    return _("am Anfang steht ein unsichtbares Zeichen (%(code)s)") % {"code": code}


def _validator(fault_of: Fault) -> Callable[[str], None]:
    """For forms: the clause as a sentence beside the field."""

    def validate(value: str) -> None:
        if fault := fault_of(value):
            raise ValidationError(f"{fault[:1].upper()}{fault[1:]}.", code="typed_text")

    return validate


def _checked(fault_of: Fault) -> AfterValidator:
    """For files and the API: the clause goes on after "field:"."""

    def check(value: str) -> str:
        if fault := fault_of(value):
            raise ValueError(fault)
        return value

    return AfterValidator(check)


validate_line, validate_name, validate_text = map(_validator, (fault_of_line, fault_of_name, fault_of_text))
CHECKED_LINE, CHECKED_NAME, CHECKED_TEXT = map(_checked, (fault_of_line, fault_of_name, fault_of_text))
"""For types of pydantic: ``Annotated[str, CHECKED_LINE]``."""
