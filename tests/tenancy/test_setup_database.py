"""`setup_database` needs no superuser: managed PostgreSQL gives CREATEROLE and CREATEDB at most."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command

from dkbm.tenancy.database import RoleError, create_roles
from tests.postgres_process import PostgresProcess

APP, OWNER, ADMIN = "rv_app", "rv_owner", "rv_admin"
DATABASE = "rv_transfernetz"


@pytest.fixture(scope="module", params=[16, 18])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresProcess]:
    process = PostgresProcess(tmp_path_factory.mktemp("cluster"), request.param)
    try:
        process.start()
        yield process
    finally:
        process.stop()


@pytest.fixture
def server(cluster: PostgresProcess) -> Iterator[PostgresProcess]:
    """A server with an administrator that is no superuser, and without anything of ours."""
    say(cluster, f"CREATE ROLE {ADMIN} LOGIN CREATEROLE CREATEDB PASSWORD 'geheim'")
    yield cluster
    say(cluster, f"DROP DATABASE IF EXISTS {DATABASE}")
    for role in (APP, OWNER, f"{APP}_ops", ADMIN):
        say(cluster, f"DROP ROLE IF EXISTS {role}")


def say(server: PostgresProcess, statement: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def set_up(server: PostgresProcess, admin: str, *, password: str = "geheim") -> None:
    create_roles(
        admin_url=server.url(admin),
        app_url=server.url(APP, DATABASE, password),
        owner_url=server.url(OWNER, DATABASE),
    )


def attributes(server: PostgresProcess) -> dict[str, tuple[bool, ...]]:
    """Role -> superuser, bypasses row level security, creates roles, creates databases, inherits, signs in."""
    with psycopg.connect(server.url("postgres")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit, rolcanlogin"
            " FROM pg_roles WHERE rolname LIKE 'rv_%%' AND rolname <> %s",
            [ADMIN],
        )
        return {row[0]: row[1:] for row in rows}


def assert_complete(server: PostgresProcess, *, password: str = "geheim") -> None:
    """The owner makes tables; the app reads what it was given, and across networks only when it says so."""
    with psycopg.connect(server.url(OWNER, DATABASE)) as owner:
        owner.execute("CREATE TABLE proof (word text)")
        owner.execute(f"GRANT SELECT ON proof TO {APP}_ops")
        owner.execute(f"SET ROLE {APP}")
        owner.rollback()
        owner.execute("CREATE TABLE IF NOT EXISTS proof (word text)")
        owner.execute(f"GRANT SELECT ON proof TO {APP}_ops")
    with psycopg.connect(server.url(APP, DATABASE, password), autocommit=True) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM proof")
        app.execute(f"SET ROLE {APP}_ops")
        assert app.execute("SELECT * FROM proof").fetchall() == []
        app.execute("RESET ROLE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(f"SET ROLE {OWNER}")


PLAIN = {
    APP: (False, False, False, False, False, True),
    OWNER: (False, False, False, False, True, True),
    f"{APP}_ops": (False, False, False, False, True, False),
}


@pytest.mark.parametrize("admin", [ADMIN, "postgres"])
def test_first_run_makes_roles_and_database(server: PostgresProcess, admin: str) -> None:
    set_up(server, admin)
    assert attributes(server) == PLAIN
    assert_complete(server)


@pytest.mark.parametrize("admin", [ADMIN, "postgres"])
def test_second_run_sets_a_new_password(server: PostgresProcess, admin: str) -> None:
    set_up(server, admin)
    set_up(server, admin, password="anders")
    assert attributes(server) == PLAIN
    assert_complete(server, password="anders")


def test_owner_that_sets_up_by_itself_keeps_its_rights(server: PostgresProcess) -> None:
    say(server, f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB PASSWORD 'geheim'")
    set_up(server, OWNER)
    set_up(server, OWNER)
    assert attributes(server) == PLAIN | {OWNER: (False, False, True, True, True, True)}
    assert_complete(server)


def test_superuser_takes_what_the_app_may_not_have(server: PostgresProcess) -> None:
    say(server, f"CREATE ROLE {APP} LOGIN SUPERUSER BYPASSRLS CREATEROLE")
    set_up(server, "postgres")
    assert attributes(server) == PLAIN


def test_app_that_bypasses_row_rights_is_refused_with_a_sentence(
    server: PostgresProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(server, f"CREATE ROLE {APP} LOGIN BYPASSRLS")
    monkeypatch.setenv("DATABASE_ADMIN_URL", server.url(ADMIN))
    monkeypatch.setenv("DATABASE_URL", server.url(APP, DATABASE))
    monkeypatch.setenv("DATABASE_OWNER_URL", server.url(OWNER, DATABASE))
    with pytest.raises(CommandError) as refusal:
        call_command("setup_database")
    assert str(refusal.value) == (
        "Datenbank und Rollen ließen sich nicht anlegen. Die Rolle rv_app ist Superuser oder umgeht Zeilenrechte "
        "(BYPASSRLS). Nehmen Sie ihr das als Superuser, oder nennen Sie in der Adresse eine andere Rolle."
    )


def test_login_that_reads_everything_is_none_that_the_app_can_become(server: PostgresProcess) -> None:
    """Also where an earlier version has let the app into it."""
    ops = f"{APP}_ops"
    set_up(server, ADMIN)
    create_roles(
        admin_url=server.url(ADMIN),
        app_url=server.url(APP, DATABASE),
        owner_url=server.url(OWNER, DATABASE),
        ops_url=server.url(ops, DATABASE),
    )
    assert attributes(server) == PLAIN | {ops: (False, False, False, False, True, True)}
    with psycopg.connect(server.url(OWNER, DATABASE)) as owner:
        owner.execute("CREATE TABLE proof (word text)")
        owner.execute(f"GRANT SELECT ON proof TO {ops}")
    app = psycopg.connect(server.url(APP, DATABASE), autocommit=True)
    with app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(f"SET ROLE {ops}")
    with psycopg.connect(server.url(ops, DATABASE), autocommit=True) as reading:
        assert reading.execute("SELECT * FROM proof").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reading.execute("INSERT INTO proof VALUES ('x')")


def test_login_for_reading_has_the_name_that_rights_are_given_to(server: PostgresProcess) -> None:
    with pytest.raises(RoleError, match=f"DATABASE_OPS_URL muss die Rolle {APP}_ops nennen"):
        create_roles(
            admin_url=server.url(ADMIN),
            app_url=server.url(APP, DATABASE),
            owner_url=server.url(OWNER, DATABASE),
            ops_url=server.url("anders", DATABASE),
        )
