"""A page or form and an importer that are given the same values write the same row, page and search entry."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.cms.models import NetworkTag
from dkbm.editorial.models import Publication
from dkbm.events.models import Event
from dkbm.glossary.models import Term
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.catalogue import load_items
from dkbm.imports.domain.events import load_events
from dkbm.imports.domain.glossary import load_terms
from dkbm.imports.domain.publications import load_publications
from dkbm.imports.domain.workgroups import load_workgroups
from dkbm.imports.models import LoadedEntry
from dkbm.imports.reading import Reference
from dkbm.imports.schemas import WorkgroupsFile
from dkbm.imports.schemas.catalogue import ItemEntry
from dkbm.imports.schemas.events import EventEntry
from dkbm.imports.schemas.glossary import TermEntry
from dkbm.imports.schemas.publications import PublicationEntry
from dkbm.municipalities.models import Municipality
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.models import Eckpunkt, Phase, Programme, Transfergegenstand, TransfergegenstandPage
from tests.factories.catalogue import load_vocabulary
from tests.factories.glossary import make_term
from tests.factories.groups import make_colleague, make_workgroup
from workgroups.models import Workgroup

NOT_COMPARED = {"id", "network", "page", "founder", "person", "created", "updated", "published", "since"}
"""Whose row it is, who wrote it and when; the rest is what the row says."""
SOON = timezone.localdate() + datetime.timedelta(days=30)


@dataclass(frozen=True)
class Thing:
    """``children``: relations to the rows that belong to it. ``unlike``: fields that only one side can say.

    Files know the year in which an AG was founded, pages the day. Files name slots and questions of an event, pages
    make them from its programme.
    """

    model: type[models.Model]
    slug: str
    by_page: Callable[[BoundNetwork, Client], None]
    by_importer: Callable[[], None]
    children: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


def sent(client: Client, path: str, **values: Any) -> None:
    assert client.post(path, values).status_code == 302


def load_groups(**entries: Any) -> None:
    load_workgroups(WorkgroupsFile.model_validate({"workgroups": [], **entries}), Authors())


def item_by_page(network: BoundNetwork, client: Client) -> None:
    with bind(network):
        own = {name: Municipality.objects.get(slug=name).pk for name in ("landkreis-verden", "stadt-emden")}
        points = {point.number: point.pk for point in Eckpunkt.objects.all()}
        topic = NetworkTag.objects.get(slug="ganztag").name
        rows = {"phases": Phase.objects.get(slug="kita").pk, "programmes": Programme.objects.get(slug="lvo").pk}
    contact = {"id": "", "function": "Leitung", "unit": "Büro", "phone": "030 1", "mail": "a@example.org", "ORDER": "1"}
    sent(
        client,
        "/cms/gute-praxis/new/",
        title="Haus der Bildung",
        slug="haus",
        kind="angebot",
        visibility="members",
        state="published",
        municipality=own["landkreis-verden"],
        further_municipalities=[own["stadt-emden"]],
        main_eckpunkt=points[3],
        further_eckpunkte=[points[1]],
        topics=topic,
        source="Blickpunkt 2021",
        year="2021",
        links="https://www.verden.de/haus\r\nhttps://example.org",
        **rows,
        **{f"contacts-{name}": number for name, number in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))},
        **{f"contacts-0-{name}": value for name, value in contact.items()},
    )
    with bind(network):
        page = TransfergegenstandPage.objects.get()
        page.summary, page.initiierung, page.success_factors = "Kurz.", "<p>Erst so.</p>", "Geduld\nRückhalt"
        page.save_revision().publish()


def item_by_importer() -> None:
    entry = ItemEntry(
        slug="haus",
        title="Haus der Bildung",
        kind="angebot",
        visibility="netzwerk",
        municipality="landkreis-verden",
        further_municipalities=["stadt-emden"],
        eckpunkte=[3, 1],
        topics=["ganztag"],
        phases=["kita"],
        programmes=["lvo"],
        summary="Kurz.",
        initiierung="Erst so.",
        success_factors=["Geduld", "Rückhalt"],
        contact={"function": "Leitung", "unit": "Büro", "phone": "030 1", "mail": "a@example.org"},  # type: ignore[arg-type]
        source="Blickpunkt 2021",
        year=2021,
        links=["www.verden.de/haus", "http://example.org"],
    )
    load_items([entry])


PUBLICATION: Mapping[str, Any] = {
    "title": "Leitfaden Übergänge",
    "slug": "leitfaden",
    "kind": "leitfaden",
    "series": "Reihe",
    "year_note": "ungefähr",
    "publisher": "Landkreis",
    "summary": "Kurz.",
    "topics": ["ganztag"],
    "website": "www.verden.de/leitfaden",
    "source": "Bericht",
}


def publication_by_page(network: BoundNetwork, client: Client) -> None:
    with bind(network):
        verden = Municipality.objects.get(slug="landkreis-verden").pk
        topic = NetworkTag.objects.get(slug="ganztag").name
    lines = {"year": "2025", "chapters": "Anfang\r\nEnde", "municipality": verden, "topics": topic}
    sent(client, "/cms/veroeffentlichungen/new/", **{**PUBLICATION, **lines})


def publication_by_importer() -> None:
    lines: dict[str, Any] = {"year": 2025, "chapters": ["Anfang", "Ende"], "municipality": "landkreis-verden"}
    load_publications([PublicationEntry.model_validate({**PUBLICATION, **lines})], Reference())


TERM: Mapping[str, Any] = {
    "term": "Präventionskette",
    "slug": "praeventionskette",
    "abbreviation": "PK",
    "definition": "Hilfen von der Geburt bis zum Beruf.",
}


def term_by_page(network: BoundNetwork, client: Client) -> None:
    with bind(network):
        make_term("Übergang", slug="uebergang")
    lines = {"synonyms": "Bildungskette\r\nKette", "see_also": "übergang", "sources": "Magazin"}
    sent(client, "/cms/glossar/new/", **TERM, **lines)


def term_by_importer() -> None:
    lines = {"synonyms": ["Bildungskette", "Kette"], "see_also": ["uebergang"], "sources": ["Magazin"]}
    load_terms([TermEntry.model_validate({**TERM, **lines})])


AG: Mapping[str, Any] = {"number": 4, "name": "Übergänge", "description": "Schule und Beruf."}
FUNCTIONS = ["bildungsmanagement", "koko"]
CHANGED = {"name": "Übergänge gestalten", "description": "Schule, Ausbildung, Beruf."}


def workgroup_by_page(network: BoundNetwork, client: Client) -> None:
    sent(client, "/ag/-/gruenden/", **AG, member_functions=FUNCTIONS)


def workgroup_by_importer(**changed: Any) -> None:
    entry = {**AG, "slug": "ag-4-uebergaenge", "founded": 2020, "member_functions": FUNCTIONS, **changed}
    load_groups(workgroups=[entry])


def changed_by_page(network: BoundNetwork, client: Client) -> None:
    workgroup_by_page(network, client)
    sent(client, "/ag/ag-4-uebergaenge/-/bearbeiten/", **{**AG, **CHANGED}, member_functions=FUNCTIONS)


def changed_by_importer() -> None:
    workgroup_by_importer()
    workgroup_by_importer(**CHANGED)


def concept_group_by_page(network: BoundNetwork, client: Client) -> None:
    sent(client, "/ag/-/konzeptgruppe-einrichten/")


def concept_group_by_importer() -> None:
    description = (
        "Sprecherinnen, Sprecher und Stellvertretungen aller Arbeitsgruppen beraten hier mit der "
        "Netzwerkleitung über Konzept und Richtung des Netzwerks."
    )
    entry = {"slug": "konzeptgruppe", "name": "Konzeptgruppe", "description": description}
    load_groups(concept_group={**entry, "first_meeting": timezone.localdate()})


SUBGROUP = {"question": "Welche?", "expected_result": "Ein Papier."}


def subgroup_by_page(network: BoundNetwork, client: Client) -> None:
    workgroup_by_page(network, client)
    with bind(network):
        manager = Person.objects.get(last_name="Leitung").pk
    sent(client, "/ag/ag-4-uebergaenge/-/mitglieder/aufnehmen/", person=manager)
    sent(client, "/ag/ag-4-uebergaenge/-/untergruppe-gruenden/", name="Daten", **SUBGROUP)


def subgroup_by_importer() -> None:
    make_workgroup("ag-4-uebergaenge", number=4, name="Übergänge")
    entry = {**SUBGROUP, "title": "Daten", "slug": "uag-daten", "workgroup": "ag-4-uebergaenge", "status": "offen"}
    load_groups(
        subgroups=[{**entry, "founder": "bildungsmanagement@landkreis-verden", "founded": timezone.localdate()}]
    )


EVENT = {
    "title": "Fachtag",
    "kind": "tagung",
    "place": "Verden",
    "venue": "Kreishaus",
    "theme": "Daten",
    "summary": "S.",
}
WORKSHOP = {"kind": "workshop", "starts": "11:00", "ends": "12:00", "title": "Daten"}


def event_by_page(network: BoundNetwork, client: Client) -> None:
    days = dict.fromkeys(("first_day", "last_day", "registration_closes"), SOON.isoformat())
    rest = {"visibility": "public", "starts": "10:00", "ends": "16:00", "capacity": "30", "waiting_list": "on"}
    items = {"punkte": "1", **{f"punkt-0-{name}": value for name, value in {**WORKSHOP, "capacity": "20"}.items()}}
    opens = {"registration_opens": timezone.localdate().isoformat()}
    sent(client, "/veranstaltungen/-/anlegen/", **EVENT, **days, **rest, **items, **opens)
    sent(client, "/veranstaltungen/fachtag/-/veroeffentlichen/")


def event_by_importer() -> None:
    registration = {"opens": timezone.localdate(), "closes": SOON, "waiting_list": True}
    rest = {"slug": "fachtag", "date": SOON, "starts": "10:00", "ends": "16:00", "capacity": 30}
    programme = [{**WORKSHOP, "slug": "daten", "capacity": 20}]
    load_events([EventEntry.model_validate({**EVENT, **rest, "registration": registration, "programme": programme})])


THINGS = {
    "item": Thing(Transfergegenstand, "haus", item_by_page, item_by_importer, children=("contacts", "eckpunkt_links")),
    "publication": Thing(Publication, "leitfaden", publication_by_page, publication_by_importer),
    "term": Thing(Term, "praeventionskette", term_by_page, term_by_importer),
    "workgroup": Thing(
        Workgroup, "ag-4-uebergaenge", workgroup_by_page, workgroup_by_importer, unlike=("founded", "date")
    ),
    "workgroup, changed": Thing(
        Workgroup, "ag-4-uebergaenge", changed_by_page, changed_by_importer, unlike=("founded", "date")
    ),
    "concept group": Thing(Workgroup, "konzeptgruppe", concept_group_by_page, concept_group_by_importer),
    "subgroup": Thing(Workgroup, "uag-daten", subgroup_by_page, subgroup_by_importer, children=("memberships",)),
    "event": Thing(
        Event,
        "fachtag",
        event_by_page,
        event_by_importer,
        children=("programme",),
        unlike=("calendar_uid", "questions", "slot"),
    ),
}


def plain(value: Any) -> Any:
    """The same in both networks: of other rows the slug or name, of texts made of blocks what they show."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, models.Model):
        return getattr(value, "slug", str(value))
    return value if isinstance(value, list | dict | datetime.date | datetime.time) else str(value)


