"""What people write becomes safe HTML, whatever they write."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.template import Context, Template

from dkbm.core.markdown import plain_text, render_markdown, render_paragraphs

REL = 'rel="noopener nofollow ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Erste Zeile\nzweite\n\nneuer Absatz", "<p>Erste Zeile<br>\nzweite</p>\n<p>neuer Absatz</p>\n"),
        ("*kursiv* und **fett**", "<p><em>kursiv</em> und <strong>fett</strong></p>\n"),
        ("- eins\n- zwei", "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"),
        ("3. drei\n4. vier", '<ol start="3">\n<li>drei</li>\n<li>vier</li>\n</ol>\n'),
        ("> zitiert", "<blockquote>\n<p>zitiert</p>\n</blockquote>\n"),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("[Seite](/katalog/)", f'<p><a href="/katalog/" {REL}>Seite</a></p>\n'),
        ("<https://example.org>", f'<p><a href="https://example.org" {REL}>https://example.org</a></p>\n'),
        ("# keine Überschrift", "<p># keine Überschrift</p>\n"),
        ("Zeile\n---", "<p>Zeile<br>\n---</p>\n"),
        ("![Bild](https://example.org/x.png)", f'<p>!<a href="https://example.org/x.png" {REL}>Bild</a></p>\n'),
        ("", ""),
    ],
)
def test_subset(text: str, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    ("text", "url", "rest"),
    [
        ("siehe https://example.org/a.", "https://example.org/a", "."),
        ("(https://example.org/a)", "https://example.org/a", ")"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", ""),
        ("HTTP://EXAMPLE.ORG, ja", "HTTP://EXAMPLE.ORG", ", ja"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2", ""),
        (
            "https://www.example.org/fileadmin/_pdf_/*plan*.pdf",
            "https://www.example.org/fileadmin/_pdf_/*plan*.pdf",
            "",
        ),
        ("„https://example.org/a“", "https://example.org/a", "“"),
        ("»https://example.org/a«!", "https://example.org/a", "«!"),
        ("http://localhost:8000/a", "http://localhost:8000/a", ""),
        ("Netz:https://example.org", "https://example.org", ""),
        ("https://example.org/Bildungsbüro", "https://example.org/Bildungsbüro", ""),
        ("www.example.org/_pdf_/plan.pdf.", "www.example.org/_pdf_/plan.pdf", "."),
        ("(WWW.example.org)", "WWW.example.org", ")"),
        ("ingo.becker_a_b@landkreis-verden.de, ja", "ingo.becker_a_b@landkreis-verden.de", ", ja"),
        ("<anna@stadt.berlin>", "anna@stadt.berlin", ""),
        ("(anna@stadt.berlin)", "anna@stadt.berlin", ")"),
        ("www.anna@example.org", "www.anna@example.org", ""),
        ("mailto:anna@example.org", "mailto:anna@example.org", ""),
        ("E-Mail:anna@example.org", "anna@example.org", ""),
        ("Anna/anna@example.org", "anna@example.org", ""),
        ("„anna@example.org“", "anna@example.org", "“"),
        ("[anna@example.org]", "anna@example.org", "]"),
        ("‚anna@example.org‘", "anna@example.org", "‘"),
        ("anna@example.org-Adresse", "anna@example.org", "-Adresse"),
        ("anna+kita@example.org’s", "anna+kita@example.org", "’s"),
    ],
)
def test_bare_address_becomes_a_link(text: str, url: str, rest: str) -> None:
    html = render_markdown(text)
    assert f"{REL}>{url}</a>{rest}</p>" in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("www.example.org/a?b=c", "https://www.example.org/a?b=c"),
        ("http://www.example.org", "http://www.example.org"),
        ("anna@example.org", "mailto:anna@example.org"),
        ("mailto:anna@example.org", "mailto:anna@example.org"),
        ("https://bildungsbüro.example/ä", "https://xn--bildungsbro-1hb.example/%C3%A4"),
    ],
)
def test_bare_address_leads_to_what_is_meant(text: str, href: str) -> None:
    assert f'<a href="{href}"' in render_markdown(text)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://exam{}ple.org/a{}", "https://example.org/a"),
        ("{}https://example.org/fileadmin/{}_pdf_/{}plan.pdf{},", "https://example.org/fileadmin/_pdf_/plan.pdf"),
        ("www.{}example.org", "https://www.example.org"),
        ("{}anna@{}exam{}ple.org{}", "mailto:anna@example.org"),
    ],
)
def test_address_from_a_word_processor_leads_where_it_is_meant_to(text: str, href: str, unseen: str) -> None:
    assert f'<a href="{href}"' in render_markdown(f"siehe {text.replace('{}', unseen)} dort")
    assert unseen in render_markdown(f"Bil{unseen}dung")


def test_line_ends_and_bullets_of_other_programs_are_what_they_were() -> None:
    assert render_markdown("a\u2028b\vc\x85d") == "<p>a<br>\nb<br>\nc<br>\nd</p>\n"
    assert render_markdown("\uf0b7 eins\n \uf0a7\tzwei") == "<p>• eins<br>\n•\tzwei</p>\n"


def test_text_without_marks_has_paragraphs_lines_and_links_alone() -> None:
    text = "1. *eins*\n- `zwei`\n\n    > drei & <b> www.example.org/_a_/b oder anna@example.org."
    assert render_paragraphs(text) == (
        "<p>1. *eins*<br>\n- `zwei`</p>\n<p>&gt; drei &amp; &lt;b&gt; "
        f'<a href="https://www.example.org/_a_/b" {REL}>www.example.org/_a_/b</a> oder '
        f'<a href="mailto:anna@example.org" {REL}>anna@example.org</a>.</p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "Readme.md", "beispiel.de", "www.beispiel", "www. beispiel.de", "xhttps://example.org", "meine-www.example.org",
        "https://", "http:// example.org", "ftp://example.org", "//example.org", "http\\://example.org", "anna@home",
        "@anna", "müller@example.org", "o'neil@example.org", "a@b@example.org", "17:30",
        "z.B.", "Nr.4", "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_word_is_no_address(text: str) -> None:
    assert "<a " not in render_markdown(f"Siehe {text} dort")


def test_each_of_several_addresses_is_a_link() -> None:
    html = render_markdown("https://a.example/x_y_z *www.b.example* anna@c.example\n- **http://d.example/_e_**\n")
    assert re.findall(r'href="([^"]+)"', html) == [
        "https://a.example/x_y_z",
        "https://www.b.example",
        "mailto:anna@c.example",
        "http://d.example/_e",
    ]
    assert "<em><a " in html


def test_address_in_link_and_code_is_left_alone() -> None:
    assert render_markdown("[https://a.example](https://b.example)").count("<a ") == 1
    assert render_markdown("[anna@a.example](https://b.example)").count("<a ") == 1
    assert render_markdown("[*www.a.example*](https://b.example)").count("<a ") == 1
    for address in ("https://a.example", "www.a.example", "anna@a.example"):
        assert "<a " not in render_markdown(f"`{address}`\n\n```\n{address}\n```")


class Collector(HTMLParser):
    """Tags with attributes, and the addresses of links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.declarations = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_decl(self, decl: str) -> None:
        self.declarations += 1


