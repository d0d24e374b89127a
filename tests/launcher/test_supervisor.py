"""Whatever happens to the launcher, nothing that it started outlives it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dkbm.launcher import leftovers
from tests.launcher import launching

SCRIPT = str(Path(__file__).with_name("supervised.py"))


@pytest.fixture
def launcher(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = launching.start(sys.executable, SCRIPT, str(tmp_path), data_dir=tmp_path)
    for _ in range(2):
        assert "bereit" in launching.read_line(process)
    yield process
    launching.kill_everything(process, tmp_path)
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_to_the_launcher_ends_children_and_grandchildren(
    launcher: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    assert len(launching.left_behind(tmp_path)) == 3
    launcher.send_signal(number)
    assert launcher.wait(launching.GENEROUS) == 0
    assert launching.left_behind(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_to_the_process_group_ends_children_and_grandchildren(
    launcher: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    os.killpg(launcher.pid, number)
    assert launcher.wait(launching.GENEROUS) == 0
    assert launching.left_behind(tmp_path) == []


def test_killed_launcher_takes_what_listens_with_it(launcher: subprocess.Popen[str], tmp_path: Path) -> None:
    launcher.kill()
    launcher.wait()
    assert launching.wait_until(lambda: len(launching.left_behind(tmp_path)) == 2)


def test_next_start_ends_what_a_killed_launcher_left_behind(launcher: subprocess.Popen[str], tmp_path: Path) -> None:
    launcher.kill()
    launcher.wait()
    leftovers.end(lambda: leftovers.marked(tmp_path), signal.SIGTERM, seconds=0.5)
    assert launching.left_behind(tmp_path) == []


def test_program_that_ends_by_itself_is_started_again(launcher: subprocess.Popen[str], tmp_path: Path) -> None:
    victim = leftovers.marked(tmp_path)[0]
    os.kill(victim, signal.SIGKILL)
    assert "beendet (Code -9), neuer Start in 1 s" in launching.read_line(launcher)
    assert "bereit" in launching.read_line(launcher)
    assert victim not in leftovers.marked(tmp_path)


def test_lines_carry_the_name_of_their_program(tmp_path: Path) -> None:
    process = launching.start(sys.executable, SCRIPT, str(tmp_path), data_dir=tmp_path)
    lines = {launching.read_line(process), launching.read_line(process)}
    process.terminate()
    process.communicate()
    assert lines == {"folgsam  | bereit", "stur     | bereit"}


def test_launcher_ends_although_nobody_reads_its_output(launcher: subprocess.Popen[str], tmp_path: Path) -> None:
    assert launcher.stdout is not None
    launcher.stdout.close()
    launcher.terminate()
    assert launcher.wait(launching.GENEROUS) == 0
    assert launching.left_behind(tmp_path) == []
