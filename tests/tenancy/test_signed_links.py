"""What a mailed link carries is believed in its own network, for its own purpose and in its time only."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind
from dkbm.tenancy.signed_links import LinkUnusable, SignedLink

LINK = SignedLink("test.week", max_age=timedelta(days=7))
FOREVER = SignedLink("test.always")


def why_not(link: SignedLink, token: str) -> str:
    with pytest.raises(LinkUnusable) as refusal:
        link.read(token)
    return refusal.value.why


@pytest.mark.parametrize("payload", [7, "wort", ["a", 7], {"a": None}, "ä" * 500])
def test_payload_comes_back_and_its_token_fits_into_an_address(in_niedersachsen: BoundNetwork, payload: Any) -> None:
    token = LINK.sign(payload)
    assert LINK.read(token) == payload
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:")


def test_link_of_one_network_is_nothing_in_the_other(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        token = LINK.sign(7)
    with bind(bayern):
        assert why_not(LINK, token) == "invalid"


def test_link_is_written_in_a_network_only() -> None:
    with pytest.raises(NoNetwork):
        LINK.sign(7)


def test_link_of_another_purpose_is_nothing(in_niedersachsen: BoundNetwork) -> None:
    assert why_not(LINK, FOREVER.sign(7)) == "invalid"


def test_each_changed_character_makes_the_link_worthless(in_niedersachsen: BoundNetwork) -> None:
    token = LINK.sign([7, "wort"])
    for place, char in enumerate(token):
        other = "A" if char != "A" else "Q"
        assert why_not(LINK, token[:place] + other + token[place + 1 :]) == "invalid", place
    for nonsense in ("", ":", "::", "a:b:c", token[:-1], token + "A"):
        assert why_not(LINK, nonsense) == "invalid", nonsense


def test_link_ends_after_its_time_and_one_without_does_not(in_niedersachsen: BoundNetwork) -> None:
    dated, undated = LINK.sign(7), FOREVER.sign(7)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=-2)):
        assert LINK.read(dated) == 7
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=2)):
        assert why_not(LINK, dated) == "expired"
        assert FOREVER.read(undated) == 7


def test_earlier_form_is_read_as_well_until_its_time_is_over(in_niedersachsen: BoundNetwork) -> None:
    earlier = partial(signing.loads, salt="test.before", max_age=timedelta(days=7))
    link = SignedLink("test.week", max_age=timedelta(days=7), earlier=earlier)
    token = signing.dumps(7, salt="test.before")
    assert (link.read(token), link.read(link.sign(8))) == (7, 8)
    assert why_not(LINK, token) == "invalid"
    assert why_not(link, "a:b:c") == "invalid"
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=2)):
        assert (why_not(link, token), why_not(LINK, LINK.sign(7)[:-3])) == ("expired", "invalid")


def test_link_outlives_a_change_of_the_key_that_is_a_fallback(in_niedersachsen: BoundNetwork, settings: Any) -> None:
    token = LINK.sign(7)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "neu" * 20
    assert why_not(LINK, token) == "invalid"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert LINK.read(token) == 7