ALLOWED_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code", "pre"}


def assert_harmless(text: str, render: Callable[[str], str] = render_markdown) -> None:
    html = render(text)
    found = Collector()
    found.feed(html)
    assert found.tags <= ALLOWED_TAGS, (text, html)
    assert found.attributes <= {"href", "title", "start", "rel"}, (text, html)
    for link in found.links:
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", link, re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}, (text, html)
    assert html.count("<a ") == html.count(REL), (text, html)
    assert found.declarations == 0


NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://a.example "\\"onmouseover=alert(1) x=\\"")',
    "[x](<https://a.example/\"onclick='x'>)",
    'https://a.example/"onmouseover=alert(1)',
    "https://a.example/<script>alert(1)</script>",
    'www.a.example/"onmouseover=alert(1)',
    "www.a.example/<script>alert(1)</script>",
    'anna@a.example"onmouseover=alert(1)',
    "mailto:anna@a.example?body=<script>",
    "javascript:alert(1)//www.a.example",
    "javascript://www.a.example/%0aalert(1)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[<script>alert(1)</script>](https://a.example)",
    "`</code><script>alert(1)</script>`",
    '```"><script>\n</code></pre><script>alert(1)</script>\n```',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --><![CDATA[<script>]]><!DOCTYPE x>",
    "<a href='javascript:alert(1)'>x</a>",
    "> > > <iframe src=//evil.example>",
    "\x00<scr\x00ipt>",
    "//evil.example [x](//evil.example)",
    "\\[x](javascript:alert\\(1\\))",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_harmless(text: str) -> None:
    assert_harmless(text)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_without_marks_is_harmless(text: str) -> None:
    assert_harmless(text, render_paragraphs)


