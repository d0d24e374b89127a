"""Texts of posts: what is allowed, and short or quoted forms of them. Markdown in, plain text or Markdown out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dkbm.core.markdown import plain_text
from dkbm.core.text import german_slug

from .enums import MAX_OPTION, MAX_OPTIONS, MAX_POST, MAX_TITLE, MIN_OPTIONS, PollKind
from .errors import ForumRefusal


def normal_text(text: str) -> str:
    """Line ends as one character (a form sends two) and no NUL, so that all count characters alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def too_long(text: str) -> str:
    """The sentence for a text over the limit, empty for one that fits."""
    if len(text) <= MAX_POST:
        return ""
    return _(
        "Ihr Text hat %(count)s Zeichen, ein Beitrag fasst höchstens %(limit)s. Bitte kürzen oder teilen Sie ihn."
    ) % {
        "count": number_format(len(text), force_grouping=True),
        "limit": number_format(MAX_POST, force_grouping=True),
    }


def checked_text(text: str) -> str:
    """The text as it is stored. Raises :class:`ForumRefusal` for an empty or too long one."""
    text = normal_text(text)
    if not text:
        raise ForumRefusal(_("Bitte schreiben Sie einen Text."), field="text")
    if sentence := too_long(text):
        raise ForumRefusal(sentence, field="text")
    return text


def checked_title(title: str) -> str:
    """The title in one line. Raises :class:`ForumRefusal` for an empty or too long one."""
    title = " ".join(title.replace("\x00", "").split())
    if not title:
        raise ForumRefusal(_("Bitte geben Sie dem Thema einen Titel."), field="title")
    if len(title) > MAX_TITLE:
        raise ForumRefusal(
            _("Der Titel hat %(count)s Zeichen, höchstens %(limit)s passen. Bitte kürzen Sie ihn.")
            % {"count": len(title), "limit": MAX_TITLE},
            field="title",
        )
    return title


def checked_question(question: str) -> str:
    """What a poll asks, in one line. Raises :class:`ForumRefusal`."""
    question = " ".join(question.replace("\x00", "").split())
    if not question:
        raise ForumRefusal(_("Bitte schreiben Sie, was Sie fragen."), field="question")
    if len(question) > MAX_TITLE:
        sentence = _("Die Frage hat %(count)s Zeichen, höchstens %(limit)s passen. Bitte kürzen Sie sie.")
        raise ForumRefusal(sentence % {"count": len(question), "limit": MAX_TITLE}, field="question")
    return question


def checked_options(options: Iterable[str], kind: str) -> list[str]:
    """The options of a poll, dates in their order. Raises :class:`ForumRefusal` where they are no choice."""
    texts = [text for each in options if (text := " ".join(each.replace("\x00", "").split()))]
    found = sorted_dates(texts) if kind == PollKind.DATES else texts
    known: set[str] = set()
    for text in found:
        if text.casefold() in known:
            raise _option_refusal(_("„%(text)s“ steht zweimal da."), text=text)
        if len(text) > MAX_OPTION:
            sentence = _("„%(text)s …“ ist zu lang: Eine Antwort hat höchstens %(most)s Zeichen.")
            raise _option_refusal(sentence, text=text[:30], most=MAX_OPTION)
        known.add(text.casefold())
    if not MIN_OPTIONS <= len(found) <= MAX_OPTIONS:
        sentence = _("Zur Wahl stehen %(least)s bis %(most)s Antworten, hier sind es %(count)s.")
        raise _option_refusal(sentence, least=MIN_OPTIONS, most=MAX_OPTIONS, count=len(found))
    return found


def _option_refusal(sentence: str, **values: object) -> ForumRefusal:
    return ForumRefusal(sentence % values, field="options")


_DATE = re.compile(
    r"(?:[A-Za-zäöü]{2,10}\.?,? )?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})"
    r"(?:,? (?:um )?(\d{1,2})(?:[:.](\d{2}))?(?:\s?[-–]\s?(\d{1,2})(?:[:.](\d{2}))?)?(?: Uhr)?)?"
)


def sorted_dates(texts: Iterable[str]) -> list[str]:
    """Dates as people type them (``3.12.2026, 14:00–16:00``), written in full and in their order."""
    return [text for _key, text in sorted(_date_of(text) for text in texts)]


def _date_of(text: str) -> tuple[tuple[object, ...], str]:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day, month, year, hour, minute, until, past = (int(part) if part else None for part in found.groups())
        date = datetime.date((year or 0) + (2000 if (year or 0) < 100 else 0), month or 0, day or 0)
        times = [datetime.time(at, beside or 0) for at, beside in ((hour, minute), (until, past)) if at is not None]
    except ValueError:
        sentence = _("„%(text)s“ ist kein Termin. Bitte schreiben Sie ihn so: 3.12.2026, 14:00")
        raise _option_refusal(sentence, text=text[:30]) from None
    when = "–".join(time.isoformat("minutes") for time in times)
    words = date_format(date, "D, j. F Y") + (f", {when} " + _("Uhr") if when else "")
    return (date, when), words


def slug_of(title: str) -> str:
    """At most 100 characters of a-z, 0-9 and hyphens; ``thema`` where nothing is left."""
    return german_slug(title, length=100) or "thema"


def excerpt(text: str, length: int = 280) -> str:
    """The beginning of what the author wrote, without quotes of others (unless there is nothing else)."""
    return Truncator(plain_text(text, with_quotes=False) or plain_text(text)).chars(length)


def quote(text: str, name: str) -> str:
    """The text as a Markdown quote with its author, ready to be answered below."""
    lines = [f"**{name}:**", "", *text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
