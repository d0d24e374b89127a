"""Kept queries show the bound network's rows, whoever asked first, and hold nothing that changes."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from dkbm.tenancy import lookups
from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind, bind_all
from dkbm.tenancy.kept_queries import KNOWN, Blank, Given, KeptQuery
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person

PEOPLE = KeptQuery(lambda: Membership.objects.filter(state=Given("state")).select_related("person").order_by("pk"))
AMONG = KeptQuery(lambda: Membership.objects.filter(person_id__any=Given("ids")).order_by("pk"))
KEYS = KeptQuery(lambda: Membership.objects.order_by("-created", "pk").values_list("person_id", "state")[:3])


def _of(network: BoundNetwork, number: int = 1) -> list[Membership]:
    with bind(network):
        return [Membership.objects.get(person=make_person()) for _ in range(number)]


def test_rows_are_those_of_the_network_that_is_bound_now(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern, niedersachsen):
        own = _of(network, 2)
        with bind(network):
            found = PEOPLE.all(state="active")
            assert found == list(Membership.objects.filter(state="active").order_by("pk"))
            assert {row.network_id for row in found} == {network.id}
            assert {row.pk for row in own} <= {row.pk for row in found}


def test_related_rows_come_along(in_niedersachsen: BoundNetwork) -> None:
    (row,) = _of(in_niedersachsen)
    found = {each.pk: each for each in PEOPLE.all(state="active")}[row.pk]
    assert found.person.email == row.person.email


def test_list_of_keys_is_one_value(in_niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    first, second, _third = _of(in_niedersachsen, 3)
    (foreign,) = _of(bayern)
    assert AMONG.all(ids=[second.person_id, first.person_id, foreign.person_id]) == [first, second]
    assert AMONG.all(ids=[]) == []


def test_values_come_in_their_order(in_niedersachsen: BoundNetwork) -> None:
    _of(in_niedersachsen, 4)
    rows = Membership.objects.order_by("-created", "pk").values_list("person_id", "state")[:3]
    assert KEYS.all() == list(rows)


def test_without_one_network_nothing_is_asked(niedersachsen: BoundNetwork) -> None:
    with pytest.raises(NoNetwork):
        PEOPLE.all(state="active")
    with bind_all("test"), pytest.raises(NoNetwork):
        PEOPLE.all(state="active")


def test_value_that_is_missing_is_named(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(TypeError, match=r"needs \['state'\], and was given \[\]"):
        PEOPLE.all()


def test_policies_hold_without_the_condition_also_for_a_plan_that_was_made_before(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    """So often that the database has a plan for all values; it asks the session for the network all the same."""
    with patch.object(lookups._BoundLookup, "as_sql", lambda *args: ("1=1", [])):
        bare = KeptQuery(lambda: Membership.objects.filter(state=Given("state")))
        with bind(niedersachsen):
            bare.all(state="active")  # puts it together
    for network in (niedersachsen, bayern):
        _of(network)
        for _ in range(8):
            with bind(network):
                assert {row.network_id for row in bare.all(state="active")} == {network.id}
    with connection.cursor() as cursor, bind(niedersachsen):
        cursor.execute(
            "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%tenancy_membership%'"
        )
        assert cursor.fetchone()[0]


def test_threads_of_two_networks_do_not_meet(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    """What differs is in no object that both have."""
    seen: dict[str, set[object]] = {}

    def ask(network: BoundNetwork) -> None:
        with bind(network):
            asked = [KEYS._form._filled(Blank(""), network.id, {}) for _ in range(1_000)]  # type: ignore[union-attr]
        seen[network.slug] = set(asked)

    with bind(bayern):
        KEYS.all()
    threads = [threading.Thread(target=ask, args=[network]) for network in (niedersachsen, bayern)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"niedersachsen": {niedersachsen.id}, "bayern": {bayern.id}}


@pytest.fixture
def all_known() -> list[KeptQuery[Any]]:
    """With those of all views, which are loaded with their addresses."""
    assert get_resolver().url_patterns
    return KNOWN


def test_no_kept_query_holds_a_network_or_a_moment(
    all_known: list[KeptQuery[Any]], niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(niedersachsen):
        before = [kept.sql() for kept in all_known]
    later = timezone.now() + timedelta(days=400)
    with bind(bayern), patch("django.utils.timezone.now", lambda: later):
        after = [kept.sql() for kept in all_known]
    assert before == after
    assert [sql for sql, params in before if any(isinstance(each, datetime) for each in params)] == []


def test_every_kept_query_names_its_network(all_known: list[KeptQuery[Any]], niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        assert [sql for sql, params in (kept.sql() for kept in all_known) if Blank("") not in params] == []
