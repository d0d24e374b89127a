"""Words taken apart and brought together, without a database."""

from __future__ import annotations

import time

import pytest

from dkbm.search.compounds import completed, parts, split
from dkbm.search.stems import root, stem
from dkbm.search.text import joined_words, spelt_out


@pytest.mark.parametrize(
    ("word", "made_of"),
    [
        ("Schulabsentismus", ("schule", "absentismus")),
        ("Bildungsmonitoring", ("bildung", "monitoring")),
        ("Sprachförderung", ("sprache", "foerderung")),
        ("Übergangsmanagement", ("uebergang", "management")),
        ("Kindergarten", ("kinder", "garten")),
        ("Ausbildungsplätze", ("ausbildung", "platz")),
        ("Waldpädagogik", ("wald", "paedagogik")),
        ("Fachkräftemangel", ("fachkraefte", "mangel", "fach", "kraft")),
        ("Schulquidditch", ("schule", "quidditch")),
        ("Bericht", ()),
        ("Berichte", ()),
        ("Beratungen", ()),
        ("Tagung", ()),
        ("Wirtschaft", ()),
        ("Unterricht", ()),
        ("Schülerinnen", ()),
        ("Zuständigkeiten", ()),
        ("Integration", ()),
        ("Karriere", ()),
        ("12345678", ()),
        ("x" * 200, ()),
    ],
)
def test_long_words_are_taken_apart_and_others_are_not(word: str, made_of: tuple[str, ...]) -> None:
    assert parts(spelt_out(word)) == made_of


def test_words_of_the_network_are_parts_too() -> None:
    further = {"schulabsentismus": "schulabsentismus"}
    assert split("schulabsentismuspraevention", further) == ("schulabsentismus", "praevention")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haus", "Häuser"),
        ("Kita", "Kitas"),
        ("Gremium", "Gremien"),
        ("Prävention", "Präventionen"),
        ("Lehrkraft", "Lehrkräften"),
        ("Koordinatorin", "Koordinatorinnen"),
    ],
)
def test_bent_words_have_one_stem(one: str, other: str) -> None:
    assert stem(spelt_out(one)) == stem(spelt_out(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gefördert", "Förderer"),
        ("zugewandert", "Zuwanderung"),
        ("abgeordnete", "Abordnung"),
        ("Koordinatorin", "koordinieren"),
        ("Beratung", "Berater"),
        ("Osnabrücker", "Osnabrück"),
        ("Göttinger", "Göttingen"),
        ("hannoversche", "Hannover"),
        ("emsländisch", "Emsland"),
        ("Emder", "Emden"),
    ],
)
def test_words_of_a_family_have_one_root(one: str, other: str) -> None:
    assert root(spelt_out(one)) == root(spelt_out(other))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Schul- und Sprachentwicklung", {"schul": "schulentwicklung"}),
        ("Schulplanung und -entwicklung", {"entwicklung": "schulentwicklung"}),
        ("Fort-/Weiterbildung", {"fort": "fortbildung"}),
        ("Schul- und Wiederentwicklung", {"schul": "schulentwicklung"}),
        ("Hintergrund-information", {}),
        ("Kita- oder", {}),
        ("Kita und Schule", {}),
    ],
)
def test_parts_that_hang_on_a_hyphen_are_completed(text: str, whole: dict[str, str]) -> None:
    assert completed(text) == whole


@pytest.mark.parametrize("unit", [" ,", " /", " u.", " und/oder", "- ,", "ab-", "ab\u2010", ", und "])
def test_rows_of_signs_are_read_in_no_time(unit: str) -> None:
    """A table pasted as text, or a search that is meant to keep us busy."""
    text = "Summe" + 5_000 * unit + " 7"
    start = time.process_time()
    assert completed(text) == {}
    joined_words(text)
    assert time.process_time() - start < 1


def test_words_with_hyphens_are_found_in_one() -> None:
    assert joined_words("Das Bildungs-Monitoring, 10-15 Uhr") == ["BildungsMonitoring"]
