"""``platform/docs/models.md`` shows the models as they are."""

from __future__ import annotations

import os

from tests.architecture.models_picture import PATH, picture, stored


def test_picture_of_the_models_is_true() -> None:
    if os.environ.get("UPDATE") == "1":
        PATH.write_text(picture(), encoding="utf-8")
    assert stored() == picture(), "UPDATE=1 .venv/bin/pytest tests/architecture/test_models_picture.py writes it anew"


def test_picture_names_what_a_reader_looks_for() -> None:
    page = picture()
    assert "## forum" in page
    assert "Post [network]\n  author -> Person (may be empty)\n" in page
    assert "LoadedEntry [network]" in page
