"""The one way in which an example's row is written, by editors and importers alike: row, page and search entry."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db import transaction

from dkbm.cms.models import NetworkTag
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.locking import lock
from goodpractice.domain.pages import bind_page
from goodpractice.domain.searching import index_item
from goodpractice.enums import ItemState
from goodpractice.links import as_https
from goodpractice.models import ContactPerson, Eckpunkt, ItemEckpunkt, Phase, Programme, Transfergegenstand


@dataclass(frozen=True)
class Contact:
    """Whom to call; ``municipality`` only when it is another than the item's."""

    function: str
    unit: str = ""
    municipality: Municipality | None = None
    name: str = ""
    phone: str = ""
    mail: str = ""
    web: str = ""
    contact_public: bool = False
    confirmed_on: datetime.date | None = None


@dataclass(frozen=True)
class ItemValues:
    """Everything that the row says; ``eckpunkte`` and ``contacts`` in order, the most important first.

    ``links`` may lack their scheme; they become https.
    """

    title: str
    kind: str
    visibility: str
    state: str = ItemState.PUBLISHED
    municipality: Municipality | None = None
    further_municipalities: Sequence[Municipality] = ()
    eckpunkte: Sequence[Eckpunkt] = ()
    topics: Sequence[NetworkTag] = ()
    phases: Sequence[Phase] = ()
    programmes: Sequence[Programme] = ()
    contacts: Sequence[Contact] = ()
    source: str = ""
    year: int | None = None
    links: Sequence[str] = ()
    checked_on: datetime.date | None = None


ROW_FIELDS = ("title", "kind", "visibility", "state", "municipality", "source", "year", "checked_on")
RELATIONS = ("further_municipalities", "topics", "phases", "programmes")


@transaction.atomic
def save_item(item: Transfergegenstand, values: ItemValues) -> Transfergegenstand:
    """Bring the ``item`` (new, with its slug, or stored) to these values; its page gets the title, and is made if new.

    The text of the page is its editors' own, see ``pages.write_text``. Called twice it does the same as once. Raises
    ``ValidationError`` (naming fields) for values that the catalogue does not take.
    """
    if item.pk:
        item = lock(item)
    for name in ROW_FIELDS:
        setattr(item, name, getattr(values, name))
    item.links = "\n".join(as_https(link) for link in values.links)
    item.full_clean(exclude=["network", "page", "sort_title"])
    item.save()
    for name in RELATIONS:
        getattr(item, name).set(getattr(values, name))
    _save_eckpunkte(item, values.eckpunkte)
    _save_contacts(item, values.contacts)
    bind_page(item)
    index_item(item)
    return item


def _save_eckpunkte(item: Transfergegenstand, eckpunkte: Sequence[Eckpunkt]) -> None:
    """Exactly these, the most important first."""
    wanted = list(dict.fromkeys(eckpunkte))
    if [link.eckpunkt_id for link in ItemEckpunkt.objects.filter(item=item)] == [point.pk for point in wanted]:
        return
    ItemEckpunkt.objects.filter(item=item).delete()
    ItemEckpunkt.objects.bulk_create(
        ItemEckpunkt(item=item, eckpunkt=point, position=position) for position, point in enumerate(wanted)
    )


def _save_contacts(item: Transfergegenstand, contacts: Sequence[Contact]) -> None:
    """Exactly these, in this order; rows are taken over by their place."""
    stored: Sequence[Any] = list(ContactPerson.objects.filter(item=item))
    for place, (row, contact) in enumerate(zip_longest(stored, contacts)):
        if contact is None:
            row.delete()
            continue
        row = row or ContactPerson(item=item)
        row.sort_order = place
        for name, value in vars(contact).items():
            setattr(row, name, value)
        row.full_clean(exclude=["item"])
        row.save()
