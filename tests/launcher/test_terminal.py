"""At a terminal a person reads sentences, and the programs' lines are in a file; elsewhere both are on stdout."""

from __future__ import annotations

import http.client
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from dkbm.launcher import log
from dkbm.launcher.log import Log
from dkbm.launcher.ports import free_port
from tests.launcher import launching

SCRIPT = str(Path(__file__).with_name("short_copy.py"))
LAST = "/postfach/"


class Terminal:
    """A copy whose standard output is a terminal that is read here."""

    def __init__(self, data_dir: Path, *broken: str) -> None:
        self.data_dir, self.port, self.text = data_dir, free_port(), ""
        self._screen, inner = pty.openpty()
        self.process = subprocess.Popen(
            (sys.executable, SCRIPT, *broken),
            cwd=launching.ROOT,
            env={**launching.environment(data_dir), "PORT": str(self.port)},
            stdin=subprocess.DEVNULL,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)
        os.set_blocking(self._screen, False)

    def read(self) -> str:
        """Everything that has been written so far."""
        while True:
            try:
                data = os.read(self._screen, 65536)
            except BlockingIOError:
                return self.text
            except OSError:  # the other end is closed
                return self.text
            self.text += data.decode().replace("\r\n", "\n")

    def lines(self) -> list[str]:
        return [line for line in self.read().splitlines() if line.strip()]

    def entries(self) -> list[dict[str, Any]]:
        """Of the file; fails where a line of it is no JSON."""
        file = self.data_dir / "log" / "transfernetz.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()]

    def await_words(self, words: str) -> None:
        assert launching.wait_until(lambda: words in self.read()), self.text

    def request(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(launching.GENEROUS)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._screen)


@contextmanager
def terminal(data_dir: Path, *broken: str) -> Iterator[Terminal]:
    shown = Terminal(data_dir, *broken)
    try:
        yield shown
    finally:
        shown.close()


def test_terminal_shows_sentences_and_ends_with_the_addresses(tmp_path: Path) -> None:
    with terminal(tmp_path) as shown:
        shown.await_words(LAST)
        assert launching.wait_until(lambda: ("worker", "Grüße") in messages(shown))
        time.sleep(0.5)
        lines = shown.lines()
        path = tmp_path / "log" / "transfernetz.jsonl"
        assert lines[:4] == [
            f"Was die Programme dabei schreiben, steht in {path}.",
            "Lege Rollen und Tabellen an ...",
            "Lade die Demo-Netze ...",
            "Transfernetz läuft. Beenden mit Strg-C.",
        ]
        assert lines[-5:] == [
            "Adressen; im Postfach liegen alle Mails dieser Kopie:",
            f"  Eingang         http://localhost:{shown.port}",
            f"  Niedersachsen   http://niedersachsen.localhost:{shown.port}",
            f"  Bayern          http://bayern.localhost:{shown.port}",
            f"  Postfach        http://localhost:{shown.port}/postfach/",
        ]
        assert [line for line in lines if line.startswith("{") or " | " in line] == []
        assert shown.end() == 0
        assert shown.lines()[-1] == "Transfernetz wird beendet ..."


def messages(shown: Terminal) -> list[tuple[str, str]]:
    return [(entry["program"], entry["message"]) for entry in shown.entries()]


def test_file_holds_the_lines_of_all_programs_as_json(tmp_path: Path) -> None:
    with terminal(tmp_path) as shown:
        shown.await_words(LAST)
        both = {(name, text) for name in ("load_demo", "web", "worker") for text in ("Grüße", "eine Zeile ohne JSON")}
        assert launching.wait_until(lambda: both <= set(messages(shown)))
        structured = next(entry for entry in shown.entries() if entry["message"] == "Grüße")
        assert structured["levelname"] == "INFO"
        assert structured["asctime"] == "2026-10-01T08:00:00+0200"
        assert oct((tmp_path / "log").stat().st_mode & 0o777) == "0o700"


def test_second_start_ends_with_the_addresses_and_keeps_the_log_of_the_first(tmp_path: Path) -> None:
    with terminal(tmp_path) as first:
        first.await_words(LAST)
        first.end()
        before = first.entries()
    with terminal(tmp_path) as second:
        second.await_words(LAST)
        assert launching.wait_until(lambda: ("worker", "Grüße") in messages(second))
        time.sleep(1)
        assert second.lines()[-1] == f"  Postfach        http://localhost:{second.port}/postfach/"
        assert "Lade die Demo-Netze ..." not in second.lines()
        older = (tmp_path / "log" / "transfernetz.jsonl.1").read_text().splitlines()
    assert [json.loads(line) for line in older] == before


