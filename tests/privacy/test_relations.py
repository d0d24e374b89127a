"""Every relation to a person says what happens when the person goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from dkbm.privacy import registry
from dkbm.privacy.registry import (
    columns,
    columns_that_may_name_people,
    register_column,
    register_relation,
    relations,
    relations_to_people,
)


def test_every_relation_to_a_person_is_declared() -> None:
    assert relations_to_people() - set(relations()) == set()


def test_nothing_is_declared_that_does_not_exist() -> None:
    for label, field in [*relations(), *columns()]:
        apps.get_model(label)._meta.get_field(field)


def test_log_entries_name_the_reason_for_keeping_the_person() -> None:
    entry = relations()["audit.auditentry", "subject"]
    assert entry.on_erasure == "keep_with_reason"
    assert entry.reason


def test_keeping_without_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="say why"):
        register_relation("app.thing", "person", on_erasure="keep_with_reason", export=False)


def test_two_different_declarations_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_relations", {})
    register_relation("app.thing", "person", on_erasure="delete", export=True)
    register_relation("app.thing", "person", on_erasure="delete", export=True)
    with pytest.raises(ValueError, match="twice"):
        register_relation("app.thing", "person", on_erasure="keep_anonymous", export=True)


def test_every_mail_address_and_json_column_says_whom_it_names() -> None:
    assert columns_that_may_name_people() - set(columns()) == set()


def test_columns_of_other_types_that_name_people_are_declared() -> None:
    others = set(columns()) - columns_that_may_name_people()
    assert others == {
        ("search.searchentry", "title"),
        ("search.searchentry", "body"),
        ("notifications.mail", "sender_name"),
        ("notifications.crowd", "sender"),
        ("wagtailusers.userprofile", "avatar"),
        ("accounts.portrait", "source"),
    }


def test_two_different_declarations_of_a_column_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_columns", {})
    register_column("app.thing", "email", on_erasure="delete", note="Adresse")
    register_column("app.thing", "email", on_erasure="delete", note="Adresse")
    with pytest.raises(ValueError, match="twice"):
        register_column("app.thing", "email", on_erasure="blank", note="Adresse")
