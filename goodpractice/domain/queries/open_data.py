"""Public examples as data: files to take away, the API, and what search engines read. Only what guests may see.

Names of people are in none of it, telephones and addresses of mails only where they are an office's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import get_text_for_indexing

from dkbm.core.paths import network_path
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url
from dkbm.tenancy.visitor import Visitor, guest
from goodpractice import rules
from goodpractice.domain.queries.detail import address_of
from goodpractice.domain.queries.items import visible_items, with_labels, with_rows
from goodpractice.models import ContactPerson, Transfergegenstand

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"
AT_ONCE = 500
NEWEST = 50
Data = dict[str, Any]
COLUMNS = {
    "title": _("Titel"),
    "municipality": _("Kommune"),
    "district_key": _("Kreisschlüssel"),
    "further_municipalities": _("weitere Kommunen"),
    "kind": _("Art"),
    "eckpunkte": _("Eckpunkte"),
    "topics": _("Schlagwörter"),
    "phases": _("Bildungsphasen"),
    "programmes": _("Programme"),
    "summary": _("Zusammenfassung"),
    "initiierung": _("Initiierung des Prozesses"),
    "meilensteine": _("Meilensteine"),
    "etablierung": _("Etablierung"),
    "timeline": _("Zeitleiste"),
    "figures": _("Zahlen"),
    "resources": _("Was es braucht"),
    "success_factors": _("Was zum Gelingen beiträgt"),
    "transfer_notes": _("Hinweise für andere Kommunen"),
    "contacts": _("Ansprechpersonen"),
    "source": _("Quelle"),
    "year": _("Jahr der Quelle"),
    "links": _("Internetseiten"),
    "checked_on": _("zuletzt geprüft am"),
    "published": _("im Katalog seit"),
    "url": _("Adresse der Seite"),
    "licence": _("Lizenz"),
}
"""Of the table, from left to right."""


def export() -> Data:
    """All public examples of the bound network, with the licence under which they may be used."""
    network = require_network()
    return {
        "network": network.name,
        "source": f"{main_url(network)}{network_path('goodpractice:list')}",
        "licence": LICENCE,
        "attribution": f"{network.name}, {LICENCE_NAME}",
        "examples": [whole_item(item) for item in _public_items()],
    }


def export_rows() -> Iterator[Sequence[str]]:
    """The same as a table: names of the columns, then a row each. Several values stand in one cell."""
    yield list(map(str, COLUMNS.values()))
    for item in _public_items():
        row = _flat(whole_item(item))
        yield [row[name] for name in COLUMNS]


def newest_public_items() -> list[Transfergegenstand]:
    return list(with_rows(visible_items(guest())).order_by("-published", "-pk")[:NEWEST])


def page_of_items(visitor: Visitor, *, offset: int, limit: int) -> tuple[int, list[Data]]:
    """How many this visitor may see, and a part of them by title. Five queries."""
    items = visible_items(visitor)
    shown = with_rows(items).prefetch_related("topics").order_by("sort_title", "pk")[offset : offset + limit]
    return items.count(), [short_item(item) for item in shown]


def short_item(item: Transfergegenstand) -> Data:
    """What a list says; ``item`` with what :func:`~.items.with_rows` reads, and its topics."""
    text = item.page if item.page is not None and item.page.live else None
    return {
        "slug": item.slug,
        "title": item.title,
        "url": address_of(item),
        "kind": item.kind,
        "municipality": _place(item.municipality) if item.municipality else None,
        "eckpunkte": [link.eckpunkt.number for link in item.eckpunkt_links.all()],
        "topics": [topic.name for topic in item.topics.all()],
        "summary": text.summary if text else "",
        "visibility": item.visibility,
        "checked_on": item.checked_on.isoformat() if item.checked_on else None,
        "published": timezone.localdate(item.published).isoformat(),
    }


def whole_item(item: Transfergegenstand) -> Data:
    """``item`` with all labels. Parts of which the source says nothing are empty."""
    text = item.page if item.page is not None and item.page.live else None
    parts = ("initiierung", "meilensteine", "etablierung")
    return {
        **short_item(item),
        "further_municipalities": [_place(place) for place in item.further_municipalities.all()],
        "phases": [phase.title for phase in item.phases.all()],
        "programmes": [programme.title for programme in item.programmes.all()],
        **{name: get_text_for_indexing(getattr(text, name)).strip() if text else "" for name in parts},
        "timeline": [{"when": step.value["when"], "what": step.value["what"]} for step in text.timeline]
        if text
        else [],
        "figures": [_figure(each.value) for each in text.figures] if text else [],
        "resources": text.resources if text else "",
        "success_factors": text.success_factor_list if text else [],
        "transfer_notes": text.transfer_notes if text else "",
        "contacts": [_contact(item, contact) for contact in item.contacts.all()],
        "source": item.source,
        "year": item.year,
        "links": item.link_list,
    }


def linked_data(item: Transfergegenstand) -> Data | None:
    """Schema.org's words for what search engines show of a page; nothing of what is not for all. No query."""
    if not (item.is_for_all and item.is_written and not item.is_archived):
        return None
    text = item.page if item.page is not None and item.page.live else None
    network = require_network()
    data: Data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": item.title,
        "url": address_of(item),
        "inLanguage": "de",
        "genre": item.get_kind_display(),
        "license": LICENCE,
        "publisher": {"@type": "Organization", "name": network.name, "url": f"{main_url(network)}/"},
        "keywords": [topic.name for topic in item.topics.all()],
        "datePublished": timezone.localdate(item.published).isoformat(),
    }
    if text is not None and text.summary:
        data["abstract"] = text.summary
    if item.checked_on:
        data["dateModified"] = item.checked_on.isoformat()
    places = [place for place in (item.municipality, *item.further_municipalities.all()) if place]
    if places:
        data["spatialCoverage"] = [{"@type": "AdministrativeArea", "name": place.name} for place in places]
    return data


