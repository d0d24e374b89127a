"""A database that looks at each statement itself: is it run by the role and for the network that it was sent for?

Each table gets one more policy, whose function compares what the statement says in its comment (``watched_web``) with
the session's role and setting. It counts in sequences, which no rollback takes back.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from dkbm.launcher.postgres import binaries
from tests.database import other_database

FUNCTION = r"""
CREATE SEQUENCE watched_right;
CREATE SEQUENCE watched_wrong;
GRANT USAGE ON SEQUENCE watched_right, watched_wrong TO PUBLIC;
CREATE FUNCTION watched() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    said text := substring(current_query() FROM '^/\* (\S+) \*/');
    found text := current_user || ':' || coalesce(current_setting('dkbm.network', true), '');
BEGIN
    IF said = found THEN
        PERFORM nextval('watched_right');
    ELSE
        PERFORM nextval('watched_wrong');
        RAISE WARNING 'sent for %, found %: %', said, found, current_query();
    END IF;
    RETURN true;
END $$
"""
POLICY = "CREATE POLICY watched ON {} AS RESTRICTIVE USING (watched())"


def watch(admin: psycopg.Connection) -> None:
    """From now on, in the database that ``admin`` (a superuser) is connected to."""
    # One of the mishaps is that a session ends; the application itself may not do that.
    admin.execute("GRANT EXECUTE ON FUNCTION pg_terminate_backend(integer, bigint) TO PUBLIC")
    admin.execute(FUNCTION)
    tables = admin.execute(
        "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    for name, is_guarded in tables:
        table = sql.Identifier(name)
        if not is_guarded:  # what is common to all has no policy yet
            admin.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table))
            admin.execute(sql.SQL("CREATE POLICY everybody ON {} USING (true)").format(table))
        admin.execute(sql.SQL(POLICY).format(table))


def counted(admin: psycopg.Connection, name: str) -> int:
    """How often a statement was ``right`` or ``wrong``."""
    row = admin.execute(
        sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}").format(
            sql.Identifier(f"watched_{name}")
        )
    ).fetchone()
    assert row
    return int(row[0])


@contextmanager
def copy_of_database(admin_url: str, original: str, name: str) -> Iterator[None]:
    """A database of its own. Dumped, since a template may have no other session, and a thread of some earlier test
    may still hold one to the ``original``."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        copy_tables(other_database(admin_url, original), other_database(admin_url, name))
        yield
    finally:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def copy_tables(original_url: str, copy_url: str) -> None:
    """As superuser, into an empty database."""
    dump = subprocess.run((str(binaries() / "pg_dump"), "-Fc", original_url), check=True, capture_output=True)
    subprocess.run((str(binaries() / "pg_restore"), "-d", copy_url), input=dump.stdout, check=True)
