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


class RoleError(Exception):
    """A role is more powerful than it may be, and this administrator cannot change that; a German sentence."""


def create_roles(*, admin_url: str, app_url: str, owner_url: str, ops_url: str = "") -> None:
    """Create owner, app and ops roles and the database; run again, it sets passwords and memberships anew.

    ``admin_url``: a login with CREATEROLE and CREATEDB, not necessarily a superuser; it may be the owner's own,
    which is then left as it is. Ops reads across networks and may write nothing. With ``ops_url`` it is a login of its
    own, which the app role cannot become; without, the app role has to say ``SET ROLE`` to read so. Raises
    :class:`RoleError`.
    """
    app, app_password, database = role_of(app_url)
    owner, owner_password, _database = role_of(owner_url)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        _login_role(connection, owner, owner_password)
        _login_role(connection, app, app_password, rolinherit=False)
        _ops_role(connection, ops_role(app), app, ops_url)
        _grant(connection, ops_role(app), owner, inherit=True)
        _grant(connection, app, owner, inherit=True)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            me, superuser = _session(connection)
            if not superuser and me != owner:
                _grant(connection, owner, me, inherit=True)  # who gives a database away must be able to own it
            connection.execute(_sql("CREATE DATABASE {} OWNER {}", database, owner))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        close_database(connection, database=database, app=app)
        connection.execute(_sql("GRANT CONNECT ON DATABASE {} TO {}", database, ops_role(app)))
    with psycopg.connect(urlsplit(admin_url)._replace(path=f"/{database}").geturl(), autocommit=True) as connection:
        close_catalogue(connection)


def _ops_role(connection: psycopg.Connection, name: str, app: str, ops_url: str) -> None:
    """Raises :class:`RoleError` for a login of another name: rights are given to this one."""
    if not ops_url:
        _role(connection, name, rolcanlogin=False)
        _grant(connection, name, app, inherit=False)
        return
    login, password, _database = role_of(ops_url)
    if login != name:
        raise RoleError(f"DATABASE_OPS_URL muss die Rolle {name} nennen.")
    _login_role(connection, name, password)
    connection.execute(_sql("REVOKE {} FROM {}", name, app))


CLOSED_FUNCTIONS = (
    # What other sessions ask: all networks share the app's role, and a statement holds the values that it looks for.
    *("pg_stat_get_activity", "pg_stat_get_backend_activity"),
    # Ending other sessions of the same role.
    *("pg_terminate_backend", "pg_cancel_backend"),
    # Large objects belong to the role that made them, so to all networks, and no policy guards them.
    *("lo_creat", "lo_create", "lo_from_bytea", "lo_get", "lo_open", "lo_put", "lo_unlink", "lo_import", "lo_export"),
)
"""Functions of PostgreSQL that everybody may call unless somebody forbids it; they reach past row level security."""


def close_database(connection: psycopg.Connection, *, database: str, app: str) -> None:
    """As its owner: nobody else makes tables in it, not even temporary ones, which would stand before ours."""
    connection.execute(_sql("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC", database))
    connection.execute(_sql("GRANT CONNECT ON DATABASE {} TO {}", database, app))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def close_catalogue(connection: psycopg.Connection) -> bool:
    """Take :data:`CLOSED_FUNCTIONS` from everybody in this database. False: only a superuser can, and this is none."""
    if not _session(connection)[1]:
        return False
    rows = connection.execute(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY(%s)",
        [list(CLOSED_FUNCTIONS)],
    )
    for (function,) in rows.fetchall():
        connection.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function)))
    connection.execute("GRANT EXECUTE ON FUNCTION pg_stat_get_activity(integer) TO pg_monitor")
    return True


def _sql(template: str, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*(sql.Identifier(name) for name in names))


def _session(connection: psycopg.Connection) -> tuple[str, bool]:
    """Whom the session is signed in as, and whether that is a superuser."""
    row = connection.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row is not None
    return row[0], row[1]


# Column of pg_roles -> words that switch it on and off. New roles have none of them but INHERIT.
ATTRIBUTES = {
    "rolsuper": ("SUPERUSER", "NOSUPERUSER"),
    "rolbypassrls": ("BYPASSRLS", "NOBYPASSRLS"),
    "rolcreaterole": ("CREATEROLE", "NOCREATEROLE"),
    "rolinherit": ("INHERIT", "NOINHERIT"),
    "rolcanlogin": ("LOGIN", "NOLOGIN"),
}
NEW_ROLE = dict.fromkeys(ATTRIBUTES, False) | {"rolinherit": True}
# Not even "no" may be said to these by anybody but a superuser.
FOR_SUPERUSERS = ("rolsuper", "rolbypassrls")


def _role(connection: psycopg.Connection, name: str, **wanted: bool) -> None:
    """The role with the attributes of :data:`NEW_ROLE` and ``wanted``; says only what has to change."""
    _me, superuser = _session(connection)
    columns = sql.SQL(", ").join(map(sql.Identifier, ATTRIBUTES))
    row = connection.execute(sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns), [name]).fetchone()
    present = NEW_ROLE if row is None else dict(zip(ATTRIBUTES, row, strict=True))
    change = {key: value for key, value in (NEW_ROLE | wanted).items() if present[key] != value}
    if not superuser and any(key in change for key in FOR_SUPERUSERS):
        raise RoleError(
            f"Die Rolle {name} ist Superuser oder umgeht Zeilenrechte (BYPASSRLS). Nehmen Sie ihr das als "
            "Superuser, oder nennen Sie in der Adresse eine andere Rolle."
        )
    words = sql.SQL(" ").join(sql.SQL(ATTRIBUTES[key][0 if value else 1]) for key, value in change.items())
    if row is None:
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), words))
    elif change:
        connection.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(name), words))


def _login_role(connection: psycopg.Connection, name: str, password: str, **wanted: bool) -> None:
    """As :func:`_role`, with a password. The session's own role would take its rights from itself: left alone."""
    if name == _session(connection)[0]:
        return
    _role(connection, name, rolcanlogin=True, **wanted)
    connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password or None)))


def _grant(connection: psycopg.Connection, role: str, member: str, *, inherit: bool) -> None:
    """Let ``member`` become ``role``. Before PostgreSQL 16 the member's own attribute says whether it inherits."""
    options = f" WITH INHERIT {inherit}, SET TRUE" if connection.info.server_version >= 160000 else ""
    connection.execute(_sql("GRANT {} TO {}" + options, role, member))


def current_role_powers(connection: psycopg.Connection) -> dict[str, object]:
    """What the session's role is and may do: ``role``, ``superuser``, ``bypassrls``, ``owns_tables``."""
    row = connection.execute(
        "SELECT current_user, rolsuper, rolbypassrls,"
        " EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert row is not None
    return dict(zip(("role", "superuser", "bypassrls", "owns_tables"), row, strict=True))
