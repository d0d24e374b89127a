"""Kinds are registered once and bring a template that says why."""

from __future__ import annotations

import pytest

from dkbm.notifications import kinds
from dkbm.notifications.checks import check_templates
from dkbm.notifications.kinds import Kind, register_kind


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch, test_templates: None) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})


def test_kind_cannot_be_taken_twice() -> None:
    register_kind(Kind("probe", "Antwort", "Neu"))
    register_kind(Kind("probe", "Antwort", "Neu"))
    with pytest.raises(ValueError, match="probe is registered twice"):
        register_kind(Kind("probe", "Anders", "Neu"))
    assert [kind.key for kind in kinds.all_kinds()] == ["probe"]


def test_complete_template_passes() -> None:
    register_kind(Kind("probe", "Antwort", "Neu"))
    assert check_templates() == []


@pytest.mark.parametrize(
    ("template", "id"),
    [
        ("mail/missing.txt", "notifications.E001"),
        ("mail/probe-without-why.txt", "notifications.E002"),
        ("mail/base.txt", "notifications.E002"),
    ],
)
def test_template_without_reason_is_an_error(template: str, id: str) -> None:
    register_kind(Kind("probe", "Antwort", "Neu", template))
    assert [error.id for error in check_templates()] == [id]
