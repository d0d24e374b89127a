"""What our fonts cannot draw is replaced, and what is long can be parted."""

from __future__ import annotations

import pytest

from dkbm.printing.letters import LONGEST_WORD, can_draw, drawable, drawable_in, holds_unknown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Übergänge – „für alle“ …", "Übergänge – „für alle“ …"),
        ("Привет, Ωμέγα, Łódź", "Привет, Ωμέγα, Łódź"),
        ("gut 😀👍🏽 gemacht", "gut ▯ gemacht"),
        ("العربية", "▯"),
        ("Schul\u2011 und Sprach\u00adentwicklung", "Schul- und Sprachentwicklung"),
        ("a\x07b\u202ec\r\nd", "abc\nd"),
        ("u\u0308ber", "über"),
        ("#import $x$ *fett* @alle `code` <br>", "#import $x$ *fett* @alle `code` <br>"),
    ],
)
def test_text_is_drawable(typed: str, shown: str) -> None:
    assert drawable(typed) == shown
    assert all(can_draw(letter) for letter in shown if not letter.isspace())


def test_long_word_may_be_parted() -> None:
    parts = drawable("x" * 10_000).split("\u200b")
    assert {len(part) for part in parts} == {LONGEST_WORD}
    assert "\u200b" not in drawable("x" * LONGEST_WORD)


def test_addresses_of_links_stay_as_they_are() -> None:
    data = {"runs": [{"text": "😀", "url": "https://example.org/😀"}], "mail_url": "mailto:a@b.c"}
    assert drawable_in(data) == {
        "runs": [{"text": "▯", "url": "https://example.org/😀"}],
        "mail_url": "mailto:a@b.c",
    }


def test_unknown_signs_are_noticed() -> None:
    assert holds_unknown(drawable_in({"a": [{"b": "😀"}]}))
    assert not holds_unknown(drawable_in({"a": [{"b": "ä"}], "c": None, "d": 3}))
