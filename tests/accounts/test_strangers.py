"""Wrong passwords of strangers: they lock out themselves, and the owner hears of it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind
from tests.accounts.signing_in import code_of
from tests.factories.people import PASSWORD, make_person

EMAIL = "lena@example.org"
LOCKED = "Zu viele Versuche."
OWNER = "192.0.2.1"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def lena(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Lena Leitung", email=EMAIL)


@pytest.fixture(autouse=True)
def _few_are_many(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_attempts": "4/d/key"}


def sign_in(client_of: Any, network: BoundNetwork, address: str, password: str = "falsch-geraten") -> Any:
    data = {"login": EMAIL, "password": password}
    return client_of(network, REMOTE_ADDR=address).post("/konto/login/", data)


def test_owner_gets_in_while_a_stranger_fails(niedersachsen: BoundNetwork, lena: Person, client_of: Any) -> None:
    for _time in range(7):
        answer = sign_in(client_of, niedersachsen, "198.51.100.1")
    assert LOCKED in answer.content.decode()
    assert sign_in(client_of, niedersachsen, OWNER, PASSWORD)["Location"] == "/"


def test_owner_gets_in_while_many_strangers_fail_who_are_slowed_down(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any
) -> None:
    for number in range(5):
        sign_in(client_of, niedersachsen, f"198.51.100.{number}")
    tries = [LOCKED in sign_in(client_of, niedersachsen, "203.0.113.1").content.decode() for _time in range(4)]
    assert tries == [False, False, True, True]
    assert LOCKED not in sign_in(client_of, niedersachsen, OWNER).content.decode()  # the owner mistypes
    assert sign_in(client_of, niedersachsen, OWNER, PASSWORD)["Location"] == "/"


def test_owner_hears_of_many_wrong_passwords_once_a_day(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, post_of: Any
) -> None:
    with time_machine.travel("2026-11-05T09:00:00+01:00"):
        for number in range(4):
            sign_in(client_of, niedersachsen, f"198.51.100.{number}")
        assert post_of(niedersachsen).all() == []
        for number in range(3):
            sign_in(client_of, niedersachsen, f"198.51.101.{number}")
    assert post_of(niedersachsen).all() == [("account.attempts", EMAIL)]
    with time_machine.travel("2026-11-06T10:00:00+01:00"):
        for number in range(6):
            sign_in(client_of, niedersachsen, f"198.51.100.{number}")
    assert len(post_of(niedersachsen).all()) == 2


def test_nobody_is_written_to_about_an_address_without_an_account(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any
) -> None:
    for number in range(6):
        sign_in(client_of, niedersachsen, f"198.51.100.{number}")
    assert post_of(niedersachsen).all() == []


def test_stranger_cannot_use_up_the_owners_sign_ups(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any
) -> None:
    stranger = client_of(niedersachsen, REMOTE_ADDR="198.51.100.1")
    answers = [stranger.post("/konto/signup/", form_data()).status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]
    assert client_of(niedersachsen, REMOTE_ADDR=OWNER).post("/konto/signup/", form_data()).status_code == 302


def test_strangers_without_the_password_never_reach_the_owners_codes(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any
) -> None:
    """allauth counts wrong codes for the account alone, five in five minutes. That stays so: whoever may try one has
    typed the right password before, so no stranger can fill it; and whoever has the password must not be given more
    tries by changing addresses.
    """
    with bind(niedersachsen):
        TOTP.activate(lena, SECRET)
    for number in range(7):
        stranger = client_of(niedersachsen, REMOTE_ADDR=f"198.51.100.{number}")
        stranger.post("/konto/login/", {"login": EMAIL, "password": "falsch-geraten"})
        for path in ("/konto/2fa/authenticate/", "/konto/2fa/reauthenticate/"):
            assert stranger.post(path, {"code": "000000"})["Location"].startswith("/konto/login/")
    owner = client_of(niedersachsen, REMOTE_ADDR=OWNER)
    asked = owner.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})
    assert asked["Location"] == "/konto/2fa/authenticate/"
    assert owner.post(asked["Location"], {"code": code_of(SECRET)})["Location"] == "/"
