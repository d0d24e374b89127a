"""The one way in which terms are written: row and search entry together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from dkbm.glossary.domain.searching import TYPE, index_term
from dkbm.glossary.domain.words import words_changed
from dkbm.glossary.models import Term
from dkbm.search.domain.index import remove_object
from dkbm.tenancy.locking import lock


@dataclass(frozen=True)
class TermValues:
    """Everything that the row says, under the names of its fields; ``see_also``: slugs."""

    term: str
    definition: str
    abbreviation: str = ""
    synonyms: Sequence[str] = ()
    see_also: Sequence[str] = ()
    sources: Sequence[str] = ()


LISTS = ("synonyms", "see_also", "sources")


@transaction.atomic
def save_term(term: Term, values: TermValues) -> Term:
    """Bring the term (new, with its slug, or stored) to these values. Raises ``ValidationError``."""
    if term.pk:
        term = lock(term)
    for name, value in vars(values).items():
        setattr(term, name, list(value) if name in LISTS else value)
    term.full_clean(exclude=["network"])
    term.save()
    index_term(term)
    words_changed()
    return term


def delete_term(*, term: Term) -> None:
    """Call it in the transaction in which the row goes."""
    remove_object(type=TYPE, key=str(term.pk))
    words_changed()
