"""A row of any table, made of nothing but what the database says about its columns.

So a table is tried out from the day it exists, whether or not some test fills it. References lead nowhere, so every
such row must be gone before the transaction checks them.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from dkbm.tenancy.tables import Kind, Table

NUMBER = 900_000_001
"""Higher than any id that tests give."""

BY_TYPE: dict[str, Any] = {
    "bool": False,
    "bytea": b"x",
    "date": datetime.date(2020, 1, 1),
    "float8": 1.5,
    "inet": "192.0.2.1",
    "int2": 1,
    "int4": NUMBER,
    "int8": NUMBER,
    "interval": datetime.timedelta(1),
    "jsonb": json.dumps({}),
    "numeric": 1,
    "text": "x",
    "time": datetime.time(1),
    "timestamptz": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    "tsvector": "x",
    "uuid": uuid.UUID(int=NUMBER),
    "varchar": "x",
}


@dataclass(frozen=True)
class Whose:
    """A network and one person who belongs to it alone."""

    network_id: int
    person_id: uuid.UUID


def condition(table: Table, whose: Whose) -> tuple[str, list[Any]]:
    """SQL and parameters that say which rows of ``table`` are theirs."""
    match table.kind:
        case Kind.NETWORK_ITSELF:
            return "id = %s", [whose.network_id]
        case Kind.PERSON:
            return "id = %s", [whose.person_id]
        case Kind.OF_PERSON:
            return f'"{table.column}" = %s', [whose.person_id]
    return "network_id = %s", [whose.network_id]


def values_of(table: Table, whose: Whose) -> dict[str, Any]:
    """Column -> value of a row that belongs to ``whose``; the column of a choice gets its first one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO' AND is_generated = 'NEVER'",
            [table.name],
        )
        columns = cursor.fetchall()
    choices = _choices(table)
    row = {name: choices.get(name, BY_TYPE.get(kind, "{}")) for name, kind in columns}
    if table.kind in {Kind.NETWORK, Kind.HIDDEN}:
        row["network_id"] = whose.network_id
    if table.kind is Kind.OF_PERSON:
        row[table.column] = whose.person_id
    return row


def _choices(table: Table) -> dict[str, Any]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table.name:
            fields = [field for field in model._meta.local_fields if isinstance(field, models.Field) and field.choices]
            return {str(field.column): field.flatchoices[0][0] for field in fields}
    return {}


def insert(table: Table, row: dict[str, Any]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    execute(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(row.values()))


def execute(statement: str, values: Sequence[Any] = ()) -> int:
    """Runs it as what is bound now (a cursor keeps what was bound when it was made); number of rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
