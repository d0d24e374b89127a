"""The mail server: what it takes, what it refuses, and how it speaks."""

from __future__ import annotations

import io
import os
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from dkbm.inbound import server as server_module
from dkbm.inbound.domain.receiving import LARGEST, MOST_AN_HOUR
from dkbm.inbound.management.commands import receive_mail
from dkbm.inbound.models import IncomingMail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.inbound.mail_server import listening, send
from tests.inbound.processes import manage
from tests.inbound.scene import Scene, plain


@pytest.fixture
def committed(committed_network: BoundNetwork) -> Iterator[Scene]:
    """The server has connections of its own: it must find the rows."""
    with bind(committed_network):
        yield Scene()


@pytest.fixture
def port(committed: Scene) -> Iterator[int]:
    with listening() as port:
        yield port


def test_answer_is_stored_for_the_worker(committed: Scene, port: int) -> None:
    send(port, plain(committed, "Grüße aus Verden"), sender=committed.reader.email, to=committed.address)
    row = IncomingMail.objects.get()
    assert row.person == committed.reader
    assert "Grüße aus Verden".encode() in bytes(row.raw)


def test_address_in_capitals_is_the_same(committed: Scene, port: int) -> None:
    send(port, plain(committed, "Ja"), sender=committed.reader.email, to=committed.address.upper())
    assert IncomingMail.objects.count() == 1


@pytest.mark.parametrize("to", ["jemand@example.com", "re+aaaa@example.org", "netz-niedersachsen@example.org"])
def test_other_addresses_are_refused_before_the_message(committed: Scene, port: int, to: str) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
        send(port, plain(committed, "Weiterleiten"), sender=committed.reader.email, to=to)
    assert error.value.recipients[to][0] == 550


def test_thirty_megabytes_are_refused_by_their_size_alone(committed: Scene, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        client.ehlo()
        assert client.mail(committed.reader.email, [f"SIZE={30 * 1024 * 1024}"])[0] == 552


def test_thirty_megabytes_that_were_not_announced_are_refused_too(committed: Scene, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        client.ehlo()
        client.mail(committed.reader.email)
        client.rcpt(committed.address)
        assert client.data(plain(committed, "zu lang\r\n" * (LARGEST // 9 + 1)))[0] == 552
    assert not IncomingMail.objects.exists()


def test_too_many_are_told_to_come_later(committed: Scene, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        for number in range(MOST_AN_HOUR):
            client.sendmail(committed.reader.email, [committed.address], plain(committed, f"Nr. {number}"))
        with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
            client.sendmail(committed.reader.email, [committed.address], plain(committed, "Noch eine"))
    assert error.value.recipients[committed.address][0] == 450


def test_one_recipient_a_message(committed: Scene, port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        client.ehlo()
        client.mail(committed.reader.email)
        assert client.rcpt(committed.address)[0] == 250
        assert client.rcpt(committed.address_of(committed.writer))[0] == 452


def test_long_line_is_taken(committed: Scene, port: int) -> None:
    send(port, plain(committed, "Wort " * 5000), sender=committed.reader.email, to=committed.address)
    assert IncomingMail.objects.count() == 1


def test_it_speaks_lmtp(committed: Scene, port: int) -> None:
    with smtplib.LMTP("127.0.0.1", port) as client:
        refused = client.sendmail(committed.reader.email, [committed.address], plain(committed, "Ja"))
    assert refused == {}
    assert IncomingMail.objects.count() == 1


def test_database_away_keeps_the_mail_with_its_sender(
    committed: Scene, port: int, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(server_module, "receive", lambda **values: 1 / 0)
    with pytest.raises(smtplib.SMTPDataError) as error:
        send(port, plain(committed, "Ja"), sender=committed.reader.email, to=committed.address)
    assert error.value.smtp_code == 451


def test_more_connections_than_it_has_wait_outside(
    committed: Scene, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    monkeypatch.setattr(server_module, "MOST_CONNECTIONS", 1)
    with (
        smtplib.SMTP("127.0.0.1", port, timeout=60),
        socket.create_connection(("127.0.0.1", port), timeout=60) as second,
    ):
        assert second.recv(100).startswith(b"421 ")
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    ("text", "to", "code"),
    [("Ja", "", os.EX_OK), ("Ja", "niemand@example.org", os.EX_NOUSER), ("x" * (LARGEST + 1), "", os.EX_OK)],
)
def test_pipe_says_by_its_exit_code_what_became_of_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, text: str, to: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plain(scene, text))))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", to or scene.address, sender=scene.reader.email)
    assert ended.value.code == code
    assert IncomingMail.objects.count() == (0 if to else 1)


def test_pipe_keeps_the_mail_with_the_server_while_it_fails(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(receive_mail, "receive", lambda **values: 1 / 0)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Ja")))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", scene.address)
    assert ended.value.code == os.EX_TEMPFAIL


def test_pipe_in_a_process_of_its_own(committed: Scene, committed_network: BoundNetwork) -> None:
    done: subprocess.CompletedProcess[bytes] = manage(
        "receive_mail", committed.address, "--sender", committed.reader.email, stdin=plain(committed, "Aus der Pipe")
    )
    assert done.returncode == os.EX_OK, done.stderr
    assert IncomingMail.objects.get().person == committed.reader
