"""A real worker, a real broker, a real mail server: what is killed comes back, and each mail goes out once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import kombu.pools
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.utils import timezone

from dkbm.config.celery import app
from dkbm.core import commits
from dkbm.launcher.supervisor import guarded
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.enums import MailState
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.architecture.source import ROOT
from tests.notifications.mail_server import Sink
from tests.redis_process import RedisProcess
from tests.sessions import end_sessions
from tests.waiting import until


@pytest.fixture
def broker(tmp_path: Path, settings: Any) -> Iterator[RedisProcess]:
    """A broker of the test's own, used by this process too."""
    server = RedisProcess(tmp_path)
    server.start()
    before = app.conf.broker_url
    _use_broker(server.url)
    yield server
    server.kill()
    _use_broker(before)


def _use_broker(url: str) -> None:
    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
    app._pool = app.amqp._producer_pool = None
    kombu.pools.reset()
    commits.broker.worked()


class Worker:
    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = (sys.executable, "-m", "celery", "--quiet", "-A", "dkbm.config.celery", "worker")
        options = ("--concurrency", "2", "--without-gossip", "--without-mingle")
        # A group of its own, so that kill() reaches the pool's processes as well.
        self._process = subprocess.Popen(
            guarded(command + options, signal.SIGTERM), cwd=ROOT, env=self._environment, start_new_session=True
        )

    def kill(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@pytest.fixture
def worker(broker: RedisProcess, sink: Sink, settings: Any) -> Iterator[Worker]:
    """The product's worker with the application's own login, not started yet."""
    logins = {name: urlsplit(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OPS_URL")}
    path = "/" + connection.settings_dict["NAME"]
    process = Worker(
        os.environ
        | {name: login._replace(path=path).geturl() for name, login in logins.items()}
        | {
            "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
            "DATABASE_ROLE": "app",
            "REDIS_URL": broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        }
    )
    yield process
    process.kill()


@pytest.fixture
def write(committed_network: BoundNetwork, probe: Kind) -> Callable[[], int]:
    """Write a mail as a request does; returns its number."""

    def write() -> int:
        with bind(committed_network):
            mail = send_to_address(kind="probe.told", email="gast@example.org", path="/", context={"title": "Frage"})
        return int(mail.pk)

    return write


@pytest.fixture
def state(committed_network: BoundNetwork) -> Callable[[int], str]:
    def state(mail_id: int) -> str:
        with bind(committed_network):
            return str(Mail.objects.get(pk=mail_id).state)

    return state


@pytest.fixture
def arrived(committed_network: BoundNetwork, sink: Sink) -> Callable[[], int]:
    """Number of this network's mails; a sweep sends those of other tests' networks too."""
    return lambda: sum(f"<netz-{committed_network.slug}@" in message["From"] for message in sink.accepted)


def test_mail_goes_out_once_the_worker_is_there_in_the_senders_network(
    committed_network: BoundNetwork, worker: Worker, sink: Sink, write: Callable[[], int], state: Callable[[int], str]
) -> None:
    mail_id = write()
    assert sink.accepted == []
    worker.start()
    until(lambda: state(mail_id) == MailState.SENT)
    (message,) = sink.accepted
    # Only the message's header told the worker which network it is.
    assert f"<netz-{committed_network.slug}@example.org>" in message["From"]


def test_worker_killed_while_it_sends(
    committed_network: BoundNetwork,
    worker: Worker,
    sink: Sink,
    write: Callable[[], int],
    state: Callable[[int], str],
    arrived: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    accept = sink.handle_DATA

    async def wait_with_the_yes(server: SMTP, session: Session, envelope: Envelope) -> str:
        if not reached.is_set():
            reached.set()
            await server.loop.run_in_executor(None, go_on.wait)
            return "451 nobody is there to hear it"
        return await accept(server, session, envelope)

    monkeypatch.setattr(sink, "handle_DATA", wait_with_the_yes)
    worker.start()
    mail_id = write()
    assert reached.wait(60)
    worker.kill()
    go_on.set()
    assert (state(mail_id), arrived()) == (MailState.HANDED, 0)
    with bind(committed_network):
        Mail.objects.update(next_try=timezone.now())  # the lease is over
    worker.start()
    app.send_task("notifications.sweep_mails")
    until(lambda: state(mail_id) == MailState.SENT)
    assert arrived() == 1


def test_session_that_ends_under_a_task_breaks_no_other_task(
    worker: Worker,
    sink: Sink,
    write: Callable[[], int],
    state: Callable[[int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached, go_on = threading.Event(), threading.Event()
    accept = sink.handle_DATA

    async def wait_with_the_first(server: SMTP, session: Session, envelope: Envelope) -> str:
        if not reached.is_set():
            reached.set()
            await server.loop.run_in_executor(None, go_on.wait)
        return await accept(server, session, envelope)

    monkeypatch.setattr(sink, "handle_DATA", wait_with_the_first)
    worker.start()
    write()
    assert reached.wait(60)
    assert end_sessions() > 0
    go_on.set()
    # More than the worker has processes.
    for mail_id in [write() for _mail in range(4)]:
        until(lambda mail_id=mail_id: state(mail_id) == MailState.SENT)


def test_broker_away_while_writing(
    worker: Worker,
    broker: RedisProcess,
    write: Callable[[], int],
    state: Callable[[int], str],
    arrived: Callable[[], int],
) -> None:
    worker.start()
    first = write()
    until(lambda: state(first) == MailState.SENT)
    broker.kill()
    mails = [write() for _ in range(3)]
    assert [state(mail_id) for mail_id in mails] == [MailState.QUEUED] * 3
    broker.start()
    app.send_task("notifications.sweep_mails")  # as beat does every minute
    app.send_task("notifications.sweep_mails")
    until(lambda: [state(mail_id) for mail_id in mails] == [MailState.SENT] * 3)
    assert arrived() == 4


def test_frozen_broker_is_asked_once(
    broker: RedisProcess, write: Callable[[], int], state: Callable[[int], str], caplog: pytest.LogCaptureFixture
) -> None:
    broker.freeze()
    mails = [write() for _ in range(3)]
    broker.thaw()
    assert [state(mail_id) for mail_id in mails] == [MailState.QUEUED] * 3
    assert [record.getMessage() for record in caplog.records if record.name == "dkbm.core.commits"] == ["broker away"]


def test_schedule_names_tasks_that_exist() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
