"""The words of a mail that has only HTML: no script, no picture, nothing that is fetched. Quotes become "> "."""

from __future__ import annotations

import re

import nh3
from markdownify import markdownify

_KEPT = {"p", "br", "div", "blockquote", "ul", "ol", "li", "a", "table", "tr", "td", "th", "hr", "h1", "h2", "h3"}
_DEEPEST = 200
_CLOSED = re.compile(r"<(/?)(?:div|blockquote|table|tr|td|ul|ol|li)\b", re.IGNORECASE)


def text_of_html(html: str) -> str:
    """Markdown. Empty for what is nested deeper than any mail program writes."""
    clean = nh3.clean(
        html,
        tags=_KEPT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style", "title"},
        link_rel=None,
    )
    # A table in a mail is there for its looks.
    for tag in ("table", "tr", "td", "th", "h1", "h2", "h3"):
        clean = re.sub(rf"<(/?){tag}\b[^>]*>", r"<\1div>", clean)
    if _depth(clean) > _DEEPEST:
        return ""
    text = markdownify(clean, bullets="-", escape_misc=False, autolinks=True)
    lines = [line.strip() if not line.startswith((" ", ">")) else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).replace("\xa0", " ")).strip()


def _depth(html: str) -> int:
    deepest = now = 0
    for found in _CLOSED.finditer(html):
        now += -1 if found[1] else 1
        deepest = max(deepest, now)
    return deepest
