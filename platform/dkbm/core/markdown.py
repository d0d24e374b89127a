"""Markdown of posts as safe HTML: paragraphs, emphasis, lists, quotes, links, code. No images, no HTML.

Two fences: the parser never passes HTML on, and what it made is cleaned all the same. Whatever somebody types,
the time goes with the length of the text (``tests/benchmarks/markdown.py``): no post may stop the process.
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
_PUNCTUATION = ".,;:!?*_~"


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
    unopened = {closing: url.count(closing) - url.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(url)
    while end and (url[end - 1] in _PUNCTUATION or unopened.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in unopened:
            unopened[url[end]] -= 1
    return url[:end]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(_RULES_OFF)
_parser.core.ruler.push("bare_urls", _link_bare_urls)


def plain_text(text: str, *, with_quotes: bool = True) -> str:
    """What a reader would say aloud: the words of ``text`` in one line, without marks and addresses of links."""
    words: list[str] = []
    quotes = 0
    for token in _parser.parse(text):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.content and (with_quotes or not quotes):
            words.append(_words(token) if token.type == "inline" else token.content)
    return " ".join(" ".join(words).split())


def _words(inline: Token) -> str:
    return "".join(" " if token.type.endswith("break") else token.content for token in inline.children or [])


def render_markdown(text: str) -> SafeString:
    """``text`` as HTML that may stand in a page as it is; never raises, whatever was typed."""
    html = nh3.clean(_parser.render(text), tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL)
    return SafeString(html)
