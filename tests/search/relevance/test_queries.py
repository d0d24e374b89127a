"""The queries fit the demo data: a slug that is not there would look like a search that finds nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import yaml

from dkbm.demo.domain.demo import DATA, INVENTED
from dkbm.imports.domain.events import FOR_THE_PUBLIC

from .queries import CLASSES, queries, set_aside

HOME = "niedersachsen"


def test_every_expected_thing_stands_in_the_demo_data():
    known = {kind: {row[key] for row in rows} for kind, key, rows in _things()}
    missing = [
        f"{query.q}: {kind} {slug}"
        for query in queries() + set_aside()
        for kind, slug in query.expected
        if slug not in known[kind]
    ]
    assert missing == []


def test_there_are_enough_queries_of_each_class():
    tuning, later = Counter(query.kind for query in queries()), Counter(query.kind for query in set_aside())
    assert set(tuning) == set(later) == set(CLASSES)
    assert {kind: number for kind, number in tuning.items() if number + later[kind] < 22} == {}
    assert sum(later.values()) >= 80


def test_no_query_stands_twice_and_each_expects_one_to_three_things():
    everything = queries() + set_aside()
    assert [query for query, number in Counter(each.q for each in everything).items() if number > 1] == []
    assert {len(set(query.expected)) for query in everything} <= {1, 2, 3}
    assert {query.who for query in everything} == {"member", "guest"}


def test_guests_look_for_what_is_public():
    for_members = {"topic", "workgroup", "person"}
    asked = [query for query in queries() + set_aside() if query.who == "guest"]
    assert [query.q for query in asked if for_members & {kind for kind, _slug in query.expected}] == []


def _things() -> list[tuple[str, str, list[dict[str, Any]]]]:
    groups, published = _data("workgroups"), _data("publications")["publications"]
    events = [
        row for row in _data("events")["events"] if (row["network"] or HOME) == HOME and row["kind"] in FOR_THE_PUBLIC
    ]
    networks = yaml.safe_load((INVENTED / "people.yaml").read_text(encoding="utf-8"))["networks"]
    return [
        ("transfergegenstand", "slug", _data("transfergegenstaende")["transfergegenstaende"]),
        ("topic", "slug", _data("forum_topics")["topics"]),
        ("page", "slug", [row for row in published if row["kind"] == "blickpunkt"]),
        ("publication", "slug", [row for row in published if row["kind"] != "blickpunkt"]),
        ("event", "slug", events),
        ("workgroup", "slug", groups["workgroups"] + groups["subgroups"]),
        ("glossary", "slug", _data("glossary")["terms"]),
        ("person", "login", next(each["accounts"] for each in networks if each["slug"] == HOME)),
    ]


def _data(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return content
