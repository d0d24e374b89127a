"""A whole copy of the platform as `make run` starts it, for tests that use it from outside."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from dkbm.demo.postfach.mailbox import Mail, get_mail, list_mails
from dkbm.launcher import leftovers
from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.ports import free_port
from tests.launcher import launching
from tests.services import READYZ_TOKEN
from tests.waiting import until

# The first start makes a cluster, all tables and the demo data.
START_SECONDS = 480.0
# Longer than any pause of the supervisor between two starts of a program.
RETURN_SECONDS = 90.0
PASSWORD = "demo-passwort"


class RunningCopy:
    """One launcher with web, worker, beat, PostgreSQL, Redis and mail sink on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder / "data"
        self.port = free_port()
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts everything and waits until pages are served and the worker answers."""
        environment = launching.environment(self.data_dir) | {"PORT": str(self.port), "READYZ_TOKEN": READYZ_TOKEN}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                (sys.executable, "-m", "dkbm.launcher", "run"),
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._is_complete, START_SECONDS)

    def _is_complete(self) -> bool:
        assert self._process
        assert self._process.poll() is None, f"the copy has ended:\n{self.log()}"
        return self.state("worker") == "up"

    def stop(self) -> None:
        """SIGTERM, as a service manager sends it; asserts that nothing is left running."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(60)
        finally:
            left = [*launching.left_behind(self.data_dir)]
            for number in left:
                os.kill(number, signal.SIGKILL)
        assert left == []
        assert self._process.returncode == 0, self.log()

    def log(self) -> str:
        """All lines that the copy has written."""
        return self._log.read_text(errors="replace")

    def host(self, network: str) -> str:
        """Host and port of a network, or of the front door for ''."""
        return f"{network}.localhost:{self.port}" if network else f"localhost:{self.port}"

    def url(self, network: str, path: str = "/") -> str:
        """An address for the browser, which finds `*.localhost` without a name server."""
        return f"http://{self.host(network)}{path}"

    def get(self, network: str, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of a page as a stranger gets it, without a browser."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": self.host(network), **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def state(self, part: str) -> str:
        """`up` or `down` of database, redis, worker or mail; `down` while the web server does not answer."""
        try:
            body: dict[str, Any] = json.loads(self.get("", "/readyz", Authorization=f"Bearer {READYZ_TOKEN}")[1])
        except (OSError, http.client.HTTPException, ValueError):
            return "down"
        return str(body.get(part, {}).get("state", "down"))

    def processes(self, words: str) -> list[int]:
        """Process ids of this copy's programs whose command line contains ``words``."""
        found = []
        for number in {*leftovers.marked(self.data_dir), *self._children()}:
            try:
                command = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if words in command:
                found.append(number)
        return found

    def _children(self) -> list[int]:
        """Of the launcher: Redis writes its title over the mark in its environment."""
        launcher = (self.data_dir / "lock").read_text().strip()
        children = Path(f"/proc/{launcher}/task/{launcher}/children").read_text()
        return [int(number) for number in children.split()]

    def kill(self, words: str) -> None:
        """kill -9 of every program of this copy whose command line contains ``words``."""
        victims = self.processes(words)
        assert victims, f"nothing runs with {words!r}"
        for victim in victims:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def await_return(self, part: str) -> None:
        """Waits until the supervisor has started a killed program again."""
        until(lambda: self.state(part) == "up", RETURN_SECONDS)

    def mails(self, recipient: str, subject: str = "") -> list[Mail]:
        """Mails to an address with ``subject`` in the subject, newest first, without bodies."""
        return [mail for mail in list_mails(self.data_dir / "mails", recipient=recipient) if subject in mail.subject]

    def mail(self, recipient: str, subject: str = "") -> Mail:
        """The newest of them with its text; waits for one to come."""
        found = until(lambda: self.mails(recipient, subject))
        return get_mail(self.data_dir / "mails", found[0].key)

    def raw_mail(self, mail: Mail) -> bytes:
        """The whole mail as the sink received it."""
        return next((self.data_dir / "mails").glob(f"*/{mail.key}")).read_bytes()
