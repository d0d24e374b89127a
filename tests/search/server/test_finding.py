from dkbm.search.domain.feeding import feed_network
from dkbm.search.domain.queries.entries import find
from dkbm.search.server.connection import client
from dkbm.tenancy.visitor import guest
from tests.factories.catalogue import make_entry


def test_found(on_server, in_niedersachsen):
    make_entry("Das Haus der Bildung")
    make_entry("Kita", body="Häuser")
    assert feed_network() == 2
    client().indices.refresh(index="tests_*")
    found = find(q="haeuser", visitor=guest())
    print(found.counts, found._answer, found[0:5])
    assert 0
