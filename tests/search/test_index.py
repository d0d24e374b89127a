"""Writing the index: one row a thing, replaced in place, per network."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from dkbm.search.domain.index import index_object, remove_object
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
