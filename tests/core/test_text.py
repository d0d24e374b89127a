"""Texts without domain words."""

from __future__ import annotations

import pytest

from dkbm.core.text import initials


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [
        ("Maria", "Kröger", "MK"),
        ("(Kim)", "Ärzte-Müller", "KÄ"),
        ("Ursula", "von der Leyen", "UL"),
        ("", "Von der Leyen", "L"),
        ("Dr. Anna", "de Vries", "AV"),
        ("A. B.", "Müller", "AM"),
        ("A\u0308nne", "ßtein", "ÄS"),
        ("„Otto“", "'t Hooft", "OT"),
        ("☎", "-", ""),
        ("", "", ""),
    ],
)
def test_initials_are_letters(first: str, last: str, letters: str) -> None:
    assert initials(first, last) == letters
