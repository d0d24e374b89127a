"""Markdown of posts as safe HTML: paragraphs, emphasis, lists, quotes, links, code. No images, no HTML.

Two fences: the parser never passes HTML on, and what it made is cleaned all the same.
"""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_RULES_OFF = ["html_block", "html_inline", "image", "heading", "lheading", "hr", "reference"]
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener nofollow ugc"

_BARE_URL = re.compile(r"\bhttps?://[^\s<>\"'`|{}\\^]+", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "["}


def _link_bare_urls(state: StateCore) -> None:
    """Make links of addresses that were simply typed; not inside links and code."""
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        depth = 0
        for token in block.children:
            depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            is_plain = token.type == "text" and not depth
            children.extend(_with_links(token, state.md) if is_plain else [token])
        block.children = children


def _with_links(token: Token, parser: MarkdownIt) -> list[Token]:
    parts: list[Token] = []
    end = 0
    for found in _BARE_URL.finditer(token.content):
        url = _without_punctuation(found.group())
        href = parser.normalizeLink(url)
        if not parser.validateLink(href):
            continue
        parts.append(_text(token.content[end : found.start()]))
        parts.append(Token("link_open", "a", 1, attrs={"href": href}))
        parts.append(_text(url))
        parts.append(Token("link_close", "a", -1))
        end = found.start() + len(url)
    return [*parts, _text(token.content[end:])] if parts else [token]


def _without_punctuation(url: str) -> str:
    """An address at the end of a sentence or in brackets, without what belongs to the sentence."""
    while url:
        last = url[-1]
        if last in ".,;:!?*_~" or (last in _BRACKETS and url.count(last) > url.count(_BRACKETS[last])):
            url = url[:-1]
        else:
            break
    return url


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_RULES_OFF)
_parser.core.ruler.push("bare_urls", _link_bare_urls)


def render_markdown(text: str) -> SafeString:
    """``text`` as HTML that may stand in a page as it is; never raises, whatever was typed."""
    html = nh3.clean(_parser.render(text), tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
    return SafeString(html)
