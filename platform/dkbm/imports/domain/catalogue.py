"""Examples of good practice into the bound network, published at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from dkbm.cms.domain.tags import tags_by_slug
from dkbm.imports.domain.contacts import contacts_of
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming, paragraphs
from dkbm.imports.schemas.catalogue import Figure, ItemEntry
from dkbm.municipalities.models import Municipality
from goodpractice.domain.imports import publish_item
from goodpractice.domain.pages import ItemText
from goodpractice.domain.saving import Contact, ItemValues
from goodpractice.enums import ItemState, ItemVisibility
from goodpractice.models import Eckpunkt, Phase, Programme, Transfergegenstand

VISIBILITY = {"bundesweit": ItemVisibility.PUBLIC, "netzwerk": ItemVisibility.MEMBERS}
"""Nothing crosses networks yet: „bundesweit“ is public on the own network's host (design, section 3)."""


class Vocabulary:
    """Rows that entries refer to, by slug; asked for once."""

    def __init__(self) -> None:
        self.topics = tags_by_slug()

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        return {row.slug: row for row in Municipality.objects.all()}

    @cached_property
    def eckpunkte(self) -> dict[int, Eckpunkt]:
        return {row.number: row for row in Eckpunkt.objects.all()}

    @cached_property
    def phases(self) -> dict[str, Phase]:
        return {row.slug: row for row in Phase.objects.all()}

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        return {row.slug: row for row in Programme.objects.all()}


def load_items(entries: Sequence[ItemEntry], *, file: str = "transfergegenstaende.yaml") -> None:
    """Create or update by slug. What was loaded just like this stays as editors have it now."""
    vocabulary, ledger = Vocabulary(), Ledger("transfergegenstand")
    present = set(Transfergegenstand.objects.values_list("slug", flat=True))
    for entry in entries:
        with naming(file, entry.slug):
            if not ledger.is_loaded(entry.slug, entry, present=present):
                publish_item(slug=entry.slug, values=_values(entry, vocabulary), text=_text(entry))
                ledger.note(entry.slug, entry)


def _values(entry: ItemEntry, vocabulary: Vocabulary) -> ItemValues:
    municipality = vocabulary.municipalities[entry.municipality] if entry.municipality else None
    return ItemValues(
        title=entry.title,
        kind=entry.kind,
        visibility=VISIBILITY[entry.visibility],
        municipality=municipality,
        further_municipalities=[vocabulary.municipalities[slug] for slug in entry.further_municipalities],
        eckpunkte=[vocabulary.eckpunkte[number] for number in entry.eckpunkte],
        topics=[vocabulary.topics[slug] for slug in entry.topics],
        phases=[vocabulary.phases[slug] for slug in entry.phases],
        programmes=[vocabulary.programmes[slug] for slug in entry.programmes],
        contacts=_contacts(entry, municipality, vocabulary),
        source=entry.source or "",
        year=entry.year,
        links=entry.links,
        state=ItemState.ARCHIVED if entry.archived else ItemState.PUBLISHED,
        checked_on=entry.checked_on,
    )


def _contacts(entry: ItemEntry, municipality: Municipality | None, vocabulary: Vocabulary) -> list[Contact]:
    if entry.contacts is None:
        return contacts_of(entry, municipality)
    return [
        Contact(
            municipality=vocabulary.municipalities[each.municipality] if each.municipality else None,
            **each.model_dump(exclude_none=True, exclude={"municipality"}),
        )
        for each in entry.contacts
    ]


def _text(entry: ItemEntry) -> ItemText:
    """Parts of which the source says nothing stay empty; the page says so."""
    return ItemText(
        summary=entry.summary,
        initiierung=paragraphs(entry.initiierung or ""),
        meilensteine=paragraphs(entry.meilensteine or ""),
        etablierung=paragraphs(entry.etablierung or ""),
        resources=entry.resources or "",
        success_factors=entry.success_factors,
        transfer_notes=entry.transfer_notes or "",
        figures=[_figure(figure) for figure in entry.figures],
    )


def _figure(figure: Figure) -> dict[str, object]:
    return figure.model_dump()
