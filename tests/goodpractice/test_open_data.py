"""Files, feed, API and data for search engines: the public examples, and of these nothing that is for members."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.domain.saving import Contact
from tests.factories.catalogue import archive, make_item
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("vocabulary")

ATOM = "{http://www.w3.org/2005/Atom}"
API = "/api/v1/transfergegenstaende"
PLACES = ("/katalog/export.json", "/katalog/export.csv", "/katalog/feed/", API, f"{API}/offen")
SECRETS = ("Erika Muster", "04231 15-0", "erika@example.org", "Internes Büro", "Altes Büro", "BSEC")


@pytest.fixture
def examples(vocabulary: None, niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_item(
            "offen",
            title="Büro <b>für</b> „alle“ & mehr",
            summary="=HYPERLINK(1) </script><script>alert(1)</script> Größe",
            contacts=[
                Contact("Leitung", name="Erika Muster", phone="04231 15-0", mail="erika@example.org"),
                Contact("Zentrale", phone="04231 99", contact_public=True),
            ],
            topics=["Xylophon"],
            eckpunkte=[2, 1],
            checked_on=datetime.date(2026, 10, 12),
        )
        make_item("intern", title="Internes Büro", visibility="members")
        archive(make_item("alt", title="Altes Büro"))
    with bind(bayern):
        make_item("bsec", title="BSEC")


@pytest.fixture
def clients(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> dict[str, Client]:
    with bind(niedersachsen):
        people = {
            "guest": None,
            "waiting": make_person(state="requested"),
            "member": make_person(),
            "manager": make_person(roles=("manager",)),
        }
    return {name: client_of(niedersachsen, person) for name, person in people.items()}


@pytest.mark.usefixtures("examples")
def test_nothing_for_members_leaves_whoever_asks(clients: dict[str, Client]) -> None:
    """The API alone gives members what is for members, and even to them no contact that is not for all."""
    for who, client in clients.items():
        for place in PLACES:
            answer = client.get(place)
            said = answer.text.encode().decode("unicode_escape") if place == API else answer.text
            allowed = {"Internes B"} if place == API and who in {"member", "manager"} else set()
            assert answer.status_code == 200, place
            assert "Zentrale" in said or place in {"/katalog/feed/", API}, place
            leaked = {secret[:10] for secret in SECRETS if secret in answer.text or secret.encode() in answer.content}
            assert leaked - allowed == set(), (who, place)


@pytest.mark.usefixtures("examples")
def test_json_holds_licence_and_all_public_examples(clients: dict[str, Client]) -> None:
    answer = clients["guest"].get("/katalog/export.json")
    assert answer["Content-Disposition"] == 'attachment; filename="gute-praxis.json"'
    data = json.loads(answer.content)
    assert data["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    (item,) = data["examples"]
    assert item["title"] == "Büro <b>für</b> „alle“ & mehr"
    assert item["url"] == "http://niedersachsen.localhost:8000/katalog/offen/"
    assert (item["eckpunkte"], item["topics"], item["checked_on"]) == ([2, 1], ["Xylophon"], "2026-10-12")
    assert item["municipality"]["name"] == "Landkreis Verden"
    assert [(contact["function"], contact["phone"]) for contact in item["contacts"]] == [
        ("Leitung", ""),
        ("Zentrale", "04231 99"),
    ]


@pytest.mark.usefixtures("examples")
def test_csv_opens_right_and_holds_no_formula(clients: dict[str, Client]) -> None:
    answer = clients["guest"].get("/katalog/export.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeffTitel;Kommune;".encode())
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert row["Titel"] == "Büro <b>für</b> „alle“ & mehr"
    assert row["Zusammenfassung"].startswith("'=HYPERLINK")
    assert row["Ansprechpersonen"].split("\n") == [
        "Leitung, Landkreis Verden",
        "Zentrale, Landkreis Verden, 04231 99",
    ]


def test_empty_catalogue_has_a_table_all_the_same(clients: dict[str, Client]) -> None:
    assert clients["guest"].get("/katalog/export.csv").text.count("\n") == 1
    assert json.loads(clients["guest"].get("/katalog/export.json").content)["examples"] == []
    assert ET.fromstring(clients["guest"].get("/katalog/feed/").content).findall(f"{ATOM}entry") == []


@pytest.mark.usefixtures("examples")
def test_feed_names_what_is_new(clients: dict[str, Client]) -> None:
    answer = clients["guest"].get("/katalog/feed/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    (entry,) = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Büro <b>für</b> „alle“ & mehr"
    assert entry.findtext(f"{ATOM}id") == "http://niedersachsen.localhost:8000/katalog/offen/"
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.text is not None
    assert "&lt;script&gt;" in summary.text, "readers take it for HTML"
    assert "/katalog/feed/" in clients["guest"].get("/katalog/").text


def test_sign_that_xml_forbids_does_not_end_the_feed(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item("kopiert", title="Kopiert", summary="Aus\x0b einem \x02PDF")
    (entry,) = ET.fromstring(clients["guest"].get("/katalog/feed/").content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "Aus\n einem PDF"


@pytest.mark.usefixtures("examples")
def test_api_lists_in_parts(clients: dict[str, Client]) -> None:
    assert [clients[who].get(API).json()["total"] for who in ("guest", "waiting", "member")] == [1, 1, 2]
    page = clients["member"].get(API, {"limit": 1, "offset": 1}).json()
    assert (page["total"], page["offset"], page["limit"]) == (2, 1, 1)
    assert [item["slug"] for item in page["results"]] == ["intern"]
    assert clients["member"].get(API, {"offset": 9}).json()["results"] == []
    for wrong in ({"limit": 0}, {"limit": 101}, {"offset": -1}, {"limit": "x"}, {"offset": 10**9}):
        assert clients["guest"].get(API, wrong).status_code == 422, wrong


@pytest.mark.usefixtures("examples")
@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("offen", {"guest": 200, "waiting": 200, "member": 200, "manager": 200}),
        ("intern", {"guest": 404, "waiting": 404, "member": 200, "manager": 200}),
        ("alt", {"guest": 404, "waiting": 404, "member": 404, "manager": 200}),
        ("bsec", {"guest": 404, "waiting": 404, "member": 404, "manager": 404}),
        ("a.b", dict.fromkeys(("guest", "waiting", "member", "manager"), 422)),
    ],
)
def test_api_shows_one_to_whom_may_see_it(clients: dict[str, Client], slug: str, expected: dict[str, int]) -> None:
    assert {who: client.get(f"{API}/{slug}").status_code for who, client in clients.items()} == expected


def test_schema_describes_both(client_of: Callable[..., Client], niedersachsen: BoundNetwork) -> None:
    schema = client_of(niedersachsen).get("/api/v1/openapi.json").json()
    assert {API, f"{API}/{{slug}}"} <= schema["paths"].keys()
    assert "contacts" in schema["components"]["schemas"]["WholeItem"]["properties"]


@pytest.mark.usefixtures("examples")
def test_search_engines_read_what_guests_may_see(clients: dict[str, Client]) -> None:
    for who, client in clients.items():
        page = client.get("/katalog/offen/").text
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert not set("<>&") & set(text), who
        data = json.loads(text)
        assert (data["@type"], data["name"]) == ("CreativeWork", "Büro <b>für</b> „alle“ & mehr")
        assert data["abstract"].endswith("</script><script>alert(1)</script> Größe")
    assert "ld+json" not in clients["member"].get("/katalog/intern/").text


@pytest.mark.usefixtures("examples")
def test_page_forwards_by_mail_and_as_pdf(clients: dict[str, Client]) -> None:
    page = clients["member"].get("/katalog/intern/").text
    assert 'href="/katalog/intern/pdf/"' in page
    forwarded = (
        "mailto:?subject=Internes%20B%C3%BCro&amp;body=Internes%20B%C3%BCro%0Ahttp%3A%2F%2Fniedersachsen.localhost"
    )
    assert forwarded in page
    assert "f%C3%BCr%20Mitglieder" in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("place", "queries"), [(PLACES[0], 7), (PLACES[1], 7), (PLACES[2], 2), (API, 4)])
def test_queries_do_not_grow(
    niedersachsen: BoundNetwork,
    clients: dict[str, Client],
    rows: int,
    place: str,
    queries: int,
    django_assert_num_queries: Any,
) -> None:
    with bind(niedersachsen):
        for number in range(rows):
            make_item(f"beispiel-{number}", topics=["Ganztag"])
    clients["guest"].get(place)
    with django_assert_num_queries(queries):
        clients["guest"].get(place)
