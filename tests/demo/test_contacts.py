"""Numbers and addresses are invented for the demo, never beside a real municipality."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.imports.domain.contacts import contacts_of
from dkbm.imports.schemas.catalogue import Contact as ContactEntry
from dkbm.imports.schemas.catalogue import ItemEntry


def entry(**contact: Any) -> ItemEntry:
    return ItemEntry.model_construct(slug="bildungsbuero", contact=ContactEntry(function="Leitung", **contact))


@pytest.mark.parametrize(
    ("profile", "phone", "mail"),
    [("production", "", ""), ("demo", "(0221) 4710-", "bildung@bildungsbuero.example.org")],
)
def test_missing_ways_are_invented_in_the_demo_alone(settings: Any, profile: str, phone: str, mail: str) -> None:
    settings.PROFILE = profile
    contact = contacts_of(entry(), None)[0]
    assert (contact.phone[:-3], contact.mail) == (phone, mail)


@pytest.mark.parametrize("profile", ["production", "demo"])
def test_given_ways_stay(settings: Any, profile: str) -> None:
    settings.PROFILE = profile
    contact = contacts_of(entry(phone="04231 15-0", mail="buero@example.org"), None)[0]
    assert (contact.phone, contact.mail) == ("04231 15-0", "buero@example.org")
