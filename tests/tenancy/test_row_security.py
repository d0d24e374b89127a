"""Lock 2, table by table: whatever SQL the web process sends, no row of another network is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.tables import Kind, Table, all_tables
from tests.factories.people import make_person
from tests.tenancy.table_rows import Whose, condition, execute, insert, values_of

GUARDED = [table for table in all_tables() if table.kind not in {Kind.COMMON, Kind.CLOSED}]
MADE_BY_FACTORIES = {Kind.NETWORK_ITSELF, Kind.PERSON}
"""Their rows stand there already: both networks, and a person of each."""


@dataclass(frozen=True)
class Sides:
    """The network that asks, and the one whose row must not be reached; a person of each."""

    own: BoundNetwork
    other: BoundNetwork
    ours: Whose
    theirs: Whose


@pytest.fixture
def sides(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> Sides:
    people = {}
    for network in (niedersachsen, bayern):
        with bind(network):
            people[network.id] = Whose(network.id, make_person().pk)
    return Sides(niedersachsen, bayern, people[niedersachsen.id], people[bayern.id])


@contextmanager
def undone() -> Iterator[None]:
    """What the block does is taken back at its end, before the database asks whether references lead anywhere."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def put_row(table: Table, whose: Whose) -> None:
    if table.kind not in MADE_BY_FACTORIES:
        with bind_all("try out a table", as_owner=True, writes_to=whose.network_id):
            insert(table, values_of(table, whose))


def reached(network: BoundNetwork, table: Table, whose: Whose) -> dict[str, str]:
    """Statement -> does it reach rows of ``whose`` as the web process on ``network``: "some", "none" or "denied"."""
    where, values = condition(table, whose)
    column = "network_id" if table.kind in {Kind.NETWORK, Kind.HIDDEN} else table.column or "id"
    statements = {
        "SELECT": f'SELECT * FROM "{table.name}" WHERE {where}',
        "UPDATE": f'UPDATE "{table.name}" SET "{column}" = "{column}" WHERE {where}',
        "DELETE": f'DELETE FROM "{table.name}" WHERE {where}',
    }
    with bind(network):
        return {name: _try(statement, values) for name, statement in statements.items()}


def _try(statement: str, values: list[Any]) -> str:
    try:
        with undone():
            return "some" if execute(statement, values) else "none"
    except ProgrammingError as error:
        return "denied" if "permission denied" in str(error) else str(error)


def test_sql_reaches_rows_of_the_own_network_and_none_of_another(sides: Sides) -> None:
    """Asked from the other network, the same statements reach the row: that is the counter-proof."""
    wrong = {}
    for table in GUARDED:
        with undone():
            put_row(table, sides.theirs)
            from_here = reached(sides.own, table, sides.theirs)
            from_there = reached(sides.other, table, sides.theirs)
        found = {statement: (from_here[statement], from_there[statement]) for statement in from_here}
        if found != expected(table):
            wrong[table.name] = found
    assert wrong == {}


def expected(table: Table) -> dict[str, tuple[str, str]]:
    """Statement -> what it reaches from here and from there. Who uses a network cannot delete it."""
    apart = ("none", "some")
    delete = ("denied", "denied") if table.kind is Kind.NETWORK_ITSELF else apart
    return {"SELECT": apart, "UPDATE": apart, "DELETE": delete}


def test_no_row_can_be_put_into_another_network(sides: Sides) -> None:
    """Neither as a new one nor by giving an own one away. Only a person may be signed up everywhere."""
    accepted = []
    for table in GUARDED:
        if table.kind is Kind.PERSON:
            continue
        with undone():
            if not refuses(sides.own, lambda table=table: insert(table, values_of(table, sides.theirs))):
                accepted.append(f"new row in {table.name}")
            put_row(table, sides.ours)
            key, value = condition(table, sides.theirs)
            where, values = condition(table, sides.ours)
            give_away = f'UPDATE "{table.name}" SET {key} WHERE {where}'
            if not refuses(sides.own, lambda: execute(give_away, [*value, *values])):  # noqa: B023 - called at once
                accepted.append(f"row of {table.name} given away")
    assert accepted == []


def refuses(network: BoundNetwork, statement: Callable[[], object]) -> bool:
    try:
        with bind(network), undone():
            statement()
    except ProgrammingError as error:
        return "row-level security" in str(error) or "permission denied" in str(error)
    return False


@pytest.mark.parametrize("name", [table.name for table in GUARDED if table.root])
def test_the_root_of_all_networks_can_be_read_and_not_changed(sides: Sides, name: str) -> None:
    table = next(table for table in GUARDED if table.name == name)
    with bind(sides.own), undone():
        assert execute(f'SELECT * FROM "{name}" WHERE network_id IS NULL') == 1
        assert execute(f'UPDATE "{name}" SET depth = 9 WHERE network_id IS NULL') == 0
        assert execute(f'DELETE FROM "{name}" WHERE network_id IS NULL') == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            insert(table, values_of(table, sides.ours) | {"network_id": None})
