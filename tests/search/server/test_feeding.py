"""Entries on the search server: brought with each change, compared, and written anew without a pause for readers."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from dkbm.search.domain.feeding import build_if_missing, feed_network, mend_network
from dkbm.search.domain.index import Difference, remove_object
from dkbm.search.models import SearchChange, SearchEntry
from dkbm.search.server import indexes
from dkbm.search.server.connection import client
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.catalogue import make_entry
from tests.search_server import refresh

pytestmark = pytest.mark.usefixtures("on_search_server")
KIND = "topic"


def there(kind: str = KIND, **match: Any) -> list[str]:
    """Ids of what is searched."""
    refresh()
    query = {"term": match} if match else {"match_all": {}}
    hits = client().search(index=indexes.alias_of(kind), query=query, size=100)["hits"]["hits"]
    return sorted(hit["_id"] for hit in hits)


def test_change_is_brought_once_and_forgotten(in_niedersachsen: BoundNetwork) -> None:
    for title in ("Kita eins", "Kita zwei", "Kita zwei"):
        make_entry(title, key=title[5:])
    network = in_niedersachsen.id
    assert SearchChange.objects.count() == 3
    assert feed_network() == 2
    assert (there(), SearchChange.objects.count()) == ([f"{network}:eins", f"{network}:zwei"], 0)
    remove_object(type=KIND, key="eins")
    remove_object(type=KIND, key="nie dagewesen")
    feed_network()
    assert (there(), SearchChange.objects.count()) == ([f"{network}:zwei"], 0)
    assert feed_network() == 0


def test_server_keeps_no_text_that_could_be_read_back(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita", key="1", body="Geheimnis", visibility="group", group_id=7)
    feed_network()
    refresh()
    (hit,) = client().search(index=indexes.alias_of(KIND), query={"match": {"text": "geheimnis"}})["hits"]["hits"]
    assert set(hit["_source"]) == {"pk", "digest"}


def test_networks_have_documents_of_the_same_key(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            make_entry("Kita", key="1")
            feed_network()
    assert there() == sorted(f"{network.id}:1" for network in (niedersachsen, bayern))
    with bind(bayern):
        remove_object(type=KIND, key="1")
        feed_network()
    assert there() == [f"{niedersachsen.id}:1"]


def test_entry_that_the_server_refuses_holds_up_no_other(
    in_niedersachsen: BoundNetwork, caplog: pytest.LogCaptureFixture
) -> None:
    make_entry("Kita gut", key="gut")
    make_entry("Kita schlecht", key="x" * 100)
    SearchEntry.objects.filter(key="x" * 100).update(
        facets=[{"facet": "tag", "key": "y" * 40_000, "label": "", "order": 0}]
    )
    feed_network()
    assert (there(), SearchChange.objects.count()) == ([f"{in_niedersachsen.id}:gut"], 0)
    assert [record.getMessage() for record in caplog.records] == ["search server refuses an entry"]


def test_differences_are_found_and_mended(in_niedersachsen: BoundNetwork) -> None:
    mend_network()
    assert mend_network() == {}
    for key in ("fehlt", "anders", "weg"):
        make_entry(f"Kita {key}", key=key)
    feed_network()
    network = str(in_niedersachsen.id)
    client().delete(index=indexes.alias_of(KIND), id=f"{network}:fehlt", routing=network)
    SearchEntry.objects.filter(key="anders").update(title="Kita anders als gedacht")
    SearchEntry.objects.filter(key="weg").delete()
    assert mend_network() == {KIND: Difference(["fehlt"], ["anders"], ["weg"])}
    assert there() == [f"{network}:anders", f"{network}:fehlt"]
    assert there(whole_title="kita anders als gedacht") == [f"{network}:anders"]
    assert mend_network() == {}


def test_everything_is_written_into_new_indices_that_are_searched_from_then_on(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Gespenst", key="77")
    feed_network()
    before = client().indices.get_alias(name=indexes.alias_of(KIND))
    said = StringIO()
    call_command("rebuild_search", stdout=said)
    after = client().indices.get_alias(name=indexes.alias_of(KIND))
    assert len(after) == 1
    assert not set(after) & set(before)
    assert there() == []
    assert there("page", network=in_niedersachsen.id)
    assert SearchChange.objects.count() == 0
    assert "niedersachsen: 6 von 6 auf dem Suchserver" in said.getvalue()
    with bind(in_niedersachsen):
        assert mend_network() == {}


def test_change_during_a_build_is_in_the_new_indices_too(in_niedersachsen: BoundNetwork) -> None:
    made = indexes.create(client())
    make_entry("Kita", key="1")
    feed_network()
    indexes.switch(client(), made)
    assert there() == [f"{in_niedersachsen.id}:1"]


def test_one_network_is_rebuilt_in_place(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Gespenst", key="77")
    feed_network()
    before = client().indices.get_alias(name=indexes.alias_of(KIND))
    call_command("rebuild_search", network="niedersachsen", stdout=StringIO())
    assert client().indices.get_alias(name=indexes.alias_of(KIND)) == before
    assert (there(), len(there("page"))) == ([], 6)


def test_server_without_indices_gets_them(in_niedersachsen: BoundNetwork) -> None:
    indexes.drop(client())
    assert not indexes.is_complete(client())
    build_if_missing()
    assert indexes.is_complete(client())
    assert there("page", network=in_niedersachsen.id)


def test_server_that_is_away_is_said(in_niedersachsen: BoundNetwork, settings: Any) -> None:
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="Der Suchserver antwortet nicht"):
        call_command("rebuild_search", network="niedersachsen", stdout=StringIO())
    assert SearchChange.objects.exists()
    settings.ELASTICSEARCH_URL = url
