"""The words of a mail that has only HTML: no script, no picture, nothing that is fetched. Quotes become "> "."""

from __future__ import annotations

import re

import nh3
from markdownify import markdownify

_KEPT = {"p", "br", "div", "blockquote", "ul", "ol", "li", "a", "table", "tr", "td", "th", "hr", "h1", "h2", "h3"}
_DEEPEST = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LEFT_OPEN = {"br", "img", "hr", "meta", "link", "input", "col", "p", "li", "td", "th", "tr", "o", "v"}
"""Void, or closed by the next of their kind."""


def text_of_html(html: str) -> str:
    """Markdown. Empty for what is nested deeper than any mail program writes: such a tree costs its depth squared."""
    if _depth(html) > _DEEPEST:
        return ""
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
    text = markdownify(clean, bullets="-", escape_misc=False, autolinks=True)
    lines = [line.strip() if not line.startswith((" ", ">")) else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).replace("\xa0", " ")).strip()


def _depth(html: str) -> int:
    deepest = now = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _LEFT_OPEN:
            now = max(now - 1, 0) if found[1] else now + 1
            deepest = max(deepest, now)
    return deepest
