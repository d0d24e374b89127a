"""Terms of the glossary; call inside a binding."""

from __future__ import annotations

from typing import Any

from dkbm.core.text import german_slug
from dkbm.glossary.domain.saving import TermValues, save_term
from dkbm.glossary.models import Term


def make_term(term: str = "Präventionskette", *, slug: str = "", **fields: Any) -> Term:
    slug = slug or german_slug(term)
    row = Term.objects.filter(slug=slug).first() or Term(slug=slug)
    return save_term(row, TermValues(term=term, **{"definition": "Was es heißt.", **fields}))
