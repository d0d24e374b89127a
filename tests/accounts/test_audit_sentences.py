"""The audit log speaks German: every action that the code records has its sentence."""

from __future__ import annotations

import ast

from dkbm.accounts.domain.queries.audit import SENTENCES
from tests.architecture.source import called_name, calls, python_files


def recorded_actions() -> set[str]:
    return {
        keyword.value.value
        for path in python_files()
        for call in calls(path)
        if called_name(call) == "record"
        for keyword in call.keywords
        if keyword.arg == "action" and isinstance(keyword.value, ast.Constant)
    }


def test_every_recorded_action_has_a_sentence() -> None:
    actions = recorded_actions()
    assert "group.admitted" in actions
    assert actions - set(SENTENCES) == set()
