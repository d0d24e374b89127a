"""The word by which the glossary is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField
from dkbm.search.questions import MAX_LENGTH
from dkbm.search.text import clean


def asked(data: Any) -> str:
    """`q` of the query string, whatever somebody typed into it."""
    return clean(data.get("q", "")).strip()[:MAX_LENGTH]


class WordForm(forms.Form):
    """Drawn only; what was asked is read by :func:`asked`."""

    q = LineField(label=_("Im Glossar suchen"), required=False, max_length=MAX_LENGTH)
