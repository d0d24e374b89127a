"""Everything that we print is PDF/UA-1: Typst refuses what it sees, veraPDF sees the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.java import MISSING, has_java
from tests.printing.prints import PRINTS
from tests.printing.verapdf import broken_rules


def test_every_print_is_accessible(tmp_path: Path) -> None:
    """One Java process for all of them, and for one that has lost its marks: the checker must find that."""
    contents = {name: make() for name, make in PRINTS.items()}
    broken = contents["example"].replace(b"/Marked true", b"/Marked null").replace(b"/Lang", b"/Lanx")
    assert broken != contents["example"]
    if not has_java():
        pytest.skip(f"veraPDF: {MISSING}")
    files = {name: tmp_path / f"{name}.pdf" for name in (*PRINTS, "broken")}
    for name, content in {**contents, "broken": broken}.items():
        files[name].write_bytes(content)
    found = broken_rules(files.values(), tmp_path)
    assert found.pop("broken.pdf") != []
    assert found == {f"{name}.pdf": [] for name in PRINTS}
