"""`GET /api/v1/search`: contract, rights, errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.search.facets import TAG, YEAR, all_facets
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.catalogue import make_entry
from tests.factories.people import make_person

TYPES = [
    "transfergegenstand",
    "topic",
    "workgroup",
    "event",
    "publication",
    "page",
    "document",
    "person",
    "glossary",
]


@pytest.fixture
def entries(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_entry("Kita offen", key="1", body="In der Kita <b>lernen</b>", slug="kita-offen")
        make_entry("Kita intern", key="2", visibility="members")
        make_entry("Kita geheim", key="3", visibility="group", group_id=1)
        make_entry("Kita Seite", key="4", type="page")
    with bind(bayern):
        make_entry("Kita BSEC")


def test_anonymous_caller_gets_what_is_public(
    entries: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    response = client_of(niedersachsen).get("/api/v1/search", {"q": "kita", "type": "topic"})
    assert response.status_code == 200
    answer = response.json()
    (result,) = answer["results"]
    score = result.pop("score")
    assert score > 0
    assert answer == {
        "total": 1,
        "results": [
            {
                "type": "topic",
                "slug": "kita-offen",
                "title": "Kita offen",
                "url": "/forum/netzweit/1/",
                "snippet": "In der <mark>Kita</mark> &lt;b&gt;lernen&lt;/b&gt;",
            }
        ],
        "facets": {"type": {"topic": 1, "page": 1}},
        "more": [],
    }


def test_member_gets_more_and_limit_keeps_total(
    entries: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        member = make_person()
    answer = client_of(niedersachsen, member).get("/api/v1/search", {"q": "kita", "limit": 1}).json()
    assert (answer["total"], len(answer["results"]), answer["facets"]) == (3, 1, {"type": {"topic": 2, "page": 1}})


def test_empty_search_is_an_empty_answer(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    for query in ({}, {"q": ""}, {"q": "und"}):
        response = client_of(niedersachsen).get("/api/v1/search", query)
        assert (response.status_code, response.json()) == (
            200,
            {"total": 0, "more": [], "results": [], "facets": {"type": {}}},
        )


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"type": "unsinn"}, "type", "Diesen Wert gibt es nicht; erlaubt sind transfergegenstand, topic"),
        ({"limit": "0"}, "limit", "Die Zahl ist kleiner als 1."),
        ({"limit": "101"}, "limit", "Die Zahl ist größer als 100."),
        ({"limit": "viele"}, "limit", "Hier muss eine ganze Zahl stehen."),
        ({"q": "x" * 201}, "q", "Der Text ist länger als 200 Zeichen."),
    ],
)
def test_wrong_value_is_named(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], query: dict[str, str], field: str, message: str
) -> None:
    response = client_of(niedersachsen).get("/api/v1/search", {"q": "kita", **query})
    assert response.status_code == 422
    (detail,) = response.json()["detail"]
    assert detail["field"] == field
    assert detail["message"].startswith(message)


def _resolve(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref") or (part.get("allOf") or [{}])[0].get("$ref")
    return schema["components"]["schemas"][reference.rpartition("/")[2]] if reference else part


def test_answer_keeps_the_published_schema(
    entries: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    client = client_of(niedersachsen)
    schema = client.get("/api/v1/openapi.json").json()
    operation = schema["paths"]["/api/v1/search"]["get"]
    names = [parameter["name"] for parameter in operation["parameters"]]
    assert names == [*(facet.key for facet in all_facets()), "q", "type", "limit"]
    assert schema["components"]["schemas"]["EntryType"]["enum"] == TYPES
    answer_schema = _resolve(schema, operation["responses"]["200"]["content"]["application/json"]["schema"])
    answer = client.get("/api/v1/search", {"q": "kita"}).json()
    assert set(answer_schema["required"]) == set(answer) == {"total", "more", "results", "facets"}
    result_schema = _resolve(schema, answer_schema["properties"]["results"]["items"])
    kinds = {"string": str, "number": float}
    for result in answer["results"]:
        assert set(result) == set(result_schema["required"])
        for name, value in result.items():
            wanted = _resolve(schema, result_schema["properties"][name])
            assert isinstance(value, kinds[wanted["type"]])
            assert "enum" not in wanted or value in wanted["enum"]


def test_facets_are_counted_by_key_and_chosen_by_their_own_parameter(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Kita eins", facets={TAG: [("ganztag", "Ganztag"), ("sport", "Sport")]})
        make_entry("Kita zwei", facets={TAG: [("ganztag", "Ganztag")]})
        make_entry("Kita 2021", type="event", facets={YEAR: [("2021", "2021", -2021)]})
        make_entry("Kita intern", visibility="members", facets={TAG: [("geheim", "Geheim")]})
    client = client_of(niedersachsen)

    def answer(**chosen: Any) -> tuple[list[str], dict[str, Any]]:
        found = client.get("/api/v1/search", {"q": "kita", **chosen}).json()
        return sorted(result["title"] for result in found["results"]), found["facets"]

    tags, both = {"ganztag": 2, "sport": 1}, {"topic": 2, "event": 1}
    assert answer() == (["Kita 2021", "Kita eins", "Kita zwei"], {"type": both, "tag": tags, "year": {"2021": 1}})
    assert answer(tag="ganztag") == (["Kita eins", "Kita zwei"], {"type": {"topic": 2}, "tag": tags})
    assert answer(tag=["sport", "ganztag"], type="topic")[0] == ["Kita eins", "Kita zwei"]
    for nothing in ({"tag": "gibt-es-nicht"}, {"tag": "geheim"}, {"tag": "sport", "year": "2021"}):
        assert answer(**nothing)[0] == [], nothing
    assert client.get("/api/v1/search", {"q": "kita", "tag": ["x"] * 21}).status_code == 422
