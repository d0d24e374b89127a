"""What telling thousands costs: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.mailing`

An announcement to the whole network, of which all are mailed at once: how long its author waits for the preview and
for sending, how many rows and mails there are, and at which rate a real worker hands them to a mail server on this
machine. The worker is killed twice on the way. What it had in its hands then comes back through a sweep, once its lease
is over, so the tail is printed by itself.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from email import message_from_bytes
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dkbm.launcher import environment
from dkbm.launcher.data_dir import ROOT, DataDir
from dkbm.launcher.ports import free_port
from dkbm.launcher.supervisor import guarded
from tests.benchmarks.kit.measuring import browsers
from tests.benchmarks.kit.report import keep, show
from tests.benchmarks.kit.servers import LOG, product
from tests.benchmarks.kit.services import FOLDER, SIZES, Settings, build_static_files, copy_of, running

KILLED_AT = (0.25, 0.6)
"""Shares of the mails that have arrived when the worker is killed."""
PAGE = "/rundschreiben/neu/"
BULK = 0.95
"""The rate is that of so many; the rest waits for leases and sweeps."""
MOST_SECONDS = 600


class Sink:
    """Counts what arrives by its Message-ID."""

    def __init__(self) -> None:
        self.arrived: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        head = message_from_bytes(envelope.content.partition(b"\r\n\r\n")[0])
        if "Muster für alle" in str(head["Subject"]) or "=?utf-8?" in str(head["Subject"]):
            self.arrived[str(head["Message-ID"])] += 1
        return "250 OK"


class Worker:
    """As `make run` starts it."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = dict(settings)
        self.start()

    def start(self) -> None:
        celery = (sys.executable, "-m", "celery", "--quiet", "-A", "dkbm.config.celery", "worker", "--concurrency", "2")
        beat = ("--without-gossip", "--without-mingle", "--beat", "--schedule", str(FOLDER / "beat-schedule"))
        with LOG.open("a") as log:
            self._process = subprocess.Popen(
                guarded((*celery, *beat), signal.SIGTERM), cwd=ROOT, env=self._settings, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def measured(settings: Settings, described: Mapping[str, Any], people: int) -> dict[str, Any]:
    subprocess.run(
        (sys.executable, "-m", "tests.benchmarks.crowd", str(people)),
        cwd=ROOT, env={**settings, "DATABASE_ROLE": "owner"}, check=True,
    )  # fmt: skip
    sink, port = Sink(), free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    application = environment.for_application(DataDir(FOLDER), {**settings, "EMAIL_URL": f"smtp://127.0.0.1:{port}"})
    worker = Worker(application)
    try:
        with product(settings) as web:
            manager = browsers(web.port, described)["manager"]
            typed = {"selection": "everybody:", "subject": "Muster für alle", "text": "Wir haben **eines**."}
            preview = manager.send_form(PAGE, typed)
            began = time.monotonic()
            answer = manager.send_form(PAGE, {**typed, "senden": "1"})
        took = _until_all_arrived(sink, worker, people - 1, began, settings)
    finally:
        worker.kill()
        server.stop()
    rows = {"rows": _count(settings, ROWS), "mails": _count(settings, MAILS)}
    waited = {"preview, s": round(preview.seconds, 2), "sending, s": round(answer.seconds, 2)}
    return {"members": people, **waited, **took, **rows}


def _until_all_arrived(
    sink: Sink, worker: Worker, expected: int, began: float, settings: Mapping[str, str]
) -> dict[str, Any]:
    marks = [int(expected * share) for share in KILLED_AT]
    bulk, killed, pauses = 0.0, (0, 0.0), []
    while time.monotonic() - began < MOST_SECONDS:
        count = len(sink.arrived)
        if marks and count >= marks[0]:
            marks.pop(0)
            worker.kill()
            killed = (len(sink.arrived), time.monotonic())
            worker.start()
        if killed[1] and count > killed[0]:
            pauses.append(round(time.monotonic() - killed[1], 1))
            killed = (0, 0.0)
        if not bulk and count >= expected * BULK:
            bulk = time.monotonic() - began
        if count >= expected or (bulk and _count(settings, MAILS, "failed") >= expected - count):
            break
        time.sleep(0.05)
    time.sleep(5)  # whatever would come twice comes now
    perhaps = _count(settings, MAILS, "failed")
    return {
        "arrived": len(sink.arrived),
        "perhaps": perhaps,
        "lost": max(expected - len(sink.arrived) - perhaps, 0),
        "double": sum(sink.arrived.values()) - len(sink.arrived),
        "pauses, s": " ".join(map(str, pauses)),
        "a second": round(expected * BULK / bulk, 1) if bulk else None,
        "95 %, s": round(bulk, 1) if bulk else None,
        "all, s": round(time.monotonic() - began - 5, 1),
    }


MAILS, ROWS = "notifications_mail", "notifications_notification"


def _count(settings: Mapping[str, str], table: str, state: str = "") -> int:
    with psycopg.connect(settings["DATABASE_OWNER_URL"], autocommit=True) as connection:
        found = connection.execute(
            f"SELECT count(*) FROM {table} WHERE kind = 'group.announcement'"
            + (f" AND state = '{state}'" if state else "")
        ).fetchone()
    return int(found[0]) if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(description="What telling thousands costs.")
    parser.add_argument("--people", type=int, default=5_000)
    options = parser.parse_args()
    with running() as settings:
        build_static_files(settings)
        with copy_of(settings, min(SIZES)) as (own, described):
            rows = [measured(own, described, options.people)]
    show(rows)
    keep("mailing", rows)


if __name__ == "__main__":
    main()
