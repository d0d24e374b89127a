"""The one function with the owner's rights: whatever it is given, it names no entry of another network."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, ProgrammingError, connection, transaction

from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from tests.factories.catalogue import make_entry

VISIBILITIES: tuple[list[str | None], ...] = (["public", "members", "group"], ["%"], [None], [])
GROUPS: tuple[list[int | None], ...] = ([7], [0, 7, 2**62], [None], [])
QUERIES = ("'kita'", "'ki':*", "!'nirgends'", "'kita' <-> 'inhalt'", "'kita':A | 'inhalt'", "")
TYPES = ("", "topic", "document", "%", "x' OR true --")
BOUNDS = (None, 2**31 - 1, 1, -1)


@pytest.fixture
def ids(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> dict[BoundNetwork, set[int]]:
    """Network -> its entries: of each visibility, a document and a page. Both have a group 7."""
    found = {}
    for network in (niedersachsen, bayern):
        with bind(network):
            for visibility, group in (("public", None), ("members", None), ("group", 7)):
                for type in ("topic", "document", "page"):
                    key = f"{type}-{visibility}"
                    make_entry("Kita", body="Inhalt", key=key, type=type, visibility=visibility, group_id=group)
            found[network] = set(SearchEntry.objects.filter(title="Kita").values_list("pk", flat=True))
    return found


def called(*arguments: Any) -> set[int]:
    """What raw SQL of the web process gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_candidates(%s::tsquery, %s::text[], %s::bigint[], %s::text, %s::integer)", arguments
        )
        return {pk for (pk,) in cursor.fetchall()}


EVERYTHING = ("'kita'", ["public", "members", "group"], [], "", None)


def test_no_argument_brings_an_entry_of_another_network(ids: dict[BoundNetwork, set[int]]) -> None:
    for network, own in ids.items():
        foreign = set().union(*(theirs for other, theirs in ids.items() if other != network))
        with bind(network):
            assert called(*EVERYTHING) == own
            for arguments in product(QUERIES, VISIBILITIES, GROUPS, TYPES, BOUNDS):
                assert not called(*arguments) & foreign, arguments


def test_table_of_the_session_is_not_taken_for_the_index(
    ids: dict[BoundNetwork, set[int]], niedersachsen: BoundNetwork
) -> None:
    with bind(niedersachsen), transaction.atomic(), connection.cursor() as cursor:
        # Nobody may any more; should somebody be allowed to again, the function still looks at the real table.
        cursor.execute("RESET ROLE")
        cursor.execute(f'GRANT TEMPORARY ON DATABASE "{connection.settings_dict["NAME"]}" TO PUBLIC')
        cursor.execute(f'SET ROLE "{settings.DATABASE_APP_ROLE}"')
        cursor.execute(
            "CREATE TEMPORARY TABLE search_searchentry ON COMMIT DROP AS SELECT * FROM public.search_searchentry"
        )
        cursor.execute("UPDATE pg_temp.search_searchentry SET id = -id")
        assert called(*EVERYTHING) == ids[niedersachsen]


def test_without_a_network_it_refuses(ids: dict[BoundNetwork, set[int]]) -> None:
    with pytest.raises(DataError, match="invalid input syntax for type bigint"), transaction.atomic():
        called(*EVERYTHING)
    with (
        bind_all("a test reads all networks"),
        pytest.raises(ProgrammingError, match="permission denied for function search_candidates"),
        transaction.atomic(),
    ):
        called(*EVERYTHING)


def test_there_is_no_other_function_with_the_rights_of_its_owner(in_niedersachsen: BoundNetwork) -> None:
    """A new one has to be proven here as this one is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig, (SELECT array_agg(grantee::regrole::text) FROM aclexplode(proacl)"
            " WHERE grantee <> proowner), EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0)"
            " FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        (row,) = cursor.fetchall()
        cursor.execute("SELECT current_user")
        app = cursor.fetchone()[0]
    assert row == ("search_candidates", ["search_path=pg_catalog, public, pg_temp", "enable_seqscan=off"], [app], False)
