"""Summaries in lists end with a sentence."""

from __future__ import annotations

import pytest
from django.utils.safestring import SafeString

from dkbm.core.templatetags.text import as_excerpt, whole_sentences

LONG = "Ein Satz mit fünf Wörtern. Noch ein Satz danach. Schluss jetzt!"


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        (LONG, 20, LONG),
        (LONG, 9, "Ein Satz mit fünf Wörtern. Noch ein Satz danach."),
        (LONG, 8, "Ein Satz mit fünf Wörtern."),
        (LONG, 3, "Ein Satz mit …"),
        ("Man nehme z. B. Zahlen. Fertig ist es.", 5, "Man nehme z. B. Zahlen."),
        ("Er sagt: „So geht es.“ Und dann ging es.", 6, "Er sagt: „So geht es.“"),
        ("", 5, ""),
        (None, 5, ""),
    ],
)
def test_text_is_cut_after_a_whole_sentence(text: str | None, words: int, shown: str) -> None:
    assert whole_sentences(text, words) == shown


@pytest.mark.parametrize(
    ("snippet", "shown"),
    [
        ("Ein <mark>Satz</mark>.", "Ein <mark>Satz</mark>."),
        ("<mark>mitten</mark> im Satz", "… <mark>mitten</mark> im Satz …"),
        ("Anfang &amp; kein Ende", "Anfang &amp; kein Ende …"),
        ("", ""),
    ],
)
def test_snippet_says_where_it_was_cut(snippet: str, shown: str) -> None:
    assert as_excerpt(SafeString(snippet)) == shown


def test_snippet_that_is_not_marked_safe_is_escaped() -> None:
    assert as_excerpt("Ein < zwei.") == "Ein &lt; zwei."  # type: ignore[arg-type]
