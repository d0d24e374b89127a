"""Terms in the search, found by everything that they are called."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dkbm.glossary.models import Term
from dkbm.search.domain.index import index_object
from dkbm.search.enums import Visibility
from dkbm.search.registry import Entry

TYPE = "glossary"


def index_term(term: Term) -> None:
    """Write the entry; call it in the transaction of the change."""
    index_object(type=TYPE, key=str(term.pk), entry=entry(term))


def entries() -> Iterator[Entry]:
    """Every term of the bound network, for rebuilding."""
    for term in Term.objects.order_by("pk"):
        yield entry(term)


def entry(term: Term) -> Entry:
    others = _("Auch: %(words)s") % {"words": ", ".join(term.synonyms)} if term.synonyms else ""
    return Entry(
        type=TYPE,
        key=str(term.pk),
        slug=term.slug,
        title=term.title,
        body="\n".join(filter(None, [term.definition, others])),
        url=term.get_absolute_url(),
        visibility=Visibility.PUBLIC.value,
    )