def test_without_a_terminal_the_lines_are_on_standard_output(tmp_path: Path) -> None:
    process = subprocess.Popen(
        (sys.executable, SCRIPT),
        cwd=launching.ROOT,
        env={**launching.environment(tmp_path), "PORT": str(free_port())},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines: list[str] = []
    everybody = {"load_demo", "web", "worker"}
    while "Transfernetz läuft. Beenden mit Strg-C." not in lines or not everybody <= structured(lines):
        lines.append(launching.read_line(process))
    process.terminate()
    process.communicate(timeout=launching.GENEROUS)
    assert process.returncode == 0
    assert "load_demo | eine Zeile ohne JSON" in lines
    assert list((tmp_path / "log").iterdir()) == []


def structured(lines: list[str]) -> set[str]:
    """The programs whose JSON line is among them, behind the program's name."""
    found = [re.match(r"(\w+) +\| (\{.*\})$", line) for line in lines]
    return {each[1] for each in found if each and json.loads(each[2])["message"] == "Grüße"}


def test_error_of_a_running_program_is_said_once_in_a_sentence(tmp_path: Path) -> None:
    with terminal(tmp_path) as shown:
        shown.await_words(LAST)
        for _ in range(3):
            shown.request("/fehler")
        assert launching.wait_until(lambda: len([text for _, text in messages(shown) if "/fehler" in text]) == 3)
        path = tmp_path / "log" / "transfernetz.jsonl"
        sentence = f"Fehler in „web“: Internal Server Error: /fehler (KeyError: 7). Mehr steht in {path}."
        shown.await_words(sentence)
        time.sleep(0.5)
        assert [line for line in shown.lines() if line.startswith("Fehler")] == [sentence]


@pytest.mark.parametrize(
    ("broken", "name", "end"),
    [
        ("broken step", "migrate", "Der Schritt „migrate“ ist fehlgeschlagen (Code 1), siehe oben."),
        ("broken web", "web", "„web“ lässt sich nicht am Laufen halten (Code 1), siehe oben."),
    ],
)
def test_crash_is_said_with_the_last_lines_and_the_file(tmp_path: Path, broken: str, name: str, end: str) -> None:
    with terminal(tmp_path, *broken.split()) as shown:
        assert shown.process.wait(launching.GENEROUS) == 1
        lines = shown.lines()
        assert lines[-1] == end
        assert lines[-2] == f"Das ganze Protokoll steht in {tmp_path / 'log' / 'transfernetz.jsonl'}."
        assert lines[-3] == "  ValueError: kein Platz"
        assert f"Zuletzt schrieb „{name}“:" in lines
        assert [line for line in lines if line.startswith("{")] == []
        assert (name, "ValueError: kein Platz") in messages(shown)


def test_program_that_is_started_again_is_named_with_its_end(tmp_path: Path) -> None:
    with terminal(tmp_path, "broken", "web") as shown:
        assert shown.process.wait(launching.GENEROUS) == 1
        assert "„web“: beendet (Code 1), neuer Start in 0.01 s." in shown.lines()


def test_log_begins_a_new_file_when_it_is_large_and_keeps_four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 100)
    with closing(Log(tmp_path / "log.jsonl")) as kept:
        for number in range(12):
            kept.write(f"{number} {'x' * 60}\n")
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["log.jsonl", *(f"log.jsonl.{number}" for number in range(1, 5))]
    assert [file.read_text().split()[0] for file in files] == ["11", "10", "9", "8", "7"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"levelname": "ERROR", "message": "weg\\nund fort"}', "weg."),
        (
            '{"levelname": "CRITICAL", "message": "weg", "exc_info": "Traceback\\n  File\\nOSError: 5"}',
            "weg (OSError: 5).",
        ),
        ('{"levelname": "ERROR", "message": "/\\u001b[2J"}', "/ [2J."),
        ("Traceback (most recent call last):", "Traceback (most recent call last)."),
        ('{"levelname": "WARNING", "message": "weg"}', ""),
        ('{"levelname": "ERROR", "message"', ""),
        ("ERROR: ein Wort von PostgreSQL", ""),
        ("[" * 60_000, ""),
        ('{"a":' * 20_000, ""),
    ],
    ids=["lines", "trace", "escape", "traceback", "warning", "cut", "word", "brackets", "deep"],
)
def test_error_is_told_from_other_lines(tmp_path: Path, line: str, error: str) -> None:
    with closing(Log(tmp_path / "log.jsonl")) as kept:
        entry, said = kept.entry("web", line)
    assert said == error
    assert json.loads(entry)["program"] == "web"
