"""Tests take what they share from factories and helpers, never from one another."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, relative

TESTS = ROOT / "tests"


def imported(source: str) -> set[str]:
    """Names of the modules that a file imports, those inside functions and for types included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            # What is imported may be a module itself: `from tests.forum import test_live`.
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def is_test(module: str) -> bool:
    """A file that pytest reads by itself; to import it hides where a fixture or a helper belongs."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return module.startswith("tests.") and path.exists() and (path.name == "conftest.py" or path.match("test_*.py"))


def borrowed(source: str) -> set[str]:
    return {module for module in imported(source) if is_test(module)}


def test_imports_of_tests_are_found() -> None:
    assert borrowed(
        "from tests.architecture import test_tests\nfrom tests.conftest import x\nimport tests.waiting"
    ) == {
        "tests.architecture.test_tests",
        "tests.conftest",
    }


def test_no_test_imports_from_another_test() -> None:
    found = {relative(path): borrowed(path.read_text(encoding="utf-8")) for path in sorted(TESTS.rglob("*.py"))}
    assert {path: names for path, names in found.items() if names} == {}