def fields_of(row: models.Model, *, left_out: set[str]) -> dict[str, Any]:
    values = {
        each.name: plain(getattr(row, each.name)) for each in row._meta.concrete_fields if each.name not in left_out
    }
    related = {each.name: sorted(map(plain, getattr(row, each.name).all())) for each in row._meta.many_to_many}
    return {**values, **related}


def written(thing: Thing) -> dict[str, Any]:
    """Everything that the thing's row, its children, its page and its search entry say in the bound network."""
    row: Any = thing.model._default_manager.get(slug=thing.slug)
    left_out = {*NOT_COMPARED, *thing.unlike}
    found = fields_of(row, left_out=left_out)
    for name in thing.children:
        owner = row._meta.get_field(name).field.name
        found[name] = [fields_of(child, left_out={*left_out, owner}) for child in getattr(row, name).all()]
    page = getattr(row, "page", None)
    if page is not None:
        own = [field.name for field in page._meta.local_fields if not field.primary_key]
        found["page"] = {name: plain(getattr(page, name)) for name in ("title", "slug", "live", *own)}
    entry = SearchEntry.objects.get(slug=thing.slug)
    found["entry"] = fields_of(entry, left_out={*left_out, "key", "group_id", "document"})
    return found


@pytest.mark.parametrize("thing", THINGS.values(), ids=list(THINGS))
def test_page_and_importer_write_the_same(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client], thing: Thing
) -> None:
    load_vocabulary()
    with bind(niedersachsen):
        client = client_of(niedersachsen, make_colleague("Lena Leitung", roles=("manager",)))
    thing.by_page(niedersachsen, client)
    with bind(niedersachsen):
        by_page = written(thing)
    with bind(bayern):
        thing.by_importer()
        assert written(thing) == by_page
        LoadedEntry.objects.all().delete()
        thing.by_importer()
        assert written(thing) == by_page
