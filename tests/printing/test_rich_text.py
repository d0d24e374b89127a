"""HTML of editors becomes data: what is no known element leaves its text alone."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.printing.rich_text import blocks_of, paragraphs_of, web_link

BASE = "https://netz.example.org"


def text(*runs: Any) -> dict[str, Any]:
    return {"kind": "text", "runs": [run if isinstance(run, dict) else {"text": run} for run in runs]}


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p> </p>", []),
        ("<p>Eins &amp; zwei</p><p>drei</p>", [text("Eins & zwei"), text("drei")]),
        ("ohne Absatz", [text("ohne Absatz")]),
        ("<p>a<br/>b</p>", [text("a", "\n", "b")]),
        (
            "<p>a <b>b <i>c</i></b> d</p>",
            [text("a ", {"text": "b ", "bold": True}, {"text": "c", "bold": True, "italic": True}, " d")],
        ),
        ('<p><a href="/ag/1/">AG</a></p>', [text({"text": "AG", "url": f"{BASE}/ag/1/"})]),
        ('<p><a href="javascript:alert(1)">x</a> <a>y</a></p>', [text("x", " ", "y")]),
        ("<h3>Titel</h3><p>Text</p>", [{"kind": "heading", "level": 3, "runs": [{"text": "Titel"}]}, text("Text")]),
        (
            "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
            [
                {
                    "kind": "bullets",
                    "items": [[text("a"), {"kind": "numbers", "items": [[text("b")]]}], [text("c")]],
                }
            ],
        ),
        ("<script>x</script><p>a</b></ul></li>", [text("x"), text("a")]),
    ],
)
def test_html_becomes_blocks(html: str, blocks: list[dict[str, Any]]) -> None:
    assert blocks_of(html, base=BASE) == blocks


def test_plain_text_has_paragraphs() -> None:
    assert paragraphs_of("Eins.\r\n\r\nZwei\nDrei.\n\n\n") == [text("Eins."), text("Zwei\nDrei.")]


def test_address_is_shown_as_people_read_it() -> None:
    assert web_link("https://www.verden.de/") == {"url": "https://www.verden.de/", "text": "verden.de"}
