"""The three database roles: owner (migrations), app (web and worker), ops (reads across networks).

Plain psycopg, no Django: the launcher and the tests create roles before settings load. Roles belong to the
whole cluster, so they are created once and never in parallel.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql


def role_of(url: str) -> tuple[str, str, str]:
    """User, password and database name of a ``postgresql://`` address."""
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or ""), parts.path.lstrip("/")


def ops_role(app_role: str) -> str:
    """Name of the role that reads across networks; the app role may change into it."""
    return f"{app_role}_ops"


def create_roles(*, admin_url: str, app_url: str, owner_url: str) -> None:
    """Create owner, app and ops roles and the database; run again, it sets passwords and memberships anew.

    ``admin_url``: a login that may create roles and databases. The app role does not inherit from ops: it
    has to say ``SET ROLE`` to read across networks, and ops may write nothing.
    """
    app, app_password, database = role_of(app_url)
    owner, owner_password, _database = role_of(owner_url)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        _login_role(connection, owner, owner_password, "CREATEDB")
        _login_role(connection, app, app_password, "NOINHERIT")
        _role(connection, ops_role(app), "NOLOGIN")
        for member in (app, owner):
            connection.execute(_sql("GRANT {} TO {}", ops_role(app), member))
        connection.execute(_sql("GRANT {} TO {}", app, owner))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(_sql("CREATE DATABASE {} OWNER {}", database, owner))


def _sql(template: str, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*(sql.Identifier(name) for name in names))  # type: ignore[arg-type]


def _role(connection: psycopg.Connection, name: str, options: str) -> None:
    verb = (
        "ALTER"
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        else "CREATE"
    )
    statement = "{verb} ROLE {name} NOSUPERUSER NOBYPASSRLS NOCREATEROLE {options}"
    connection.execute(
        sql.SQL(statement).format(verb=sql.SQL(verb), name=sql.Identifier(name), options=sql.SQL(options))  # type: ignore[arg-type]
    )


def _login_role(connection: psycopg.Connection, name: str, password: str, options: str) -> None:
    _role(connection, name, f"LOGIN {options}")
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password or None))
    )


def current_role_powers(connection: psycopg.Connection) -> dict[str, object]:
    """What the session's role is and may do: ``role``, ``superuser``, ``bypassrls``, ``owns_tables``."""
    row = connection.execute(
        "SELECT current_user, rolsuper, rolbypassrls,"
        " EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert row is not None
    return dict(zip(("role", "superuser", "bypassrls", "owns_tables"), row, strict=True))
