"""Each lock by itself, on both kinds of tables: our own and Wagtail's."""

from __future__ import annotations

import os
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import DataError, ProgrammingError, connection, transaction
from wagtail.models import Collection, Site

from dkbm.accounts.models import Person
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind, bind_all
from dkbm.tenancy.models import Membership, Network
from dkbm.tenancy.row_security import set_row_security
from dkbm.tenancy.tables import Kind, all_tables
from tests.factories.people import make_person

MODELS = [BasePage, Collection, Group, Membership, Network, NetworkTag, Person, Site]


@pytest.mark.parametrize("model", MODELS)
def test_unbound_query_raises(db: None, model: Any) -> None:
    with pytest.raises(NoNetwork):
        model.objects.exists()
    with pytest.raises(NoNetwork):
        list(model.objects.all())


def test_queryset_kept_from_another_network_shows_the_bound_one(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    kept = Site.objects.order_by("pk")
    with bind(niedersachsen):
        assert [site.hostname for site in kept.all()] == ["niedersachsen.localhost"]
    with bind(bayern):
        assert [site.hostname for site in kept.all()] == ["bayern.localhost"]


def test_foreign_rows_are_hidden_from_base_managers_and_raw_sql(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    """Lock 2 without lock 1."""
    with bind(bayern):
        make_person("Marker Bayern")
        NetworkTag.objects.create(name="BSEC", slug="bsec")
    with bind(niedersachsen):
        assert not NetworkTag._base_manager.filter(name="BSEC").exists()
        assert not Person._base_manager.filter(first_name="Marker").exists()
        assert Group._base_manager.filter(name__contains=f"netz-{bayern.id}-").count() == 0
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cms_networktag SET name = 'x' WHERE name = 'BSEC'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM cms_networktag WHERE name = 'BSEC'")
            assert cursor.rowcount == 0
            own = NetworkTag._base_manager.count()
            cursor.execute("DELETE FROM cms_networktag")
            assert cursor.rowcount == own
    with bind(bayern):
        assert NetworkTag.objects.filter(name="BSEC").exists()


def test_foreign_rows_are_hidden_by_managers_alone(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    """Lock 1 without lock 2."""
    with bind(bayern):
        person = make_person("Marker Bayern")
        NetworkTag.objects.create(name="BSEC", slug="bsec")
    with bind_all("switch lock 2 off", as_owner=True):
        set_row_security(False)  # undone with the test's transaction
    with bind(niedersachsen):
        assert NetworkTag._base_manager.filter(name="BSEC").exists()  # lock 2 is really off
        assert not NetworkTag.objects.filter(name="BSEC").exists()
        assert not Person.objects.filter(pk=person.pk).exists()
        assert not Group.objects.filter(name__contains=f"netz-{bayern.id}-").exists()


def test_row_of_another_network_cannot_be_saved(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen), pytest.raises(NoNetwork):
        NetworkTag(name="x", slug="x", network_id=bayern.id).save()


def test_database_refuses_rows_of_another_network(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with (
        bind(niedersachsen),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        NetworkTag.objects.bulk_create([NetworkTag(name="x", slug="x", network_id=bayern.id)])


def test_reading_everything_cannot_write(niedersachsen: BoundNetwork) -> None:
    with bind_all("a sweep"):
        assert Network.objects.filter(pk=niedersachsen.id).exists()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Network.objects.filter(pk=niedersachsen.id).update(claim="x")


def test_binding_survives_a_rollback(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        try:
            with transaction.atomic(), bind(bayern):
                assert Site.objects.get().hostname == "bayern.localhost"
                raise ValueError
        except ValueError:
            pass
        assert Site.objects.get().hostname == "niedersachsen.localhost"


def test_binding_may_change_between_an_error_and_its_rollback(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(niedersachsen):
        with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor, bind(bayern):
            cursor.execute("SELECT 'x'::int")
        assert Site.objects.get().hostname == "niedersachsen.localhost"


def test_every_table_of_the_database_stands_on_one_list(db: None) -> None:
    with bind_all("catalogue", as_owner=True), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace"
        )
        present = dict(cursor.fetchall())
    listed = {table.name: table for table in all_tables()}
    assert set(present) == set(listed)
    open_kinds = {Kind.COMMON, Kind.CLOSED}
    assert {name for name, guarded in present.items() if not guarded} == {
        name for name, table in listed.items() if table.kind in open_kinds
    }
    assert all(table.reason for table in listed.values() if table.kind in open_kinds)


def test_closed_and_common_tables_cannot_be_written_by_the_app(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen), connection.cursor() as cursor:
        for table in all_tables():
            if table.kind in {Kind.COMMON, Kind.CLOSED}:
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute(f'DELETE FROM "{table.name}"')


def web_connection() -> psycopg.Connection:
    """The web process's own login on this worker's test database."""
    return psycopg.connect(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"], autocommit=True)


def test_web_login_is_neither_owner_nor_superuser(db: None) -> None:
    with web_connection() as web:
        row = web.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        owned = web.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
    assert row is not None
    assert row[1:] == (False, False, False)
    assert owned == (0,)


def test_raw_sql_of_the_web_login_reaches_nothing_of_another_network(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        NetworkTag.objects.create(name="BSEC", slug="bsec")
    other = network_id_of("niedersachsen")
    with web_connection() as web:
        with pytest.raises(psycopg.errors.UndefinedObject):
            web.execute("SELECT * FROM cms_networktag")
        web.execute("SELECT set_config('dkbm.network', %s, false)", [str(other)])
        assert web.execute("SELECT count(*) FROM cms_networktag WHERE name = 'BSEC'").fetchone() == (0,)
        assert web.execute("UPDATE cms_networktag SET name = 'x' WHERE name = 'BSEC'").rowcount == 0
        assert web.execute("DELETE FROM cms_networktag WHERE name = 'BSEC'").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(
                "INSERT INTO cms_networktag (name, slug, network_id) VALUES ('y', 'y', %s)",
                [committed_network.id],
            )


def network_id_of(slug: str) -> int:
    with bind_all("test"):
        return int(Network.objects.get(slug=slug).pk)


def test_empty_setting_is_an_error_not_an_empty_result(db: None) -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cms_networktag")
