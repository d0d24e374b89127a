"""Texts of posts: what is allowed, and short or quoted forms of them. Markdown in, plain text or Markdown out."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dkbm.core.markdown import plain_text
from dkbm.core.text import german_slug

from .enums import MAX_POST, MAX_TITLE
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
