"""The ways around the import contracts (pyproject.toml) are closed too."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, called_name, calls, parsed, python_files, relative

BY_NAME = {"import_module", "import_string", "__import__"}
MAY_IMPORT_BY_NAME: dict[str, str] = {}
"""File -> why it has to import by a string. The list only shrinks."""


def test_import_contracts_hold() -> None:
    """In a process of its own: the linter sets up logging anew, and other tests listen to it."""
    command = "from importlinter.cli import lint_imports_command as main; main()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])}
    found = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("path", [path for path in python_files() if "/migrations/" not in str(path)], ids=relative)
def test_no_model_or_module_is_fetched_by_name(path: Path) -> None:
    for call in calls(path):
        name = called_name(call)
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        by_app_registry = name == "get_model" and isinstance(owner, ast.Name) and owner.id == "apps"
        assert not by_app_registry, f"{relative(path)}:{call.lineno} apps.get_model"
        if name in BY_NAME:
            assert relative(path) in MAY_IMPORT_BY_NAME, f"{relative(path)}:{call.lineno} {name}"


def test_themes_hold_no_rules() -> None:
    assert list((ROOT / "themes").rglob("*.py")) == []


def test_orm_signals_are_not_used() -> None:
    """What saving a row does is read in a domain function; ``class_prepared`` is how lock 1 reaches core models."""
    forbidden = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
    found = {
        (relative(path), alias.name)
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
        for alias in node.names
    }
    assert {(path, name) for path, name in found if name in forbidden} == set()
