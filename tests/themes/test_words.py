"""One word for one thing (``platform/docs/words.md``), where another one was once seen."""

from __future__ import annotations

import re

import pytest

from dkbm.events.forms.editing import EventForm
from forum.facets import SPACE
from tests.themes.source import templates

OTHERWISE = {
    "forum/": re.compile(r"\b(Raum|Räume|Raumes)\b"),  # Bereich
    "events/": re.compile(r"\bThema\b"),  # Schwerpunkt
}


@pytest.mark.parametrize("folder", OTHERWISE)
def test_pages_use_the_word(folder: str) -> None:
    found = {name for name, text in templates().items() if name.startswith(folder) and OTHERWISE[folder].search(text)}
    assert found == set()


def test_fields_and_filters_use_the_word() -> None:
    assert str(EventForm.base_fields["theme"].label) == "Schwerpunkt"
    assert (str(SPACE.label), str(SPACE.every)) == ("Bereich im Forum", "Alle Bereiche")
