"""Documents to be printed, and a template of ours that shows all that templates can show."""

from __future__ import annotations

from typing import Any

from dkbm.printing.documents import Document
from dkbm.printing.rich_text import blocks_of, web_link

TEMPLATE = "goodpractice.item"
HOSTILE = (
    '#import "@preview/x:1.0.0": * #panic() #read("/etc/passwd") $x^2$ *fett* _so_ @alle <label> ``` \\ // /* '
    "= Titel\n- Liste {json} [Inhalt] 😀 Привет العربية"
)
LONG_WORD = "Donaudampfschifffahrt" * 480
WORDS = ("contacts", "facts", "phone", "mail", "web", "nothing", "timeline", "figures", "material", "links", "tags")
WORDS += ("address",)


def data(text: str = "Text", **values: Any) -> dict[str, Any]:
    """All that the template of an example reads, with ``text`` at each place."""
    block = {"title": text, "blocks": blocks_of(f"<p>{text}</p><ul><li>a</li></ul><h3>b</h3>", base="https://a.de")}
    return {
        "title": text[:200],
        "language": "de",
        "network": text[:80],
        "accent": "#0b5a5e",
        "address": web_link("https://netz.example.org/katalog/x/"),
        "page_of": "Seite {page} von {all}",
        "unknown_signs": "Ein ▯ steht für Zeichen, die unsere Schrift nicht hat.",
        "summary": text,
        "picture_alt": text,
        "contacts": [
            {
                **dict.fromkeys(("name", "role", "organisation", "phone", "mail", "note"), text),
                "phone_url": "tel:042310",
                "mail_url": "mailto:a@example.org",
                "web": web_link("https://example.org/ä/😀"),
            }
        ],
        "contact_note": text,
        "facts": [{"label": text, "values": [text, text]}],
        "parts": [block, {"title": text, "blocks": []}],
        "timeline": [{"when": text, "what": text}],
        "figures": [[text, text, text]],
        "sections": [block],
        "material": [{"name": "material0", "alt": text, "caption": text}],
        "files": [{"title": text, "url": "https://example.org/a.pdf"}],
        "links": [web_link("https://example.org/" + "lang/" * 60)],
        "tags": [text],
        "closing": [text],
        "words": {**dict.fromkeys(WORDS, text), "figure_columns": [text, text, text]},
        **values,
    }


def document(about: str = "sample:1:public", text: str = "Text") -> Document:
    return Document(about, TEMPLATE, data(text))
