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

from dkbm.core.text import DIRECTIONS, GAPS, WITHIN_WORDS, has_visible_sign

BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
UNSEEN_IN_LINE = re.compile(rf"[\t\n{CONTROLS}{DIRECTIONS}{WITHIN_WORDS}{GAPS}]")
UNSEEN_IN_TEXT = re.compile(rf"(?![\r])[{CONTROLS}{DIRECTIONS}]")
# "Woman with laptop" is two signs with a joiner between them; everywhere else the joiner is refused.
PICTURES = r"\U0001f000-\U0001faff\u2600-\u27bf"
JOINED_PICTURES = re.compile(rf"(?<=[{PICTURES}\ufe0f])\u200d(?=[{PICTURES}])")
LINK = re.compile(r"//|@|\b(?:www\.|mailto:)", re.IGNORECASE)
HOST = re.compile(r"(?<![\w-])[^\W_][\w-]{2,}\.(?:[a-z]{2,}|[A-Z]{2,})(?![\w.])|\w\.[a-z]{2,}/")
"""As mail programs make a link of it: ``gewinn.example``; no ``Dr.med.`` and no ``Karl.Heinz``."""
SHOWN_BEFORE = 20

Fault = Callable[[str], str]


def fault_of_line(text: str) -> str:
    """Why ``text`` is no line, as a clause; '' for one that is."""
    if BREAK.search(text):
        return _("hier passt nur eine einzige Zeile")
    return _hidden(UNSEEN_IN_LINE, JOINED_PICTURES.sub(" ", text)) or _unseen_as_a_whole(text)


def fault_of_name(text: str) -> str:
    """As :func:`fault_of_line`; a name is no address either: mails would make a link of it. And it can be read out."""
    # Wide colons and dots are shown, and followed, as the usual ones.
    shown = unicodedata.normalize("NFKC", text)
    if LINK.search(shown) or HOST.search(shown):
        return _("hier passt ein Name, keine Adresse im Netz")
    if fault := fault_of_line(text):
        return fault
    if text.strip() and not any(sign.isalnum() for sign in text):
        return _("ein Name hat mindestens einen Buchstaben oder eine Ziffer")
    return ""


def fault_of_text(text: str) -> str:
    """Why several lines are refused: control characters but line ends and tabs, and signs that turn the direction.

    What word processors leave behind (soft hyphens, zero-width blanks) stays: it cannot lie.
    """
    return _hidden(UNSEEN_IN_TEXT, text) or _unseen_as_a_whole(text)


def _unseen_as_a_whole(text: str) -> str:
    """Blanks alone are for the form to refuse, where it must not be empty."""
    return "" if not text.strip() or has_visible_sign(text) else _("hier fehlt ein sichtbares Zeichen")


def _hidden(unseen: re.Pattern[str], text: str) -> str:
    """Names the place: nobody can look for what cannot be seen."""
    found = unseen.search(text)
    if found is None:
        return ""
    code = f"U+{ord(found[0]):04X}"
    before = text[: found.start()].split("\n")[-1][-SHOWN_BEFORE:].strip()
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
