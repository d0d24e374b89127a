"""The planted leaks still fit the product; `make test-leaks` shows that each is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.access.leaks.planted import LEAKS, AnchorError, Edit, Leak
from tests.architecture.source import ROOT


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_leak_can_be_planted_and_names_a_test(leak: Leak, tmp_path: Path) -> None:
    for edit in leak.edits:
        (tmp_path / edit.file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / edit.file, tmp_path / edit.file)
    for edit in leak.edits:
        edit.apply(tmp_path)
        compile((tmp_path / edit.file).read_text(encoding="utf-8"), edit.file, "exec")
    file, _, name = leak.caught_by.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "anchor anchor"])
def test_anchor_that_is_gone_or_stands_twice_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "file.py").write_text(text)
    with pytest.raises(AnchorError):
        Edit("file.py", "anchor", "leak").apply(tmp_path)


def test_ten_kinds_of_leaks_are_planted() -> None:
    assert len({leak.name for leak in LEAKS}) == len(LEAKS) == 10
