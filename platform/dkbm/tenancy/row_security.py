"""Lock 2: row level security on every table that holds a network's data.

:func:`apply_row_security` brings the database to what ``tables`` declares. It runs after every ``migrate``,
as the tables' owner, and is idempotent. A table without a list gets neither policy nor grant: closed.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction

from .tables import Kind, Table, all_tables

BOUND = "current_setting('dkbm.network')::bigint"


def apply_row_security() -> int:
    """Columns, policies and grants for all tables. Returns the number of tables under row level security."""
    app, ops = settings.DATABASE_APP_ROLE, settings.DATABASE_OPS_ROLE
    guarded = 0
    with transaction.atomic(), connection.cursor() as cursor:
        present = _present_tables(cursor)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {_q(app)}, {_q(ops)}")
        for table in all_tables():
            if table.name not in present:
                continue
            if table.kind is Kind.HIDDEN:
                _add_column(cursor, table)
            conditions = _conditions(table)
            if conditions:
                guarded += 1
                _write_policies(cursor, table, conditions, app, ops)
            _grant(cursor, table, app, ops)
    return guarded


def _present_tables(cursor: Any) -> set[str]:
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    return {name for (name,) in cursor.fetchall()}


def _add_column(cursor: Any, table: Table) -> None:
    """The column that the ORM does not know; the database fills it from the session, or refuses."""
    name = _q(table.name)
    cursor.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND column_name = 'network_id'",
        [table.name],
    )
    if cursor.fetchone():
        return
    cursor.execute(f"ALTER TABLE {name} ADD COLUMN network_id bigint REFERENCES tenancy_network (id)")
    cursor.execute(f"ALTER TABLE {name} ALTER COLUMN network_id SET DEFAULT {BOUND}")
    if not table.root:
        cursor.execute(f"ALTER TABLE {name} ALTER COLUMN network_id SET NOT NULL")
    cursor.execute(f"CREATE INDEX ON {name} (network_id)")


def _conditions(table: Table) -> dict[str, str]:
    """Policy name -> ``FOR … USING … WITH CHECK …``; empty for tables without row level security."""
    own = f"network_id = {BOUND}"
    match table.kind:
        case Kind.NETWORK | Kind.HIDDEN:
            policies = {"network": f"USING ({own}) WITH CHECK ({own})"}
            if table.root:
                policies["root"] = "FOR SELECT USING (network_id IS NULL)"
            return policies
        case Kind.NETWORK_ITSELF:
            return {"network": f"USING (id = {BOUND}) WITH CHECK (id = {BOUND})"}
        case Kind.PERSON:
            belongs = _belongs(f"{_q(table.name)}.id")
            return {
                "belongs_read": f"FOR SELECT USING ({belongs})",
                "belongs_change": f"FOR UPDATE USING ({belongs})",
                "belongs_delete": f"FOR DELETE USING ({belongs})",
                "sign_up": "FOR INSERT WITH CHECK (true)",
            }
        case Kind.OF_PERSON:
            belongs = _belongs(f"{_q(table.name)}.{_q(table.column)}")
            return {"belongs": f"USING ({belongs}) WITH CHECK ({belongs})"}
    return {}


def _belongs(person: str) -> str:
    member = f"m.person_id = {person} AND m.network_id = {BOUND}"
    return f"EXISTS (SELECT 1 FROM tenancy_membership m WHERE {member})"  # noqa: S608 - names from our own list


def _write_policies(cursor: Any, table: Table, conditions: dict[str, str], app: str, ops: str) -> None:
    name = _q(table.name)
    cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    cursor.execute("SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s", [table.name])
    for (old,) in cursor.fetchall():
        cursor.execute(f"DROP POLICY {_q(old)} ON {name}")
    for policy, condition in conditions.items():
        command, using, rest = condition.partition("USING") if "USING" in condition else condition.partition("WITH")
        cursor.execute(f"CREATE POLICY {_q(policy)} ON {name} {command} TO {_q(app)} {using}{rest}")
    cursor.execute(f"CREATE POLICY all_networks ON {name} FOR SELECT TO {_q(ops)} USING (true)")


def _grant(cursor: Any, table: Table, app: str, ops: str) -> None:
    name = _q(table.name)
    cursor.execute(f"REVOKE ALL ON {name} FROM {_q(app)}, {_q(ops)}")
    if table.kind is Kind.CLOSED:
        return
    cursor.execute(f"GRANT SELECT ON {name} TO {_q(app)}, {_q(ops)}")
    if table.kind is Kind.COMMON:
        return
    rights = "UPDATE" if table.kind is Kind.NETWORK_ITSELF else "INSERT, UPDATE, DELETE"
    cursor.execute(f"GRANT {rights} ON {name} TO {_q(app)}")
    cursor.execute(
        "SELECT pg_get_serial_sequence(%s, column_name) FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_identity = 'YES'",
        [name, table.name],
    )
    for (sequence,) in cursor.fetchall():
        cursor.execute(f"GRANT USAGE ON SEQUENCE {sequence} TO {_q(app)}")


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def set_row_security(enabled: bool) -> None:
    """Switch the policies of every guarded table on or off; for the tests that prove each lock alone."""
    verb = "ENABLE" if enabled else "DISABLE"
    with connection.cursor() as cursor:
        present = _present_tables(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with waiting checks cannot be altered
        for table in all_tables():
            if table.name in present and _conditions(table):
                cursor.execute(f"ALTER TABLE {_q(table.name)} {verb} ROW LEVEL SECURITY")
