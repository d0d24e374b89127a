"""Writing the index: one row a thing, replaced in place, per network."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dkbm.search.domain.index import index_object, index_sections, remove_object
from dkbm.search.facets import TAG
from dkbm.search.models import SearchEntry
from dkbm.search.registry import Entry
from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind


def entry(**values: Any) -> Entry:
    return Entry(
        **{
            "type": "topic",
            "key": "1",
            "slug": "kooperation",
            "title": "Kooperation",
            "body": "Text",
            "url": "/forum/ag-1/1-kooperation/",
            "visibility": "members",
            **values,
        }
    )


def test_index_object_writes_once_and_replaces(in_niedersachsen: BoundNetwork) -> None:
    index_object(type="topic", key="1", entry=entry())
    index_object(
        type="topic",
        key="1",
        entry=entry(
            title="Vereinbarung\x00 mit Häusern",
            date=datetime.date(2026, 11, 3),
            facets={TAG: [("jobcenter", "Jobcenter"), ("uebergang", "Übergang"), ("jobcenter", "Jobcenter")]},
        ),
    )
    row = SearchEntry.objects.get(type="topic")
    assert row.title == "Vereinbarung  mit Häusern"
    assert row.facets == [
        {"facet": "tag", "key": "jobcenter", "label": "Jobcenter", "order": 0},
        {"facet": "tag", "key": "uebergang", "label": "Übergang", "order": 0},
    ]
    assert str(row.date) == "2026-11-02 23:00:00+00:00"
    assert "'jobcent'" in row.document


def test_remove_object_takes_it_out_and_may_be_repeated(in_niedersachsen: BoundNetwork) -> None:
    index_object(type="topic", key="1", entry=entry())
    remove_object(type="topic", key="1")
    remove_object(type="topic", key="1")
    assert not SearchEntry.objects.filter(type="topic").exists()


def test_sections_that_are_given_stay_and_the_others_go(in_niedersachsen: BoundNetwork) -> None:
    keys = ["1", "1/2", "1/3"]
    index_sections(type="topic", keys=keys, entries=[entry(key=key) for key in keys])
    index_object(type="topic", key="2", entry=entry(key="2"))
    index_sections(type="topic", keys=keys, entries=[entry(key="1/2", body="Anderes", continues=True)])
    rows = SearchEntry.objects.filter(type="topic").order_by("key").values_list("key", "body", "title", "continues")
    assert list(rows) == [("1/2", "Anderes", "Kooperation", True), ("2", "Text", "Kooperation", False)]


def test_further_section_is_found_by_its_text_alone(in_niedersachsen: BoundNetwork) -> None:
    values = {"body": "Inhalt", "facets": {TAG: [("jobcenter", "Jobcenter")]}}
    index_sections(
        type="topic", keys=["1", "1/2"], entries=[entry(**values), entry(key="1/2", continues=True, **values)]
    )
    vectors = dict(SearchEntry.objects.filter(type="topic").values_list("key", "document"))
    assert vectors == {
        "1": "'cent':8 'inhalt':5C,6C 'job':7 'jobcent':3B,4B 'kooperation':1A,2A",
        "1/2": "'inhalt':1C,2C",
    }


@pytest.mark.parametrize("values", [{"key": "9"}, {"type": "page"}])
def test_section_of_something_else_is_refused(in_niedersachsen: BoundNetwork, values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="given for topic"):
        index_sections(type="topic", keys=["1", "1/2"], entries=[entry(**values)])


def test_networks_have_entries_of_the_same_key(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            index_object(type="topic", key="1", entry=entry(title=network.name))
    with bind(niedersachsen):
        assert [row.title for row in SearchEntry.objects.filter(type="topic")] == ["Transferagentur Niedersachsen"]
        remove_object(type="topic", key="1")
    with bind(bayern):
        assert [row.title for row in SearchEntry.objects.filter(type="topic")] == ["Transferagentur Bayern"]


def test_index_object_unbound_raises(db: None) -> None:
    with pytest.raises(NoNetwork):
        index_object(type="topic", key="1", entry=entry())


@pytest.mark.parametrize(
    "values", [{"type": "unsinn"}, {"visibility": "alle"}, {"visibility": "group"}, {"group_id": 3}]
)
def test_entry_with_a_wrong_value_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unsinn|alle|go together"):
        entry(**values)


def test_key_of_another_thing_is_refused(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValueError, match="topic 1 given for topic 2"):
        index_object(type="topic", key="2", entry=entry())
