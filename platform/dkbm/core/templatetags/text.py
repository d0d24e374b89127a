"""Filters for texts that people wrote."""

from __future__ import annotations

import re

from django import template
from django.template.defaultfilters import truncatewords
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from dkbm.core.markdown import render_markdown, render_paragraphs
from dkbm.core.text import one_line as in_one_line

register = template.Library()


# A full stop after a short word is rarely a sentence's end: "z. B.", "Dr.", "3."
SENTENCE_END = re.compile(r"(?<=[^\W\d]{3}[.!?])\s+|(?<=[.!?]“)\s+")


@register.filter
def whole_sentences(text: str | None, words: int) -> str:
    """As many sentences from the beginning as ``words`` words hold; one that is longer alone is cut."""
    kept: list[str] = []
    for sentence in SENTENCE_END.split((text or "").strip()):
        if kept and len(" ".join([*kept, sentence]).split()) > words:
            break
        kept.append(sentence)
    return str(truncatewords(" ".join(kept), words))


@register.filter
def as_excerpt(snippet: SafeString) -> SafeString:
    """``snippet`` with "…" where it begins or ends within a sentence."""
    text = strip_tags(snippet).strip()
    before = "… " if text[:1].islower() else ""
    after = "" if not text or text.endswith((".", "!", "?", "“", "…")) else " …"
    return format_html("{}{}{}", before, snippet, after)


@register.filter
def markdown(text: str | None) -> SafeString:
    """``{{ post.text|markdown }}``: the text of a post as safe HTML; put it into ``<div class="text">``."""
    return render_markdown(text or "")


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """``{{ group.result|paragraphs }}``: a text of several lines, with the addresses in it as links."""
    return render_paragraphs(text or "")


@register.filter
def one_line(text: str | None) -> str:
    """A name or a title where a line break, or a sign that turns the direction of writing, would tell lies."""
    return in_one_line(text or "")
