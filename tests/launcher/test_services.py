"""The embedded services: they start, end, and start again after the worst end with all data."""

import json
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from dkbm.launcher import postgres
from dkbm.launcher.errors import LauncherError
from tests.launcher import launching

COMMAND = (sys.executable, "-m", "dkbm.launcher", "services")


class Running:
    """The services of a copy below `tmp_path`, with the settings that lead to them."""

    def __init__(self, base: Path) -> None:
        self.process = launching.start(*COMMAND, data_dir=base)
        self.settings: dict[str, str] = json.loads(launching.read_line(self.process))
        self.data_dir = Path(self.settings["DATA_DIR"])

    def end(self) -> None:
        launching.kill_everything(self.process, self.data_dir)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    services = Running(tmp_path)
    yield services
    services.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_all_services(running: Running, number: signal.Signals) -> None:
    assert len(launching.left_behind(running.data_dir)) >= 3
    running.process.send_signal(number)
    assert running.process.wait(launching.GENEROUS) == 0
    assert launching.left_behind(running.data_dir) == []


def test_killed_launcher_takes_all_services_with_it(running: Running) -> None:
    running.process.kill()
    running.process.wait()
    assert launching.wait_until(lambda: launching.left_behind(running.data_dir) == [])


def test_data_are_there_again_after_everything_was_killed(running: Running, tmp_path: Path) -> None:
    with psycopg.connect(running.settings["DATABASE_OWNER_URL"]) as connection:
        # The services of tests may lose their last moments; those of `make run` wait like this by themselves.
        connection.execute("SET synchronous_commit = on")
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('Ärzte')")
    launching.kill_everything(running.process, running.data_dir)
    # As after a restart of a container: the id in the file belongs to somebody else.
    pid_file = running.data_dir / "postgres-18" / "postmaster.pid"
    pid_file.write_text("\n".join(["1", *pid_file.read_text().splitlines()[1:]]) + "\n")

    again = Running(tmp_path)
    try:
        with psycopg.connect(again.settings["DATABASE_OWNER_URL"]) as connection:
            assert connection.execute("SELECT word, lower(word) FROM kept").fetchall() == [("Ärzte", "ärzte")]
    finally:
        again.end()


def test_second_test_run_gets_services_of_its_own(running: Running, tmp_path: Path) -> None:
    second = Running(tmp_path)
    try:
        assert second.data_dir != running.data_dir
        assert second.settings["DATABASE_URL"] != running.settings["DATABASE_URL"]
    finally:
        second.end()


def test_nobody_gets_in_without_the_password(running: Running) -> None:
    database = urlsplit(running.settings["DATABASE_ADMIN_URL"])
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=database.hostname, port=database.port, user="postgres", dbname="postgres")
    server = urlsplit(running.settings["REDIS_URL"])
    client = redis.Redis(host=str(server.hostname), port=int(server.port or 0))
    with pytest.raises(redis.AuthenticationError):
        client.ping()
    client.close()


def test_secrets_are_readable_by_their_owner_only(running: Running) -> None:
    files = [running.data_dir / "secrets.json", running.data_dir / "redis" / "redis.conf"]
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600"]


def test_sink_keeps_a_mail_with_all_recipients(running: Running) -> None:
    message = EmailMessage()
    message["From"] = "netz@example.org"
    message["To"] = "neu@niedersachsen.example.org"
    message["Subject"] = "Willkommen in Osterholz-Scharmbeck, Frau Müller"
    message.set_content("Grüße aus dem Netz\n")
    sink = urlsplit(running.settings["EMAIL_URL"])
    assert launching.wait_until(lambda: _listens(str(sink.hostname), int(sink.port or 0)))
    with smtplib.SMTP(str(sink.hostname), int(sink.port or 0)) as client:
        client.send_message(message, to_addrs=["neu@niedersachsen.example.org", "still@example.org"])
    (mail,) = (Path(running.settings["MAILBOX_DIR"]) / "new").iterdir()
    lines = mail.read_text().splitlines()
    assert lines[0] == "X-Envelope-To: neu@niedersachsen.example.org, still@example.org"
    assert "To: neu@niedersachsen.example.org" in lines


def test_root_is_given_up_only_where_the_folder_can_be_reached(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(LauncherError, match="nicht betreten darf"):
        postgres.give_up_root(tmp_path / "postgres-18", 65534)


def _listens(host: str, port: int) -> bool:
    try:
        smtplib.SMTP(host, port, timeout=5).close()
    except OSError:
        return False
    return True


def test_output_of_failing_start_names_the_reason(tmp_path: Path) -> None:
    (tmp_path / "test").write_text("keine Mappe")
    done = subprocess.run(
        COMMAND, env=launching.environment(tmp_path), cwd=launching.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert f"DATA_DIR {tmp_path / 'test'} lässt sich nicht anlegen" in done.stderr
