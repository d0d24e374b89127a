"""A step is skipped only while everything that it was made from is the same."""

from pathlib import Path

from dkbm.launcher import stamps


def test_fingerprint_changes_with_content_name_and_number_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    seen = [stamps.fingerprint(tmp_path)]
    (tmp_path / "a.py").write_text("2")
    seen.append(stamps.fingerprint(tmp_path))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    seen.append(stamps.fingerprint(tmp_path))
    (tmp_path / "c.py").write_text("")
    seen.append(stamps.fingerprint(tmp_path))
    assert len(set(seen)) == 4


def test_fingerprint_ignores_what_python_writes_itself(tmp_path: Path) -> None:
    before = stamps.fingerprint(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("")
    assert stamps.fingerprint(tmp_path) == before


def test_stamp_is_current_for_its_own_value_only(tmp_path: Path) -> None:
    stamp = tmp_path / "run" / "x.stamp"
    assert not stamps.is_current(stamp, "1")
    stamps.write(stamp, "1")
    assert stamps.is_current(stamp, "1")
    assert not stamps.is_current(stamp, "2")
