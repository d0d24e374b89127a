"""veraPDF over many files in one Java process."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.java import jars

HERE = Path(__file__).parent
CHECK = HERE / "CheckPdf.java"
# Short-lived: code that is compiled quickly rather than well.
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")
COMPILER = "org.eclipse.jdt.internal.compiler.batch.Main"


def broken_rules(files: Iterable[Path], folder: Path) -> dict[str, list[str]]:
    """Name of each file -> what it breaks. ``folder``: where the checker is compiled to."""
    library = f"{jars(HERE / 'pom.xml', 'pdfua')}/*"
    _run((*JAVA, "-cp", library, COMPILER, "-17", "-d", str(folder), str(CHECK)))
    said = _run((*JAVA, "-cp", f"{library}:{folder}", "CheckPdf", *map(str, files)))
    found: dict[str, list[str]] = {}
    for line in said.splitlines():
        name, _tab, rest = line.partition("\t")
        if name:
            found[Path(name).name] = []
            tried = int(rest.rpartition("\t")[2])
            assert tried > 100, "an empty file breaks nothing"
        else:
            list(found.values())[-1].append(rest)
    return found


def _run(command: tuple[str, ...]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
