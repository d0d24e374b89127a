"""Terms of the bound network's glossary."""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.glossary.domain.saving import TermValues, save_term
from dkbm.glossary.models import Term
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming
from dkbm.imports.schemas.glossary import TermEntry


def load_terms(entries: Sequence[TermEntry]) -> None:
    """Create or update by slug. What was loaded just like this stays as editors have it now."""
    ledger, present = Ledger("begriff"), set(Term.objects.values_list("slug", flat=True))
    for entry in entries:
        with naming("glossary.yaml", entry.slug):
            if not ledger.is_loaded(entry.slug, entry, present=present):
                given = entry.model_dump(exclude_none=True, exclude={"network", "slug"})
                row = Term.objects.filter(slug=entry.slug).first() or Term(slug=entry.slug)
                save_term(row, TermValues(**given))
                ledger.note(entry.slug, entry)
