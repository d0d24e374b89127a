"""What PostgreSQL allows everybody unless somebody forbids it: the web process gets none of what reaches past lock 2.

Asked as the app's role with raw SQL, as somebody would who gets a statement in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.database import close_catalogue, close_database, role_of
from tests.database import other_database


@pytest.fixture
def web(niedersachsen: BoundNetwork) -> Iterator[psycopg.Connection]:
    """A session of the web process, with a network bound."""
    url = other_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("SELECT set_config('dkbm.network', %s, false)", [str(niedersachsen.id)])
        yield session


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT query FROM pg_stat_activity",
        "SELECT pg_stat_get_backend_activity(1)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SELECT pg_cancel_backend(pg_backend_pid())",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'geheim')",
        "SELECT lo_get(1)",
        "SELECT lo_put(1, 0, 'geheim')",
        "SELECT lo_unlink(1)",
        "CREATE TEMPORARY TABLE tenancy_network (id bigint)",
        "CREATE TABLE public.eigene (id bigint)",
        "CREATE SCHEMA eigenes",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "COPY tenancy_network TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "SET SESSION AUTHORIZATION postgres",
        "SET ROLE transfernetz_app_ops",
        "SELECT set_config('role', 'transfernetz_app_ops', false)",
        "SET ROLE transfernetz_owner",
        "ALTER TABLE forum_post DISABLE ROW LEVEL SECURITY",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
    ],
)
def test_web_process_may_not(web: psycopg.Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        web.execute(statement)  # type: ignore[call-overload]


def test_owner_and_test_database_are_no_exception_to_what_setup_does(db: None) -> None:
    """Without a superuser the database is closed all the same; the catalogue is the provider's."""
    url = other_database(os.environ["DATABASE_OWNER_URL"], connection.settings_dict["NAME"])
    app = role_of(os.environ["DATABASE_URL"])[0]
    with psycopg.connect(url) as owner:
        close_database(owner, database=connection.settings_dict["NAME"], app=app)
        assert close_catalogue(owner) is False
        owner.rollback()
