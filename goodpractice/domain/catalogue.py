"""Changing the catalogue: row, page and search entry together."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dkbm.cms.models import NetworkTag
from dkbm.municipalities.models import Municipality
from goodpractice.domain.pages import ItemText, bind_page, write_text
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


@transaction.atomic
def publish_item(
    *,
    slug: str,
    title: str,
    kind: str,
    visibility: str,
    text: ItemText,
    municipality: Municipality | None = None,
    further_municipalities: Sequence[Municipality] = (),
    eckpunkte: Sequence[Eckpunkt] = (),
    topics: Sequence[NetworkTag] = (),
    phases: Sequence[Phase] = (),
    programmes: Sequence[Programme] = (),
    contacts: Sequence[Contact] = (),
    source: str = "",
    year: int | None = None,
    links: Sequence[str] = (),
    checked_on: datetime.date | None = None,
    published: datetime.datetime | None = None,
) -> Transfergegenstand:
    """Create the item with this slug in the bound network, or bring it to these values, and publish its text.

    Said twice it is the same as once. ``eckpunkte``: the most important first. ``links`` may lack their scheme; they
    become https. Raises ``ValidationError`` (naming fields) for values that the catalogue does not take.
    """
    item = Transfergegenstand.objects.filter(slug=slug).first() or Transfergegenstand(slug=slug)
    values: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "visibility": visibility,
        "state": ItemState.PUBLISHED,
        "municipality": municipality,
        "source": source,
        "year": year,
        "links": "\n".join(as_https(link) for link in links),
        "checked_on": checked_on,
    }
    if published is not None:
        values["published"] = published
    for name, value in values.items():
        setattr(item, name, value)
    item.full_clean(exclude=["network", "page", "sort_title"])
    item.save()
    item.further_municipalities.set(further_municipalities)
    item.phases.set(phases)
    item.programmes.set(programmes)
    item.topics.set(topics)
    set_eckpunkte(item=item, eckpunkte=eckpunkte)
    _set_contacts(item, contacts)
    write_text(bind_page(item), text)
    index_item(item)
    return item


@transaction.atomic
def save_item(*, item: Transfergegenstand, eckpunkte: Sequence[Eckpunkt] | None = None) -> Transfergegenstand:
    """After an editor changed the row: Eckpunkte in this order, the page under the row's title, the search entry."""
    if eckpunkte is not None:
        set_eckpunkte(item=item, eckpunkte=eckpunkte)
    bind_page(item)
    index_item(item)
    return item


def set_eckpunkte(*, item: Transfergegenstand, eckpunkte: Sequence[Eckpunkt]) -> None:
    """Exactly these, the most important first."""
    wanted = list(dict.fromkeys(eckpunkte))
    if [link.eckpunkt_id for link in ItemEckpunkt.objects.filter(item=item)] == [point.pk for point in wanted]:
        return
    ItemEckpunkt.objects.filter(item=item).delete()
    ItemEckpunkt.objects.bulk_create(
        ItemEckpunkt(item=item, eckpunkt=point, position=position) for position, point in enumerate(wanted)
    )


def _set_contacts(item: Transfergegenstand, contacts: Sequence[Contact]) -> None:
    """Replaced as a whole; rows that say the same stay."""
    rows = [ContactPerson(item=item, sort_order=place, **vars(contact)) for place, contact in enumerate(contacts)]
    for row in rows:
        row.full_clean(exclude=["item"])
    stored = list(ContactPerson.objects.filter(item=item))
    if [_values(row) for row in stored] == [_values(row) for row in rows]:
        return
    ContactPerson.objects.filter(item=item).delete()
    ContactPerson.objects.bulk_create(rows)


def _values(row: ContactPerson) -> tuple[Any, ...]:
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key)
