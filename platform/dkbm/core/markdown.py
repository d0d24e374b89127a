"""Markdown of posts as safe HTML: paragraphs, emphasis, lists, quotes, links, code. No images, no HTML.

Two fences: the parser never passes HTML on, and what it made is cleaned all the same. Whatever somebody types,
the time goes with the length of the text (``tests/benchmarks/markdown.py``): no post may stop the process.
"""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString
from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

RENDERER = 1
"""Counted up whenever the same text becomes other HTML; what is stored of an older one is made anew."""

_RULES_OFF = ["html_block", "html_inline", "image", "heading", "lheading", "hr", "reference"]
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener nofollow ugc"

_START = re.compile(r"(?<![\w@.-])(?:https?://|www\.)", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
"""Longer ones stay text: so each start costs at most that much, whatever follows it."""
_OF_THE_SENTENCE = ".,;:!?*_~„“”‚‘’»«›‹…"
"""Not of the address that they follow."""


class _WebAddresses(LinkifyIt):
    """Addresses with http(s), and those that begin with ``www.`` and have one more dot: https is meant.

    A name with a dot alone is a word: ``beispiel.de`` may be one, ``Readme.md`` is.
    """

    def __init__(self) -> None:
        others = dict.fromkeys(("ftp:", "//", "mailto:"))
        super().__init__(schemas=others, options={"fuzzy_link": False, "fuzzy_email": False})
        self.add("www.", {"validate": self._length_behind_www})
        parts = self.re
        host = f"(?:{parts['src_domain']}\\.)+{parts['src_domain']}{parts['src_port']}{parts['src_host_terminator']}"
        self._behind_www = re.compile(f"{host}(?!@){parts['src_path']}", re.IGNORECASE)

    def _length_behind_www(self, text: str, position: int) -> int:
        found = self._behind_www.match(text, position)
        return len(found.group()) if found else 0

    def normalize(self, match: Match) -> None:
        match.text = match.raw.rstrip(_OF_THE_SENTENCE)
        match.last_index = match.index + len(match.text)
        match.url = f"https://{match.text}" if match.schema == "www." else match.text


_web = _WebAddresses()
_mail = LinkifyIt(schemas=dict.fromkeys(("http:", "https:", "ftp:", "//")), options={"fuzzy_link": False})
# The sign @ says that it is an address; a list of endings would only miss some.
_mail.tlds("[a-z]{2,63}")


def _link_web_address(state: StateInline, silent: bool) -> bool:
    """Make a link of an address that was simply typed, before anything in it is taken for emphasis."""
    if state.linkLevel > 0 or not _START.match(state.src, state.pos):
        return False
    beginning = state.src[state.pos : state.pos + _LONGEST_ADDRESS]
    found = _web.match_at_start(beginning)
    if not found or found.last_index == _LONGEST_ADDRESS:
        return False
    href = state.md.normalizeLink(found.url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.push("text", "", 0).content = found.text
        state.push("link_close", "a", -1)
    state.pos += found.last_index
    return True


_parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).disable(_RULES_OFF)
_parser.enable("linkify")
_parser.linkify = _mail
_parser.inline.ruler.at("linkify", _link_web_address)
for _letter in "hHwW":
    _parser.inline.add_terminator_char(_letter)


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
