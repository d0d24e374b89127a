"""Creates `.venv`, installs the locked packages into it and becomes the launcher. Standard library only.

Called by the Makefile with any `python3 -I`, so it must at least be parsed by old versions: no match, no
newer typing. Ends with exit code 1 and a German sentence when the machine cannot run the platform.
"""

import ctypes
import fcntl
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
STAMP = VENV / "transfernetz.stamp"
LOCKS = (Path(__file__).with_name("uv.lock"), ROOT / "requirements.lock")
SUPPORTED = ((3, 12), (3, 11))
PR_SET_PDEATHSIG = 1


def main(arguments):
    """Sets up when needed, then replaces this process by `python -m dkbm.launcher ARGUMENTS`."""
    base = find_python()
    # A lock on the folder itself: `make run` and `make test` may start at the same moment in one clone.
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    if not is_current(base):
        install(base)
    os.close(folder)
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "platform"), str(ROOT)))
    python = str(VENV / "bin" / "python")
    os.execv(python, [python, "-m", "dkbm.launcher", *arguments])


def find_python():
    """The path of a supported interpreter: the system's, the running one, else one on the path.

    Distributions build theirs with profiles of what it does, which one compiled by hand often is not: a seventh of
    the time that tests take.
    """
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        fail("Transfernetz läuft mit eigener Datenbank nur auf Linux x86_64.")
    for major, minor in SUPPORTED:
        system = f"/usr/bin/python{major}.{minor}"
        if can_make_environments(system):
            return system
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    for major, minor in SUPPORTED:
        found = shutil.which(f"python{major}.{minor}")
        if found:
            return found
    fail(f"Gebraucht wird Python 3.11 oder 3.12; python3 ist hier {platform.python_version()}.")
    return None


def can_make_environments(python):
    """Whether that interpreter is there, with the parts that Debian keeps in a package of their own."""
    if not os.access(python, os.X_OK):
        return False
    return subprocess.run([python, "-I", "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL).returncode == 0


def fingerprint(base):
    """What `.venv` was made from: interpreter, locks, and its place, which is written into the scripts in it."""
    digest = hashlib.sha256(f"{base} {VENV}".encode())
    for lock in LOCKS:
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def is_current(base):
    """Whether `.venv` is complete and its Python still there: a removed one leaves a dangling link."""
    return (VENV / "bin" / "python").exists() and STAMP.exists() and STAMP.read_text() == fingerprint(base)


def install(base):
    """Makes `.venv` from nothing and installs the locks; the stamp comes last: half a set-up is redone."""
    say(f"Richte die Python-Umgebung ein ({VENV}) ...")
    shutil.rmtree(VENV, ignore_errors=True)
    python = str(VENV / "bin" / "python")
    run(
        [base, "-I", "-m", "venv", str(VENV)],
        "Auf Debian und Ubuntu fehlt dann meist das Paket python3-venv.",
    )
    reach = "Erreicht dieser Rechner ein Python-Paketverzeichnis?"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run([python, "-I", "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(LOCKS[0])], reach)
    uv = str(VENV / "bin" / "uv")
    # Compiled once here: where PYTHONDONTWRITEBYTECODE is set, every program would compile Django anew at its start.
    locked = ["--compile-bytecode", "--require-hashes", "-r", str(LOCKS[1])]
    run([uv, "pip", "install", "--quiet", "--python", python, *locked], reach)
    STAMP.write_text(fingerprint(base))


def run(command, hint):
    """Runs one set-up command and ends it when this process is told to end; fails with the hint."""
    process = subprocess.Popen(command, cwd=str(ROOT), preexec_fn=die_with_parent)
    received = []

    def stop(number, _frame):
        # Only that: waiting here would wait for a lock that the interrupted `wait` below holds.
        received.append(number)
        os.killpg(process.pid, signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    code = process.wait()
    if received:
        sys.exit(128 + received[0])
    if code != 0:
        fail("Die Einrichtung ist fehlgeschlagen: {}\n{}".format(" ".join(command), hint))


def die_with_parent():
    """In the child: ends it when this process is killed; a group of its own takes its children along (pip's)."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def fail(text):
    sys.stderr.write(text + "\n")
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
