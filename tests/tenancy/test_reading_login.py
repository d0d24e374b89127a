"""Everything is read by a login of its own: the application's session never becomes it."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from django.conf import settings

from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.database import role_of
from dkbm.tenancy.models import Network
from dkbm.tenancy.postgresql.reading import READING, ReadingRouter
from tests.config.web_process import WebProcess


def test_only_what_is_asked_of_all_networks_goes_to_it(niedersachsen: BoundNetwork) -> None:
    router = ReadingRouter()
    assert router.db_for_read(Network) is None
    with bind(niedersachsen):
        assert router.db_for_read(Network) is None
    with bind_all("a test reads all networks"):
        assert router.db_for_read(Network) == READING
    assert [router.allow_migrate(alias, "forum") for alias in (READING, "default")] == [False, None]


def test_web_process_finds_hosts_and_lists_networks_without_becoming_another_role(
    django_db_setup: None, tmp_path: Path
) -> None:
    """The application's login is no member of the role that reads everything, and pages come all the same."""
    web = WebProcess(tmp_path)
    try:
        web.start()
        assert web.status("/") == 200
        front_door = web.get("/", Host=settings.BASE_DOMAIN)
        assert (front_door.status, "Transferagentur Bayern" in front_door.text) == (200, True)
        assert web.status("/", Host="unbekannt.localhost") == 404
    finally:
        web.stop()
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        members = admin.execute(
            "SELECT member::regrole::text FROM pg_auth_members WHERE roleid = %s::regrole", [settings.DATABASE_OPS_ROLE]
        ).fetchall()
    assert role_of(os.environ["DATABASE_URL"])[0] not in {name for (name,) in members}
