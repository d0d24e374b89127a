"""Every action is declared once, can be said, and is logged with exactly the values that it declares."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from dkbm.audit import actions
from dkbm.audit.actions import Action, UndeclaredAction, action_of, all_actions, register_actions
from dkbm.audit.models import AuditEntry
from dkbm.audit.sentences import line
from dkbm.tenancy.context import BoundNetwork
from tests.architecture.source import ROOT, called_name, calls, python_files, relative
from tests.factories.people import make_person

BY_VARIABLE = {
    "platform/dkbm/accounts/domain/admission.py": {
        "membership.admitted",
        "membership.admitted_by_domain",
        "membership.admitted_by_invitation",
        "membership.left",
        "membership.withdrawn",
    },
    "platform/dkbm/accounts/domain/founding.py": {"network.listed", "network.unlisted"},
    "platform/dkbm/accounts/domain/functions.py": {"function.offered", "function.retired"},
    "platform/dkbm/accounts/domain/roles.py": {"role.granted", "role.revoked"},
}
"""File -> actions that it logs by a variable."""


def recordings() -> list[tuple[str, str, set[str]]]:
    """File, action and names of the values of every ``record(action="…", …)`` in the code."""
    found = []
    for path in python_files():
        for call in calls(path):
            given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
            action = given.pop("action", None)
            if called_name(call) == "record" and isinstance(action, ast.Constant):
                found.append((relative(path), str(action.value), set(given) - actions.ALWAYS))
    return found


@pytest.mark.parametrize("action", all_actions(), ids=lambda action: action.key)
def test_declared_action_is_said_with_its_values(in_niedersachsen: BoundNetwork, action: Action) -> None:
    entry = AuditEntry.objects.create(
        action=action.key,
        actor=make_person("Ada Antrag"),
        subject=make_person("Susi Sache"),
        reason="weil",
        detail={name: f"Wert {name}" for name in action.values},
    )
    said = line(entry)
    shown = {"actor": "Ada Antrag", "subject": "Susi Sache", "reason": "weil"}
    for name in actions.named_in(action.sentence) - set(action.optional):
        assert shown.get(name, f"Wert {name}") in said.sentence
    assert "%" not in said.sentence
    assert "keinen Text" not in said.sentence
    assert said.reason == ("" if action.says_reason else "weil")


def test_code_logs_declared_actions_with_declared_values() -> None:
    found = recordings()
    assert ("workgroups/domain/ending.py", "group.archived", {"group"}) in found
    for path, key, values in found:
        try:
            action_of(key).check(values)
        except (UndeclaredAction, ValueError) as error:
            pytest.fail(f"{path}: {error!r}")


def test_every_declared_action_is_logged_somewhere() -> None:
    for path, keys in BY_VARIABLE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        assert {key for key in keys if f'"{key}"' not in text} == set()
    logged = {key for _path, key, _values in recordings()}.union(*BY_VARIABLE.values())
    assert {action.key for action in all_actions()} == logged


@pytest.fixture
def registry(monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "_actions", {})


def test_sentence_that_names_what_no_entry_carries_is_refused(registry: None) -> None:
    with pytest.raises(ValueError, match="group"):
        register_actions(Action("group.founded", _("%(actor)s hat „%(group)s“ gegründet.")))


def test_action_declared_twice_differently_is_refused(registry: None) -> None:
    register_actions(Action("thing.made", _("%(actor)s hat etwas gemacht.")))
    with pytest.raises(ValueError, match="twice"):
        register_actions(Action("thing.made", _("%(subject)s wurde gemacht.")))
