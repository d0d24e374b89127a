"""What the search learns of the glossary: which expressions mean the same."""

from __future__ import annotations

from collections.abc import Iterator

from dkbm.glossary.models import Term


def synonym_groups() -> Iterator[tuple[str, ...]]:
    """Of each term of the bound network all that it is called, the term first; terms with one name are left out."""
    for term in Term.objects.only("term", "abbreviation", "synonyms").order_by("pk"):
        if len(term.expressions) > 1:
            yield term.expressions
