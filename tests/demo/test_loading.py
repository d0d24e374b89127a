"""What the loaded demo holds, and that loading again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from dkbm.accounts.models import AdmissionRequest, Person
from dkbm.cms.models import NetworkTag
from dkbm.demo.domain.demo import DATA, load_demo
from dkbm.demo.domain.people import PASSWORD
from dkbm.editorial.models import BlickpunktPage, Publication
from dkbm.events.models import Event
from dkbm.glossary.models import Term
from dkbm.imports.domain.reference import load_reference
from dkbm.imports.models import LoadedEntry
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import network_for_host, platform
from dkbm.tenancy.models import Membership, Network
from dkbm.tenancy.visitor import guest, visitor_of, visitor_with
from forum.domain.queries.unread import unread_count
from forum.models import Post, Topic
from goodpractice.models import ContactPerson, Eckpunkt, Leitfrage, Transfergegenstand, TransfergegenstandPage
from tests.demo.rows import rows
from tests.goodpractice.counting import differences
from workgroups.models import GroupMembership, Workgroup

pytestmark = pytest.mark.usefixtures("demo")

SLUGS = [
    "bayern", "brandenburg", "grossstaedte", "hessen", "mitteldeutschland", "niedersachsen", "nord-ost",
    "nordrhein-westfalen", "rheinland-pfalz-saarland",
]  # fmt: skip

INVENTED = ["gruppe", "forenthema"]
"""What the demo adds to Bayern is in no file of the reference data."""


FROM_SUBGROUPS = ["sozialindex-fuer-den-landkreis", "interfraktionelle-runde-bildung"]
"""Threads that are younger than their sub-group; out of the others it was founded."""


def silent(_line: str) -> None:
    """Progress that nobody reads."""


def network(slug: str) -> BoundNetwork:
    found = network_for_host(f"{slug}.localhost")
    assert found is not None
    return found


def data_of(name: str, key: str) -> list[Any]:
    return yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)[key]


def per_network(entries: list[Any]) -> Counter[str]:
    return Counter(entry["network"] or "niedersachsen" for entry in entries)


def loaded(model: Any) -> Counter[str]:
    """Rows per network of the demo; other tests leave networks of their own behind."""
    with bind_all("test: rows per network"):
        return Counter(model.objects.filter(network__slug__in=SLUGS).order_by().values_list("network__slug", flat=True))


def test_networks_and_common_rows_are_those_of_the_files() -> None:
    with bind_all("test: common rows"):
        names = dict(Network.objects.filter(slug__in=SLUGS).values_list("slug", "name"))
    assert names == {row["slug"]: row["name"] for row in data_of("networks", "networks")}
    assert Municipality.objects.count() == 79
    assert Municipality.objects.filter(network_slug="niedersachsen").count() == 45
    assert (Eckpunkt.objects.count(), Leitfrage.objects.count()) == (
        6,
        sum(len(row["leitfragen"]) for row in data_of("eckpunkte", "eckpunkte")),
    )


def test_every_network_has_its_entries_and_those_without_network_are_niedersachsens() -> None:
    assert loaded(Transfergegenstand) == per_network(data_of("transfergegenstaende", "transfergegenstaende"))
    assert loaded(Transfergegenstand)["niedersachsen"] == 12
    assert loaded(Term)["niedersachsen"] == len(data_of("glossary", "terms"))
    publications = data_of("publications", "publications")
    issues = [row for row in publications if row["kind"] == "blickpunkt"]
    assert loaded(Publication) == per_network([row for row in publications if row["kind"] != "blickpunkt"])
    with bind(network("niedersachsen")):
        assert set(BlickpunktPage.objects.values_list("slug", flat=True)) == {row["slug"] for row in issues}
    assert loaded(NetworkTag) == Counter(dict.fromkeys(SLUGS, 50))


def test_public_list_has_all_events_but_group_meetings_and_surveys(loaded_demo: list[str]) -> None:
    entries = data_of("events", "events")
    later = {"ag_treffen", "konzeptgruppe", "befragung"}
    assert loaded(Event) == per_network([row for row in entries if row["kind"] not in later])
    assert any("22 Sitzungen und Befragungen bleiben für später" in line for line in loaded_demo)


def test_groups_and_threads_are_those_of_the_files() -> None:
    topics = data_of("forum_topics", "topics")
    with bind(network("niedersachsen")):
        kinds = Counter(Workgroup.objects.order_by().values_list("kind", flat=True))
        assert kinds == {"workgroup": 3, "concept": 1, "subgroup": 9}
        closed = Workgroup.objects.filter(state="closed").values_list("slug", flat=True)
        assert set(closed) == {"uag-schulabsentismus", "uag-digitale-formate", "uag-verstetigung"}
        for row in topics:
            topic = Topic.objects.get(slug=row["slug"])
            space = row["subgroup"] if row["slug"] in FROM_SUBGROUPS else row["workgroup"]
            assert (topic.space.slug, topic.title) == (space, row["title"])
            assert topic.post_count == 1 + len(row["replies"])
            assert topic.is_solved is row["solved"]
        first = Topic.objects.get(slug=topics[0]["slug"])
        assert first.author.display_name == "Bildungsmonitoring, Landkreis Stade"
        assert timezone.localdate(first.created).isoformat() == "2024-02-06"
        assert first.posts.get(number=1).text.startswith("Moin zusammen, wir bereiten")
        assert first.solved_post.number == 4


def test_authors_are_accounts_without_login() -> None:
    with bind(network("niedersachsen")):
        authors = Person.objects.filter(stands_for_function=True)
        assert authors.count() >= 101
        assert not any(author.has_usable_password() for author in authors)


def test_contact_gets_fictional_ways_and_an_item_without_contact_stays_without() -> None:
    without = {row["slug"] for row in data_of("transfergegenstaende", "transfergegenstaende") if not row["contact"]}
    with bind_all("test: contacts"):
        contacts = list(ContactPerson.objects.filter(item__network__slug__in=SLUGS).select_related("item"))
        assert {contact.item.slug for contact in contacts}.isdisjoint(without)
        assert len(contacts) == 23
        assert {contact.phone[:-3] for contact in contacts} <= {
            "(030) 23125-", "(040) 66969-", "(069) 90009-", "(0221) 4710-", "(089) 99998-",
        }  # fmt: skip
        assert all(contact.mail.endswith(".example.org") and not contact.name for contact in contacts)


def test_part_of_which_the_source_says_nothing_stays_empty() -> None:
    silent_ones = [
        row["slug"] for row in data_of("transfergegenstaende", "transfergegenstaende") if row["meilensteine"] is None
    ]
    with bind_all("test: texts"):
        page = TransfergegenstandPage.objects.get(slug=silent_ones[0])
    assert page.meilensteine == ""


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
def test_numbers_of_the_catalogue_agree_with_counting_the_rows(slug: str) -> None:
    with bind(network(slug)):
        assert Transfergegenstand.objects.exists()
        member = Membership.objects.select_related("person").filter(state="active").first()
        assert member is not None
        for visitor in (guest(), visitor_with(member)):
            assert differences(visitor) == []


def test_issue_tells_its_chapters_with_the_good_examples() -> None:
    with bind(network("niedersachsen")):
        page = BlickpunktPage.objects.get(slug="blickpunkt-dkbm-netzwerk-2021")
        chapters = {block.value["title"]: block.value["body"] for block in page.chapters}
        kinds = {title: [part.block_type for part in body] for title, body in chapters.items()}
    assert kinds["Bildungslotse.info, Landkreis Stade"] == ["text", "good_example"]
    assert kinds["Entwicklung und Einblicke in das Netzwerk"] == ["timeline"]
    assert kinds["Ziele und Mehrwerte des Netzwerkes"] == ["text", "text"]
    assert [title for title, parts in kinds.items() if not parts] == []


def test_demo_is_loaded_once() -> None:
    with bind_all("test: again", as_owner=True):
        before = rows()
        assert load_demo(say=silent) is False
        assert rows() == before


def test_reference_data_loaded_twice_is_the_same_as_once() -> None:
    with bind_all("test: twice", as_owner=True):
        load_reference(DATA, say=silent)
        once = rows()
        load_reference(DATA, say=silent)
        assert {table: row for table, row in rows().items() if once[table] != row} == {}


def test_loading_without_memory_of_the_first_time_adds_no_row() -> None:
    with bind_all("test: without the ledger", as_owner=True):
        load_reference(DATA, say=silent)
        posts = sorted(Post.objects.values_list("pk", "text"))
        counts = {table: count for table, (count, _digest) in rows().items()}
        LoadedEntry.objects.exclude(kind="vorfuehrung").exclude(network__slug="bayern", kind__in=INVENTED).delete()
        load_reference(DATA, say=silent)
        after = {table: count for table, (count, _digest) in rows().items() if table != "django_cache"}
        counts.pop("django_cache")
        assert {table: (counts[table], after[table]) for table in counts if counts[table] != after[table]} == {}
        assert sorted(Post.objects.values_list("pk", "text")) == posts


def test_what_editors_changed_stays_until_the_data_changes(files: Callable[..., Path]) -> None:
    def retitle(data: Any) -> None:
        data["transfergegenstaende"][0]["title"] = "Masterplan Bildung 3.0"

    with bind(network("niedersachsen")):
        item = Transfergegenstand.objects.get(slug="heidekreis-masterplan-bildung")
        item.contacts.update(phone="05191 0")
        TransfergegenstandPage.objects.filter(pk=item.page_id).update(summary="Neu geschrieben.")
    with bind_all("test: same data", as_owner=True):
        load_reference(files(transfergegenstaende=None), say=silent)
        item.refresh_from_db()
        assert [contact.phone for contact in ContactPerson.objects.filter(item=item)] == ["05191 0"]
        assert TransfergegenstandPage.objects.get(pk=item.page_id).summary == "Neu geschrieben."
        load_reference(files(transfergegenstaende=retitle), say=silent)
        item.refresh_from_db()
    assert item.title == "Masterplan Bildung 3.0"


@pytest.mark.parametrize("slug", SLUGS)
def test_demo_accounts_sign_in_on_their_host(slug: str) -> None:
    client = Client(headers={"host": f"{slug}.localhost"})
    response = client.post("/konto/login/", {"login": f"mitglied@{slug}.example.org", "password": PASSWORD})
    assert response.status_code == 302
    assert client.get("/").context["request"].user.email == f"mitglied@{slug}.example.org"


def test_operator_signs_in_on_the_front_door_alone() -> None:
    credentials = {"login": "betrieb@example.org", "password": PASSWORD}
    assert Client(headers={"host": "localhost"}).post("/konto/login/", credentials).status_code == 302
    refused = Client(headers={"host": "niedersachsen.localhost"}).post("/konto/login/", credentials)
    assert refused.status_code != 302
    with bind(platform()):
        assert Membership.objects.get(person__email="betrieb@example.org").is_operator


ROLES = {"mitglied": [], "neu": [], "sprecherin": [], "redaktion": ["editor"], "leitung": ["editor", "manager"]}


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
def test_demo_accounts_have_their_roles_and_groups(slug: str) -> None:
    with bind(network(slug)):
        for login, roles in ROLES.items():
            membership = Membership.objects.get(person__email=f"{login}@{slug}.example.org")
            assert (membership.is_active, sorted(membership.roles)) == (True, roles)
        groups = GroupMembership.objects.filter(state="active").select_related("workgroup", "person")
        of = {login: [row for row in groups if row.person.email.startswith(f"{login}@")] for login in ROLES}
        assert [row.office for row in of["sprecherin"] if row.workgroup.number == 1] == ["speaker"]
        assert of["neu"] == of["redaktion"] == []
        kinds = Counter(row.workgroup.kind for row in of["mitglied"])
    assert kinds == {"workgroup": 2 if slug == "niedersachsen" else 1, "subgroup": 1}


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
def test_home_page_has_news_and_the_manager_a_request(slug: str) -> None:
    with bind(network(slug)):
        person = Person.objects.get(email=f"mitglied@{slug}.example.org")
        assert unread_count(visitor_of(person)) == (7 if slug == "niedersachsen" else 2)
        assert AdmissionRequest.objects.filter(state="open").count() == 1


def test_registration_for_the_coming_annual_meeting_is_open_today() -> None:
    with bind(network("niedersachsen")):
        event = Event.objects.get(slug="jahrestreffen-2027")
    today = timezone.localdate()
    assert event.registration_opens <= today < event.registration_closes < event.first_day
    assert event.title == "Jahrestreffen 2027 des DKBM-Netzwerks Niedersachsen"


@pytest.mark.parametrize("change", [{"municipality": "stadt-atlantis"}, {"farbe": "rot"}, {"title": None}])
def test_broken_file_loads_nothing(change: dict[str, Any], files: Callable[..., Path]) -> None:
    folder = files(
        municipalities=lambda data: data["municipalities"][0].update(name="Umbenannt"),
        transfergegenstaende=lambda data: data["transfergegenstaende"][3].update(change),
    )
    with bind_all("test: before", as_owner=True):
        before = rows()
    with pytest.raises(CommandError, match=r"transfergegenstaende\.yaml, transfergegenstaende „diepholz-"):
        call_command("load_reference", folder)
    with bind_all("test: after", as_owner=True):
        assert rows() == before


def test_refusal_in_the_middle_of_loading_undoes_what_was_loaded(files: Callable[..., Path]) -> None:
    """„abmelden“ is no slug that an event may have; only the events know that."""
    folder = files(
        municipalities=lambda data: data["municipalities"][0].update(name="Umbenannt"),
        events=lambda data: data["events"][-1].update(slug="abmelden"),
    )
    with bind_all("test: before", as_owner=True):
        before = rows()
    with pytest.raises(CommandError, match=r"events\.yaml, „abmelden“"):
        call_command("load_reference", folder)
    with bind_all("test: after", as_owner=True):
        assert rows() == before


def _of_niedersachsen() -> list[Any]:
    with bind(network("niedersachsen")):
        return [
            list(model.objects.order_by("pk").values())
            for model in (Transfergegenstand, TransfergegenstandPage, NetworkTag, Topic, Post, Person)
        ]


def test_catalogue_imported_elsewhere_leaves_niedersachsen_alone(files: Callable[..., Path]) -> None:
    def only_items(data: Any) -> None:
        for key in ("topics", "phases", "programmes", "kinds"):
            del data[key]

    folder = files(transfergegenstaende=only_items)
    before = _of_niedersachsen()
    call_command("import_catalogue", folder / "transfergegenstaende.yaml", network="hessen", stdout=StringIO())
    assert _of_niedersachsen() == before
    with bind(network("hessen")):
        assert Transfergegenstand.objects.count() == 26
        assert Transfergegenstand.objects.get(slug="heidekreis-masterplan-bildung").page.live


def test_exported_catalogue_reads_back_to_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "erste.yaml", tmp_path / "zweite.yaml"
    call_command("export_catalogue", first, network="niedersachsen", stdout=StringIO())
    call_command("import_catalogue", first, network="brandenburg", stdout=StringIO())
    call_command("export_catalogue", second, network="brandenburg", stdout=StringIO())
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_forum_imported_elsewhere_goes_to_the_groups_there(files: Callable[..., Path]) -> None:
    def to_bavaria(data: Any) -> None:
        data["topics"] = [topic for topic in data["topics"] if "subgroup" not in topic][:2]
        data["topics"][0]["workgroup"] = "ag1-bildungsregionen"
        data["topics"][1]["workgroup"] = "netzweit"

    folder = files(forum_topics=to_bavaria)
    before = _of_niedersachsen()
    call_command("import_forum", folder / "forum_topics.yaml", network="bayern", stdout=StringIO())
    assert _of_niedersachsen() == before
    with bind(network("bayern")):
        spaces = Topic.objects.order_by("pk").values_list("space__slug", flat=True)
        assert list(spaces)[-2:] == ["ag1-bildungsregionen", "netzweit"]


@pytest.mark.parametrize("command", ["import_catalogue", "import_forum"])
def test_import_into_an_unknown_network_names_those_that_exist(command: str) -> None:
    name = {"import_catalogue": "transfergegenstaende", "import_forum": "forum_topics"}[command]
    with pytest.raises(CommandError, match="das Netzwerk „mond“ gibt es nicht; vorhanden: bayern, brandenburg"):
        call_command(command, DATA / f"{name}.yaml", network="mond")


def test_demo_accounts_are_refused_in_production(settings: Any) -> None:
    settings.PROFILE = "production"
    with pytest.raises(CommandError, match="nur in demo und test"):
        call_command("load_demo")
