"""An answer with its reason can be asked in a condition: one without a truth value would always say yes."""

from __future__ import annotations

import ast
import tomllib

from tests.architecture.source import ROOT, parsed, python_files, relative

DECISIONS = "platform/dkbm/core/decisions.py"


def is_answer(node: ast.ClassDef) -> bool:
    """By its name, or by a field that says whether something is allowed."""
    fields = {
        each.target.id for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }
    return node.name.endswith("Decision") or "allowed" in fields


def test_every_answer_is_a_decision() -> None:
    found = [
        f"{relative(path)}: {node.name}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and is_answer(node) and relative(path) != DECISIONS
        if "Decision" not in {getattr(base, "id", "") for base in node.bases}
    ]
    assert found == []


def test_mypy_finds_conditions_that_are_always_true() -> None:
    """For all other objects: ``make check`` runs it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert {"truthy-bool", "truthy-iterable"} <= set(settings["enable_error_code"])
