"""Words of a list are typed; a page shows one line where it showed fifty boxes."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.cms.models import NetworkTag
from dkbm.core.whole_rows import plain_value, readable_value
from dkbm.tenancy.context import BoundNetwork, bind
from tests.core.words import NAMES, WordsForm, make_words


@pytest.fixture
def words(in_niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    make_words()
    with bind(bayern):
        NetworkTag.objects.create(name="BSEC", slug="bsec")


def read(typed: str) -> list[str]:
    form = WordsForm({"words": typed})
    assert form.is_valid(), form.errors
    return [str(row) for row in form.cleaned_data["words"]]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("", []),
        (" , ,", []),
        ("Kita", ["Kita"]),
        ("kita,  KITA, ", ["Kita"]),
        ("übergang kita - grundschule; Indikatoren  und Kennzahlen", [NAMES[1], NAMES[4]]),
        ("Kita, Hort und Krippe, Kita", ["Kita", NAMES[2]]),
        ("Ki\u00adta\u200b", ["Kita"]),
        ("U\u0308bergang Kita — Grundschule\nKita", ["Kita", NAMES[4]]),
    ],
)
def test_words_are_found_however_they_are_written(words: None, typed: str, named: list[str]) -> None:
    assert read(typed) == named


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("Ganztag", ["„Ganztag“ steht nicht in der Liste. Meinten Sie „Ganztag und Ferienangebote“?"]),
        ("Kita, Indikatren und Kenzahlen", [
            "„Indikatren und Kenzahlen“ steht nicht in der Liste. Meinten Sie „Indikatoren und Kennzahlen“?"
        ]),
        ("Ferienangebot", ["„Ferienangebot“ steht nicht in der Liste. Meinten Sie „Ganztag und Ferienangebote“?"]),
        ("Grundschulen", ["„Grundschulen“ steht nicht in der Liste. Meinten Sie „Übergang Kita – Grundschule“?"]),
        ("xyz", ["„xyz“ steht nicht in der Liste. Bitte wählen Sie ein Wort der Liste, oder lassen Sie es weg."]),
        ("BSEC", ["„BSEC“ steht nicht in der Liste. Bitte wählen Sie ein Wort der Liste, oder lassen Sie es weg."]),
        ("k" * 2001, ["Bitte höchstens 2000 Zeichen."]),
    ],
)  # fmt: skip
def test_unknown_word_is_refused_with_what_is_near(words: None, typed: str, sentences: list[str]) -> None:
    form = WordsForm({"words": typed})
    assert form.errors == {"words": sentences}
    assert f'value="{typed}"' in str(form["words"])


def test_many_unknown_words_get_five_sentences(words: None) -> None:
    assert len(WordsForm({"words": "x," * 900}).errors["words"]) == 5


def test_field_offers_the_words_of_its_own_network(words: None, bayern: BoundNetwork) -> None:
    drawn = str(WordsForm(initial={"words": NetworkTag.objects.filter(name="Kita")})["words"])
    assert [name for name in NAMES if f"<span data-word>{name}</span>" in drawn] == list(NAMES)
    assert 'value="Kita"' in drawn
    assert "BSEC" not in drawn
    with bind(bayern):
        drawn = str(WordsForm()["words"])
        assert "<span data-word>BSEC</span>" in drawn
        assert "<span data-word>Kita</span>" not in drawn


def test_words_of_a_row_and_typed_ones_are_compared(words: None) -> None:
    form = WordsForm()
    rows: Any = NetworkTag.objects.filter(name__startswith="Kita")
    for name, value in (("words", rows), ("keys", ["wort-3", "wort-2", "fehlt"])):
        field = form.fields[name]
        assert plain_value(field, value) == plain_value(field, "Kita, kita, Hort und Krippe") != ""
        assert plain_value(field, value) != plain_value(field, "Kita")
        assert readable_value(field, value) == "Kita, Kita, Hort und Krippe"
        assert not field.has_changed(value, "kita, Kita, Hort und Krippe")
        assert field.has_changed(value, "Kita")
