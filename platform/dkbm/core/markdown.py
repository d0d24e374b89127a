"""Markdown of posts as safe HTML: paragraphs, emphasis, lists, quotes, links, code. No images, no HTML."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_RULES_OFF = ["html_block", "html_inline", "image", "heading", "lheading", "hr"]
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener nofollow ugc"

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_RULES_OFF)


def render_markdown(text: str) -> SafeString:
    """``text`` as HTML that may stand in a page as it is; never raises, whatever was typed."""
    html = nh3.clean(_parser.render(text), tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
    return SafeString(html)
