"""`make test-leaks`: plants each leak in a copy of the working tree and expects its test to fail.

Before that the same tests must pass in the copy as it is. Ends with 0 when every leak was found.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.access.leaks.planted import LEAKS, AnchorError, Leak
from tests.architecture.source import ROOT

REASON_LENGTH = 200


@dataclass(frozen=True)
class Outcome:
    """``state``: "passed", "failed", "error" (could not even be tried) or "missing"."""

    state: str
    reason: str = ""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="leaks-") as folder:
        copy = Path(folder) / "copy"
        copy_tree(copy)
        names = sorted({leak.caught_by for leak in LEAKS})
        addresses = sorted({leak.addresses for leak in LEAKS if leak.addresses})
        print("Ohne Leck …", flush=True)
        if run(copy, names, addresses) != {name: Outcome("passed") for name in names}:
            print("Schon ohne Leck sind diese Tests nicht grün.")
            return 1
        missed = [leak.name for leak in LEAKS if not is_found(copy, leak)]
    print(f"\n{len(LEAKS) - len(missed)} von {len(LEAKS)} Lecks gefunden.")
    for name in missed:
        print(f"  nicht gefunden: {name}")
    return 1 if missed else 0


def copy_tree(copy: Path) -> None:
    """What git knows or would take, as it stands in the working tree."""
    listing = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)


def is_found(copy: Path, leak: Leak) -> bool:
    """Plants the leak, runs its test, and takes the leak out again."""
    files = {edit.file: (copy / edit.file).read_bytes() for edit in leak.edits}
    try:
        for edit in leak.edits:
            edit.apply(copy)
        outcome = run(copy, [leak.caught_by], [leak.addresses] if leak.addresses else [])
    except AnchorError as error:
        print(f"{leak.name}: {error}", flush=True)
        return False
    finally:
        for file, content in files.items():
            (copy / file).write_bytes(content)
    result = outcome.get(leak.caught_by, Outcome("missing"))
    print(f"{'gefunden' if result.state == 'failed' else 'NICHT GEFUNDEN'}: {leak.name}", flush=True)
    print(f"    {leak.caught_by}: {result.state}\n    {result.reason}", flush=True)
    return result.state == "failed"


def run(copy: Path, tests: list[str], addresses: list[str]) -> dict[str, Outcome]:
    """Test -> how it ended, in the copy and with the copy's own services."""
    report = copy.with_name("report.xml")
    report.unlink(missing_ok=True)
    paths = os.pathsep.join((str(copy / "platform"), str(copy)))
    options = [option for address in addresses for option in ("--addresses", address)]
    done = subprocess.run(
        (sys.executable, "-m", "pytest", "-q", "--junitxml", str(report), *options, *tests),
        cwd=copy,
        env=os.environ | {"PYTHONPATH": paths, "DATA_DIR": str(copy.with_name("data"))},
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        print(done.stdout[-4000:], done.stderr[-4000:])
        return {}
    outcomes = {_id(case): _outcome(case) for case in ElementTree.parse(report).iter("testcase")}
    if any(outcome.state == "error" for outcome in outcomes.values()):
        print(done.stdout[-4000:])
    return outcomes


def _id(case: ElementTree.Element) -> str:
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def _outcome(case: ElementTree.Element) -> Outcome:
    for state, tag in (("error", "error"), ("failed", "failure")):
        if (found := case.find(tag)) is not None:
            return Outcome(state, textwrap.shorten(found.get("message", ""), REASON_LENGTH, placeholder=" …"))
    return Outcome("passed")


if __name__ == "__main__":
    sys.exit(main())
