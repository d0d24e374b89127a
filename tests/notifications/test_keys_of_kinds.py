"""Mails that were written before the kinds were renamed carry the new keys, and are not sent a second time."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from dkbm.notifications.domain.telling import tell
from dkbm.notifications.enums import MailState, Rule
from dkbm.notifications.kinds import all_kinds, label_of
from dkbm.notifications.models import Mail
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from tests.factories.people import make_person

migration: Any = import_module("dkbm.notifications.migrations.0003_keys_of_kinds")


def old_mail(kind: str, key: str = "", **fields: Any) -> Mail:
    mail: Mail = Mail.objects.create(kind=kind, key=key, address="a@example.org", path="/", body="Text", **fields)
    return mail


def migrate() -> None:
    with bind_all("migrations", as_owner=True):
        migration.rename(apps, None)


def test_new_keys_are_those_of_the_kinds() -> None:
    assert {migration.new_key(old) for old in migration.KINDS} - {kind.key for kind in all_kinds()} == set()


@pytest.mark.parametrize("state", MailState.values)
def test_kind_follows_whatever_the_state(niedersachsen: BoundNetwork, bayern: BoundNetwork, state: str) -> None:
    mails = []
    for network in (niedersachsen, bayern):
        with bind(network):
            mails.append(old_mail("event-moved-up", state=state))
    migrate()
    for network, mail in zip((niedersachsen, bayern), mails, strict=True):
        with bind(network):
            mail.refresh_from_db()
            assert (mail.kind, mail.key, mail.state) == ("event.moved_up", "", state)
            assert label_of(mail.kind) == "Nachgerückt"


@pytest.mark.parametrize(
    ("old_kind", "old_key", "occasion"),
    [
        ("forum-reply", "forum-reply:{about}:{person}", ""),
        ("membership-requested", "membership-requested:{about}:99", ""),
        ("membership-admitted", "membership-admitted:{about}", ""),
        ("event-registered", "event-registered-{about}", ""),
        ("event-called-off", "event-called-off-{about}", ""),
        ("event-changed", "event-changed-{about}-12", "12"),
    ],
)
def test_what_was_mailed_before_is_not_mailed_again(
    niedersachsen: BoundNetwork, old_kind: str, old_key: str, occasion: str
) -> None:
    with bind(niedersachsen):
        person = make_person()
        about = person.memberships.get()
        key = old_key.format(about=about.pk, person=person.pk)
        old = old_mail(old_kind, key, recipient=person, cause_label=about._meta.label_lower, cause_key=str(about.pk))
    migrate()
    context = dict.fromkeys(("title", "date", "writer", "name", "network_name", "reason"), "Wert")
    with bind(niedersachsen):
        for version in (occasion, "13"):
            tell(
                kind=migration.new_key(old_kind),
                people=[person],
                about=about,
                occasion=version,
                path="/",
                context=context,
                scope=Within(group=1, topic=1),
                because={person.pk: Rule.WROTE},
            )
        assert Mail.objects.exclude(pk=old.pk).get().key.split(":")[2] == "13"  # another occasion


def test_mail_to_an_address_keeps_its_key(in_niedersachsen: BoundNetwork) -> None:
    mail = old_mail("account-changed", "own-key")
    migrate()
    mail.refresh_from_db()
    assert (mail.kind, mail.key) == ("account.changed", "own-key")
