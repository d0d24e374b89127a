"""Who acts is one object, made at the doors: no function takes a person and a membership side by side."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.source import parsed, python_files, relative

WHO = {"person", "actor", "author", "operator", "user"}
MAKERS = {
    "platform/dkbm/tenancy/visitor.py": "makes the one object of the two",
}


def parameters(path: Path) -> list[tuple[int, set[str]]]:
    return [
        (node.lineno, {each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)})
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_function_takes_a_person_and_a_membership() -> None:
    files = [path for path in python_files() if relative(path) not in MAKERS]
    found = [
        f"{relative(path)}:{line}"
        for path in files
        for line, names in parameters(path)
        if "membership" in names and names & WHO
    ]
    assert found == []


def test_only_the_settings_name_the_http_door() -> None:
    """Rules, domain functions and sign-in take a visitor; the middleware is for requests."""
    found = {
        relative(path)
        for path in python_files()
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").endswith("tenancy.middleware"))
        or (isinstance(node, ast.Import) and any(each.name.endswith("tenancy.middleware") for each in node.names))
    }
    assert found == set()