def test_nasty_texts_in_each_other_are_harmless() -> None:
    chance = random.Random(7)
    shells = [
        "> {}",
        "- {}",
        "**{}**",
        "[{}](https://a.example)",
        "[x]({})",
        "`{}`",
        "<{}>",
        "{}\n{}",
        "https://a.example/{}",
        "www.a.example/{}",
        "anna{}@a.example",
    ]
    for _ in range(2000):
        text = chance.choice(NASTY)
        for _layer in range(chance.randint(1, 4)):
            shell = chance.choice(shells)
            text = shell.replace("{}", text, 1).replace("{}", chance.choice(NASTY))
        assert_harmless(text)


def test_noise_of_markup_characters_is_harmless() -> None:
    chance = random.Random(11)
    alphabet = "<>[]()!*_`\\&#;:/\"'= \n\t-+>aä🙂\x00" + "javascript"
    for _ in range(2000):
        assert_harmless("".join(chance.choices(alphabet, k=chance.randint(1, 60))))


@pytest.mark.parametrize(
    "text", ["> " * 5000 + "x", "[" * 5000, "*" * 5000, "- " * 2000 + "x", "`" * 4999, "(" * 20000]
)
def test_deep_nesting_ends(text: str) -> None:
    assert_harmless(text)


def test_filter() -> None:
    template = Template("{% load text %}{{ a|markdown }}{{ b|markdown }}")
    assert template.render(Context({"a": "<b> *x*", "b": None})) == "<p>&lt;b&gt; <em>x</em></p>\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Fett** und _schräg_ und `Code`", "Fett und schräg und Code"),
        ("[Das Muster](https://a.example.org/x) hilft.", "Das Muster hilft."),
        ("1. eins\n2) zwei\n\n- drei", "1. eins 2) zwei drei"),
        ("Zeile\nZeile\n\nAbsatz", "Zeile Zeile Absatz"),
        ("> Zitat\n\nAntwort", "Zitat Antwort"),
        ("```\nSELECT 1\n```", "SELECT 1"),
        ("2 * 3 * 4, Kolleg*innen und datei_name_neu", "2 * 3 * 4, Kolleg*innen und datei_name_neu"),
        ("https://a.example.org/x.", "https://a.example.org/x."),
        ("www.a.example.org/_x_ oder anna@a.example", "www.a.example.org/_x_ oder anna@a.example"),
        ("<b>roh</b>", "<b>roh</b>"),
        ("", ""),
    ],
)
def test_plain_text_has_the_words_without_marks(text: str, words: str) -> None:
    assert plain_text(text) == words


def test_plain_text_without_quotes() -> None:
    assert plain_text("> Zitat\n> > darin\n\nAntwort\n\n> noch eins", with_quotes=False) == "Antwort"


@pytest.mark.parametrize(
    ("url", "kept"),
    [("http://a)))", "http://a"), ("http://a/(b)).", "http://a/(b)"), ("http://a/b])!", "http://a/b")],
)
def test_address_loses_brackets_that_it_did_not_open(url: str, kept: str) -> None:
    assert f'<a href="{kept}"' in render_markdown(url)
