"""Plain text as HTML in which web addresses can be clicked."""

from __future__ import annotations

import re

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"""https?://[^\s<>"']+""")
# Ends the sentence, not the address.
PUNCTUATION = ".,;:!?)]"


def linked(text: str) -> SafeString:
    """Everything escaped, addresses as links, empty lines as paragraphs."""
    parts: list[str] = []
    position = 0
    for found in ADDRESS.finditer(text):
        address = found.group().rstrip(PUNCTUATION)
        parts.append(escape(text[position : found.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        position = found.start() + len(address)
    parts.append(escape(text[position:]))
    return mark_safe(linebreaks("".join(parts)))  # noqa: S308 - every part is escaped above
