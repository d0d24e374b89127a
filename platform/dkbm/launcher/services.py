"""PostgreSQL, Redis and the mail sink of one copy, and the command that runs them for tests."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack

import psycopg
from psycopg import sql

from dkbm.launcher import environment, leftovers
from dkbm.launcher.data_dir import DataDir
from dkbm.launcher.errors import AlreadyRunningError, LauncherError
from dkbm.launcher.output import Output
from dkbm.launcher.ports import free_port
from dkbm.launcher.postgres import Postgres
from dkbm.launcher.redis_server import Redis
from dkbm.launcher.supervisor import Layer, Program, Supervisor

DATABASE = "transfernetz"
APP_ROLE = "transfernetz_app"
OPS_ROLE = "transfernetz_app_ops"
OWNER_ROLE = "transfernetz_owner"
# Test runs at the same time get a cluster each: they would drop each other's databases.
MOST_TEST_RUNS = 8
# Nothing listens there in a test; links in pages and mails carry it, wherever the tests run.
TEST_PORT = "8000"


async def start(supervisor: Supervisor, data_dir: DataDir, *, durable: bool) -> dict[str, str]:
    """Starts what is not given from outside and returns the settings that lead to it.

    Given DATABASE_URL and REDIS_URL replace the embedded servers. Mails always go to the sink. Raises
    LauncherError when a service cannot be started.
    """
    secrets = data_dir.secrets()
    settings = {
        "SECRET_KEY": secrets["secret_key"],
        "BASE_DOMAIN": "localhost",
        "PUBLIC_SCHEME": "http",
        "DATA_DIR": str(data_dir.path),
        "MEDIA_ROOT": str(data_dir.media),
        "MAILBOX_DIR": str(data_dir.mails),
    }
    settings |= await _start_database(supervisor, data_dir, secrets, durable=durable)
    settings |= await _start_redis(supervisor, data_dir, secrets)
    return settings | _start_mail_sink(supervisor, data_dir)


def has_own_database(given: Mapping[str, str]) -> bool:
    """Whether the embedded PostgreSQL is used."""
    return not given.get("DATABASE_URL")


async def _start_database(
    supervisor: Supervisor, data_dir: DataDir, secrets: Mapping[str, str], *, durable: bool
) -> dict[str, str]:
    if not has_own_database(os.environ):
        given = {
            name: os.environ.get(name, "")
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DATABASE_OPS_URL")
        }
        if not given["DATABASE_OWNER_URL"]:
            raise LauncherError("Mit DATABASE_URL gehört DATABASE_OWNER_URL: die Rolle, der die Tabellen gehören.")
        return {name: value for name, value in given.items() if value}
    postgres = Postgres(
        data=data_dir.postgres,
        port=free_port(),
        password=secrets["admin_password"],
        environment=environment.for_services(data_dir),
        durable=durable,
    )
    await postgres.start(supervisor)
    return {
        "DATABASE_URL": postgres.url(APP_ROLE, secrets["app_password"], DATABASE),
        "DATABASE_OPS_URL": postgres.url(OPS_ROLE, secrets["ops_password"], DATABASE),
        "DATABASE_OWNER_URL": postgres.url(OWNER_ROLE, secrets["owner_password"], DATABASE),
        "DATABASE_ADMIN_URL": postgres.admin_url(),
    }


async def _start_redis(supervisor: Supervisor, data_dir: DataDir, secrets: Mapping[str, str]) -> dict[str, str]:
    given = os.environ.get("REDIS_URL")
    if given:
        return {"REDIS_URL": given}
    redis = Redis(
        folder=data_dir.redis,
        port=free_port(),
        password=secrets["redis_password"],
        environment=environment.for_services(data_dir),
    )
    await redis.start(supervisor)
    return {"REDIS_URL": redis.url}


def _start_mail_sink(supervisor: Supervisor, data_dir: DataDir) -> dict[str, str]:
    port = free_port()
    supervisor.keep(
        Program(
            name="mails",
            command=(sys.executable, "-m", "dkbm.launcher.mail_sink", str(port), str(data_dir.mails)),
            environment=environment.for_application(data_dir, {}),
            layer=Layer.SERVICE,
            essential=False,
        )
    )
    return {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}


def serve_tests() -> int:
    """Runs the services of a test run until told to end; writes the settings as one line of JSON to stdout
    first.

    What the services say goes to `run/services.log`. Returns the exit code.
    """
    with ExitStack() as stack:
        data_dir = _free_test_folder(stack)
        leftovers.end(lambda: leftovers.marked(data_dir.path), signal.SIGTERM)
        log = stack.enter_context((data_dir.run / "services.log").open("w"))
        output = Output(log.fileno())
        try:
            asyncio.run(_serve_tests(output, data_dir))
        finally:
            output.close()
    return 0


async def _serve_tests(output: Output, data_dir: DataDir) -> None:
    async with Supervisor(output) as supervisor:

        async def work() -> None:
            settings = await start(supervisor, data_dir, durable=False) | {
                "PROFILE": "test",
                "PORT": TEST_PORT,
            }
            await asyncio.to_thread(_create_roles, settings)
            print(json.dumps(settings), flush=True)

        await supervisor.until_stopped(work())


def _create_roles(settings: Mapping[str, str]) -> None:
    """Once, before the test processes start: roles belong to the whole cluster."""
    if "DATABASE_ADMIN_URL" not in settings:
        return
    from dkbm.tenancy.database import create_roles  # noqa: PLC0415 - `make run` never needs it here

    create_roles(
        admin_url=settings["DATABASE_ADMIN_URL"],
        app_url=settings["DATABASE_URL"],
        owner_url=settings["DATABASE_OWNER_URL"],
        ops_url=settings.get("DATABASE_OPS_URL", ""),
    )
    owner = psycopg.conninfo.conninfo_to_dict(settings["DATABASE_OWNER_URL"])["user"]
    with psycopg.connect(settings["DATABASE_ADMIN_URL"], autocommit=True) as connection:
        # Each test process makes a database of its own, as the owner of its tables.
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(str(owner))))


def _free_test_folder(stack: ExitStack) -> DataDir:
    base = DataDir.from_environment(os.environ).path
    for number in range(1, MOST_TEST_RUNS + 1):
        data_dir = DataDir(base / ("test" if number == 1 else f"test-{number}"))
        try:
            stack.enter_context(data_dir.locked())
        except AlreadyRunningError:
            continue
        return data_dir
    raise LauncherError(f"Unter {base} laufen schon {MOST_TEST_RUNS} Testläufe.")
