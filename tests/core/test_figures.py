"""Numbers and dates as people say them."""

from __future__ import annotations

import pytest

from dkbm.core.figures import figure_in_words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("2016-06", "Monat", "Juni 2016"),
        ("2016-06", "", "Juni 2016"),
        ("2016-13", "Monat", "2016-13 Monat"),
        ("2017-09-05", "Datum", "5. September 2017"),
        ("2017-02-30", "Datum", "2017-02-30 Datum"),
        ("2018", "Jahr", "2018"),
        ("5", "Jahre", "5 Jahre"),
        ("800", "Betriebe (mehr als)", "mehr als 800 Betriebe"),
        ("1", "Jahr (rund)", "rund 1 Jahr"),
        ("66,7", "Prozent (zwei Drittel)", "66,7 Prozent (zwei Drittel)"),
        ("2", "fach (mehr als)", "mehr als 2-fach"),
        ("5", "Klasse", "Klasse 5"),
        ("2654", "Besuche", "2654 Besuche"),
        ("110000", "Personen", "110.000 Personen"),
        ("93 %", "", "93 %"),
    ],
)
def test_figure_reads_like_a_sentence(value: str, unit: str, words: str) -> None:
    assert figure_in_words(value, unit) == words
