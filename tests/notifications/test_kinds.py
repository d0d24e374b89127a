"""Kinds are registered once, in one style, and bring a template that says why."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.notifications import kinds
from dkbm.notifications.checks import check_templates
from dkbm.notifications.enums import Level, Scope
from dkbm.notifications.kinds import Kind, MailKind, UnknownKind, all_kinds, kind_of, mail_kind_of, register_kinds


def probe(key: str = "probe.told", label: str = "Antwort", template: str = "mail/probe.txt") -> MailKind:
    return MailKind(key, label, "Neu", template)


@pytest.fixture
def _empty_registry(monkeypatch: pytest.MonkeyPatch, test_templates: None) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})


@pytest.mark.usefixtures("_empty_registry")
class TestRegistering:
    def test_kind_cannot_be_taken_twice(self) -> None:
        register_kinds([probe(), probe()])
        with pytest.raises(ValueError, match="registered twice"):
            register_kinds([probe(label="Anders")])
        assert [kind.key for kind in all_kinds()] == ["probe.told"]

    @pytest.mark.parametrize("key", ["probe", "probe-told", "Probe.told", "probe.told-off", "probe.told.twice", ""])
    def test_key_in_another_style_is_refused(self, key: str) -> None:
        with pytest.raises(ValueError, match="after the pattern"):
            register_kinds([probe(key)])

    @pytest.mark.parametrize("fields", [{"by_group": True}, {"level": Level.BELL}])
    def test_mandatory_kind_that_is_not_mailed_is_refused(self, fields: Any) -> None:
        with pytest.raises(ValueError, match="has to be optional"):
            register_kinds([Kind("probe.told", "Antwort", "Neu", sentence="Neu.", **fields)])

    def test_kind_that_is_only_mailed_cannot_be_told(self) -> None:
        register_kinds([probe()])
        assert mail_kind_of("probe.told") == probe()
        with pytest.raises(UnknownKind):
            kind_of("probe.told")

    def test_complete_template_passes(self) -> None:
        register_kinds([probe()])
        assert check_templates() == []

    @pytest.mark.parametrize(
        ("template", "id"),
        [
            ("mail/missing.txt", "notifications.E001"),
            ("mail/probe-without-why.txt", "notifications.E002"),
            ("mail/base.txt", "notifications.E002"),
        ],
    )
    def test_template_without_reason_is_an_error(self, template: str, id: str) -> None:
        register_kinds([probe(template=template)])
        assert [error.id for error in check_templates()] == [id]


def test_template_is_named_after_the_key() -> None:
    assert MailKind("event.moved_up", "", "").template_name == "mail/event-moved-up.txt"


def told_kinds() -> list[Kind]:
    return [kind for kind in all_kinds() if isinstance(kind, Kind)]


def test_what_can_be_switched_off_and_where() -> None:
    """The whole policy, so that a change of it is seen."""
    assert [(kind.key, kind.scope, kind.by_group, kind.level) for kind in told_kinds() if kind.optional] == [
        ("catalogue.example", Scope.NETWORK, True, Level.AT_ONCE),
        ("editorial.issue", Scope.NETWORK, True, Level.AT_ONCE),
        ("event.announced", Scope.GROUP, True, Level.AT_ONCE),
        ("forum.accepted", Scope.TOPIC, False, Level.AT_ONCE),
        ("forum.mention", Scope.TOPIC, False, Level.AT_ONCE),
        ("forum.poll_ended", Scope.TOPIC, True, Level.AT_ONCE),
        ("forum.reply", Scope.TOPIC, True, Level.AT_ONCE),
        ("forum.topic", Scope.GROUP, True, Level.AT_ONCE),
        ("group.announcement", Scope.GROUP, True, Level.AT_ONCE),
        ("group.invited", Scope.GROUP, False, Level.AT_ONCE),
        ("group.subgroup_founded", Scope.GROUP, True, Level.AT_ONCE),
        ("member.message", Scope.NETWORK, False, Level.AT_ONCE),
        ("search.found", Scope.NETWORK, False, Level.DAILY),
    ]
    assert {kind.key.partition(".")[0] for kind in told_kinds() if kind.scope == Scope.GROUP} == {
        "event",
        "group",
        "forum",
    }


@pytest.mark.parametrize("kind", told_kinds(), ids=lambda kind: kind.key)
def test_sentence_is_one(kind: Kind) -> None:
    values: dict[str, Any] = dict.fromkeys(kind.sentence_names, "Wert")
    sentence = str(kind.sentence) % values
    assert sentence.endswith(".")
    assert "%" not in sentence
