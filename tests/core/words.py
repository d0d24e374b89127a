"""A network's few words, and a form to type them into."""

from __future__ import annotations

from django import forms

from dkbm.cms.models import NetworkTag
from dkbm.core.typed_words import WordsField

NAMES = (
    "Ganztag und Ferienangebote",
    "Indikatoren und Kennzahlen",
    "Kita, Hort und Krippe",
    "Kita",
    "Übergang Kita – Grundschule",
)


class WordsForm(forms.Form):
    words = WordsField(NetworkTag.objects.all(), label="Schlagwörter", required=False)
    keys = WordsField(NetworkTag.objects.all(), label="Kürzel", required=False, to_field_name="slug")


def make_words() -> None:
    """The bound network's only ones."""
    NetworkTag.objects.all().delete()
    for number, name in enumerate(NAMES):
        NetworkTag.objects.create(name=name, slug=f"wort-{number}")
