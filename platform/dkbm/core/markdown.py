"""Markdown of posts as safe HTML: paragraphs, emphasis, lists, quotes, links, code. No images, no HTML.

Most people paste, and know nothing of Markdown: a star within a word, typed numbers and an indented line stay what
they were.

Two fences: the parser never passes HTML on, and what it made is cleaned all the same. Whatever somebody types,
the time goes with the length of the text (``tests/benchmarks/markdown.py``): no post may stop the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import nh3
from django.utils.safestring import SafeString
from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, escape
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import OptionsType

from dkbm.core.text import LINE_END

RENDERER = 3
"""Counted up whenever the same text becomes other HTML; what is stored of an older one is made anew."""

_RULES_OFF = ["html_block", "html_inline", "image", "heading", "lheading", "hr", "reference", "code"]
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre"}
NAMED = "mention"
"""Class of what :func:`render_markdown` made of a name."""
_CLASSES = {"a": {NAMED}, "strong": {NAMED}}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "noopener nofollow ugc"

_PATH = re.compile(r"(?:^|[\s(„\"'])(?:[A-Za-z]:\S*|\\\\\S*)\Z")
_LONGEST_PATH = 260
_MARKS = tuple("\\*_`[]()<>")
_TARGET = re.compile(r"https?://|mailto:|[/#]", re.IGNORECASE)

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


class _MailAddresses(LinkifyIt):
    """Mail addresses behind and before whatever stands beside them: ``Mail:anna@example.org;…``, ``„anna@…“``.

    The sign @ says that it is one; a list of endings would only miss some. What may be a part of a longer address
    that we do not know (``müller@``, ``o'neil@``) stays text: half of it is another's mailbox.
    """

    _USER = r"[a-z0-9_](?:[a-z0-9._%+-]*[a-z0-9_+-])?"
    _HOST = r"(?:[^\W_](?:[^\W_]|-){0,62}\.)+[^\W\d_]{2,63}"

    def __init__(self) -> None:
        super().__init__(schemas=dict.fromkeys(("http:", "https:", "ftp:", "//")), options={"fuzzy_link": False})
        before = r"(?<![\w.%+@-])(?<!\w['’&!#$*=?^`{|}~])(?<!://)"
        self.re["email_fuzzy"] = rf"(){before}{self._USER}@{self._HOST}(?![\w@])"


_web = _WebAddresses()
_mail = _MailAddresses()
_TYPED_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
_UNSEEN_IN_ADDRESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What word processors and PDF files leave where an address may be parted; with it the address leads nowhere."""
_BULLETS = re.compile(r"^([ \t]*)[\uf0a7\uf0b7\uf0d8\uf0fc](?=\s)", re.MULTILINE)
"""Signs of the lists of word processors, from fonts that nobody else has."""


def _source(text: str) -> str:
    """``text`` as it was meant, where the program that it was copied from has its own signs for it."""
    text = _BULLETS.sub(r"\1•", LINE_END.sub("\n", text))
    return re.sub(r"\S+", _whole_address, text) if _UNSEEN_IN_ADDRESS.search(text) else text


def _whole_address(found: re.Match[str]) -> str:
    word = found[0]
    return _UNSEEN_IN_ADDRESS.sub("", word) if _TYPED_ADDRESS.search(word) else word


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


def _emphasis(state: StateInline, silent: bool) -> bool:
    """As the parser's own rule, but a star between letters or digits is a star: ``Kolleg*innen``, ``3*4*5``."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, False)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, place, end=-1, open=scanned.can_open, close=scanned.can_close)
        )
    state.pos += scanned.length
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    r"""A backslash takes the meaning from the sign behind it; within a path (``S:\_Alt``, ``\\server``) it is one."""
    if state.src[state.pos] != "\\":
        return False
    path = _PATH.search(state.src[max(0, state.pos - _LONGEST_PATH) : state.pos + 2])
    if path is None:
        return escape(state, silent)
    signs = state.src[state.pos : state.pos + 2]
    literal = signs if signs[1:] in _MARKS else "\\"
    if not silent:
        state.push("text_special", "", 0).content = literal
    state.pos += len(literal)
    return True


_NO_MARK = re.compile(r"\+|0\d")


def _list(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Who types ``+ 5 Prozent`` wants to see the plus, and ``01. März`` with its nought."""
    begin = state.bMarks[first] + state.tShift[first]
    return not _NO_MARK.match(state.src, begin) and list_block(state, first, last, silent)


def _link_name(state: StateInline, silent: bool) -> bool:
    """Make a link of a name that was told to be one, not within a longer word, and not within a link."""
    if state.linkLevel > 0 or state.src[state.pos] != "@" or within_word(state.src, state.pos):
        return False
    named: Mapping[str, str] = state.env.get(NAMED, {})
    name = next((each for each in named if begins_with_name(state.src[state.pos :], each)), "")
    if not name:
        return False
    if not silent:
        tag, attrs = ("a", {"href": named[name], "class": NAMED}) if named[name] else ("strong", {"class": NAMED})
        state.push("link_open", tag, 1).attrs = attrs  # type: ignore[assignment]
        state.push("text", "", 0).content = name
        state.push("link_close", tag, -1)
    state.pos += len(name)
    return True


def within_word(text: str, place: int) -> bool:
    """Something stands right before the sign @ at ``place`` that makes an address or a word of it."""
    before = text[place - 1 : place]
    return before.isalnum() or before in {"_", "@", "/", ".", "-", "+"}


_GOES_ON = re.compile(r"-?\w")


def begins_with_name(text: str, name: str) -> bool:
    """``name`` is not the beginning of a longer one."""
    return text.startswith(name) and not _GOES_ON.match(text, len(name))


def _leads_somewhere(url: str) -> bool:
    """``[Anlage](2)`` is no link, but brackets."""
    return bool(_TARGET.match(url))


def _keep_numbers(state: StateCore) -> None:
    """``24. November`` below ``1. Sitzung`` is not the second point: what was typed is said at each jump."""
    expected: list[int] = []
    for token in state.tokens:
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            expected.append(1 if start is None else int(start))
        elif token.type == "ordered_list_close":
            expected.pop()
        elif token.type == "list_item_open" and token.info:
            number = int(token.info)
            if number != expected[-1]:
                token.attrSet("value", str(number))
            expected[-1] = number + 1


def _with_addresses(parser: MarkdownIt) -> MarkdownIt:
    parser.enable(["linkify", "newline"])
    parser.linkify = _mail
    parser.inline.ruler.at("linkify", _link_web_address)
    parser.validateLink = _leads_somewhere  # type: ignore[method-assign]
    for letter in "hHwW":
        parser.inline.add_terminator_char(letter)
    return parser


_OPTIONS: OptionsType = {"html": False, "breaks": True, "linkify": True}  # type: ignore[typeddict-item]
_paragraphs = _with_addresses(MarkdownIt("zero", _OPTIONS))
_parser = _with_addresses(MarkdownIt("commonmark", _OPTIONS).disable(_RULES_OFF))
_parser.inline.ruler.at("emphasis", _emphasis)
_parser.inline.ruler.at("escape", _escape)
_parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
_parser.core.ruler.after("block", "numbers", _keep_numbers)
_parser.inline.add_terminator_char("@")
_parser.inline.ruler.push("named", _link_name)


def plain_text(text: str, *, with_quotes: bool = True) -> str:
    """What a reader would say aloud: words and numbers of ``text`` in one line, without marks and links' addresses."""
    words: list[str] = []
    quotes = 0
    for token in _parser.parse(_source(text)):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "list_item_open" and token.info and (with_quotes or not quotes):
            words.append(f"{token.info}{token.markup}")
        if token.content and (with_quotes or not quotes):
            words.append(_words(token) if token.type == "inline" else token.content)
    return " ".join(" ".join(words).split())


def _words(inline: Token) -> str:
    return "".join(" " if token.type.endswith("break") else token.content for token in inline.children or [])


def own_words(text: str) -> Iterator[str]:
    """What the author wrote of ``text`` in runs without a mark: no quotes of others, no code, no names of links."""
    quotes = links = 0
    for block in _parser.parse(_source(text)):
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(block.type, 0)
        for token in (block.children or []) if not quotes else []:
            links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text" and not links:
                yield token.content


def render_markdown(text: str, named: Mapping[str, str] | None = None) -> SafeString:
    """``text`` as HTML that may stand in a page as it is; never raises, whatever was typed.

    ``named``: names as they stand in the text, with ``@``, and where each leads; none leads nowhere and is only marked.
    """
    longest_first = sorted((named or {}).items(), key=lambda each: -len(each[0]))
    return _html(_parser, text, {NAMED: dict(longest_first)})


def render_paragraphs(text: str) -> SafeString:
    """As :func:`render_markdown`, of a text without marks: paragraphs, lines and links alone."""
    return _html(_paragraphs, text)


def _html(parser: MarkdownIt, text: str, env: dict[str, Mapping[str, str]] | None = None) -> SafeString:
    html = parser.render(_source(text), env if env is not None else {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_REL, allowed_classes=_CLASSES
    )
    return SafeString(clean)
