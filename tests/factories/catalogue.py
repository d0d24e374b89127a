"""Rows of search and catalogue; call inside a binding."""

from __future__ import annotations

from typing import Any

from dkbm.cms.models import NetworkTag
from dkbm.municipalities.models import Municipality
from dkbm.search.domain.index import index_object
from dkbm.search.registry import Entry
from dkbm.tenancy.context import bind_all
from goodpractice.domain.imports import publish_item
from goodpractice.domain.pages import ItemText
from goodpractice.domain.saving import Contact, ItemValues
from goodpractice.domain.searching import index_item
from goodpractice.domain.vocabulary import EckpunktText, save_eckpunkte, save_phases, save_programmes
from goodpractice.enums import ItemState
from goodpractice.models import Eckpunkt, Transfergegenstand


def make_entry(title: str = "Kooperation", **values: Any) -> Entry:
    """An entry of the index; its key follows from the title."""
    key = values.pop("key", title.lower()[:90])
    entry = Entry(
        **{
            "type": "topic",
            "key": key,
            "slug": key.replace(" ", "-"),
            "title": title,
            "body": "",
            "url": f"/forum/netzweit/{key}/",
            "visibility": "public",
            **values,
        }
    )
    index_object(type=entry.type, key=entry.key, entry=entry)
    return entry


VOCABULARY = (
    EckpunktText(
        1, "strategie", "Eine Strategie entwickeln", "Strategie", "Auf Daten gestützt.", {"e1-a": "Auf welchen?"}
    ),
    EckpunktText(2, "chefsache", "Bildung als zentrale Aufgabe", "Chefsache", "", {}),
    EckpunktText(3, "vernetzen", "Alle Akteure vernetzen", "Netzwerk", "", {}),
)


def load_vocabulary() -> None:
    """Three Eckpunkte, two phases, two programmes, two municipalities; as the loading command does, idempotent."""
    with bind_all("vocabulary for a test", as_owner=True):
        save_eckpunkte(eckpunkte=VOCABULARY)
        save_phases(phases={"kita": "Frühe Kindheit", "schule": "Schule"})
        save_programmes(programmes={"lvo": "Lernen vor Ort", "eigen": "Eigene Mittel"})
        for slug, name in (("landkreis-verden", "Landkreis Verden"), ("stadt-emden", "Stadt Emden")):
            Municipality.objects.get_or_create(slug=slug, defaults={"name": name, "kind": "landkreis"})


def make_item(slug: str = "bildungsbuero", **values: Any) -> Transfergegenstand:
    """A public example of Landkreis Verden; needs :func:`load_vocabulary`.

    ``eckpunkte``: numbers; ``topics``: names; ``municipality``: slug; ``summary`` and other parts of the text by name.
    """
    text = {name: values.pop(name) for name in ItemText.__dataclass_fields__ if name in values}
    topics = [
        NetworkTag.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0]
        for name in values.pop("topics", [])
    ]
    points = {point.number: point for point in Eckpunkt.objects.all()}
    municipality = values.pop("municipality", "landkreis-verden")
    return publish_item(
        slug=slug,
        values=ItemValues(
            municipality=Municipality.objects.filter(slug=municipality).first(),
            eckpunkte=[points[number] for number in values.pop("eckpunkte", [1])],
            topics=topics,
            **{
                "title": slug.replace("-", " ").title(),
                "kind": "instrument",
                "visibility": "public",
                "contacts": [
                    Contact("Leitung Bildungsbüro", "Bildungsbüro", phone="04231 15-0", mail="buero@example.org")
                ],
                **values,
            },
        ),
        text=ItemText(**{"summary": "Kurz gesagt.", "initiierung": "Am Anfang.", **text}),
    )


def archive(item: Transfergegenstand) -> None:
    """What an editor's form does with the state "archiviert"."""
    item.state = ItemState.ARCHIVED
    item.save()
    index_item(item)
