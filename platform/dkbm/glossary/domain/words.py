"""What the search learns of the glossary: which expressions mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from dkbm.glossary.models import Term
from dkbm.search.synonyms import synonyms_changed
from dkbm.tenancy.context import BoundNetwork, current, require_network


def synonym_groups() -> Iterator[tuple[str, ...]]:
    """Of each term of the bound network all that it is called, the term first; terms with one name are left out."""
    for term in Term.objects.only("term", "abbreviation", "synonyms").order_by("pk"):
        if len(term.expressions) > 1:
            yield term.expressions


def words_changed() -> None:
    """Call it in the transaction of the change: after the commit the search reads the words anew."""
    transaction.on_commit(partial(_read_anew, require_network()))


def _read_anew(network: BoundNetwork) -> None:
    """By then an importer may have gone on to another network; its process shows nobody a page."""
    if current() == network:
        synonyms_changed()
