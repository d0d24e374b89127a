"""A day is the local one: in UTC it begins on the evening before. So nobody cuts the day off a moment by hand."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, called_name, calls, parsed, python_files, relative

LOCAL = {
    "platform/dkbm/core/templatetags/transfernetz.py": "of a moment that it has made local",
}
CUTTING = {"date", "strftime", "isocalendar", "timetuple"}
TEMPLATES = ROOT / "themes" / "base" / "templates"
CUT_IN_TEMPLATE = re.compile(r"\{[{%][^}]*\b\w+\.\w+\.(?:date|day|month)\b")


def formatted_by_hand(node: ast.AST) -> bool:
    """``f"{moment:%d.%m.}"`` of something that is not made local in it."""
    if not isinstance(node, ast.FormattedValue) or node.format_spec is None or "%" not in ast.unparse(node.format_spec):
        return False
    return not (isinstance(node.value, ast.Call) and called_name(node.value) in {"localtime", "localdate"})


def test_python_asks_django_for_the_day() -> None:
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in python_files()
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in CUTTING and not call.args
        if relative(path) not in LOCAL and "launcher" not in path.parts
    ]
    assert found == []


def test_python_writes_no_moment_by_hand() -> None:
    found = {
        relative(path)
        for path in python_files()
        for node in ast.walk(parsed(path))
        if formatted_by_hand(node) and "launcher" not in path.parts
    }
    # The date of an entry in a file, which is no moment.
    assert found == {"platform/dkbm/imports/domain/issue.py"}


def test_templates_cut_no_day_off_a_moment() -> None:
    found = [
        f"{path.relative_to(TEMPLATES)}: {match.group()}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for match in CUT_IN_TEMPLATE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_cutting_is_found() -> None:
    assert CUT_IN_TEMPLATE.search("{% when hit.date.date %}")
    assert any(map(formatted_by_hand, ast.walk(ast.parse('f"{self.at:%Y-%m-%d}"'))))
    assert not any(map(formatted_by_hand, ast.walk(ast.parse('f"{localtime(self.at):%Y-%m-%d}"'))))