def _public_items() -> Iterator[Transfergegenstand]:
    items: QuerySet[Transfergegenstand] = with_labels(visible_items(guest()))
    return items.order_by("sort_title", "pk").iterator(chunk_size=AT_ONCE)


def _place(place: Municipality) -> Data:
    return {"slug": place.slug, "name": place.name, "district_key": place.district_key}


def _figure(value: Any) -> Data:
    return {"label": value["label"], "value": value["value"], "unit": value["unit"] or "", "year": value["year"]}


def _contact(item: Transfergegenstand, contact: ContactPerson) -> Data:
    place = contact.municipality or item.municipality
    open_data = bool(rules.may_see_contact(guest(), contact))
    return {
        "function": contact.function,
        "unit": contact.unit,
        "municipality": place.name if place else "",
        "phone": contact.phone if open_data else "",
        "mail": contact.mail if open_data else "",
        "web": contact.web,
    }


def _flat(data: Data) -> dict[str, str]:
    """One text a column."""
    place = data["municipality"] or {}
    return {
        **{name: str(value or "") for name, value in data.items() if not isinstance(value, list | dict)},
        "municipality": place.get("name", ""),
        "district_key": place.get("district_key", ""),
        "further_municipalities": ", ".join(each["name"] for each in data["further_municipalities"]),
        "eckpunkte": ", ".join(map(str, data["eckpunkte"])),
        **{name: ", ".join(data[name]) for name in ("topics", "phases", "programmes")},
        **{name: "\n".join(data[name]) for name in ("success_factors", "links")},
        "timeline": "\n".join(f"{each['when']}: {each['what']}" for each in data["timeline"]),
        "figures": "\n".join(f"{each['label']}: {each['value']} {each['unit']}".strip() for each in data["figures"]),
        "contacts": "\n".join(_line_of(contact) for contact in data["contacts"]),
        "licence": LICENCE,
    }


def _line_of(contact: Data) -> str:
    return ", ".join(value for value in contact.values() if value)
