"""The operation lets somebody in again who lost the second factor."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command

from dkbm.accounts.domain.people import create_member
from dkbm.accounts.models import Person
from dkbm.audit.sentences import entries, line
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person

EMAIL = "leitung@example.org"
REASON = "Telefon verloren, am Apparat erkannt"


def reset(email: str = EMAIL) -> None:
    call_command("reset_second_factor", email, reason=REASON)


@pytest.fixture
def lena(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> Person:
    """A manager here and a member there, with an app and recovery codes."""
    with bind(niedersachsen):
        person = make_person("Lena Leitung", email=EMAIL, roles=("manager",))
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(person)
    with bind(bayern):
        create_member(email=EMAIL, first_name="", last_name="", function="koko", municipality=None)
    return person


def test_app_and_codes_go_with_a_mail_and_one_line_in_the_log(niedersachsen: BoundNetwork, lena: Person) -> None:
    reset("Leitung@example.org")
    with bind(niedersachsen):
        assert not Authenticator.objects.exists()
        found = line(entries().get(action="person.second_factor_removed"))
        assert found.sentence == "Der Betrieb hat Lena Leitung die zweite Stufe genommen."
        assert found.reason == REASON
        mail = Mail.objects.get(kind="account.changed")
        assert mail.address == EMAIL
        assert "Ihre zweite Stufe beim Einloggen abgeschaltet" in mail.subject


def test_once_for_all_networks(bayern: BoundNetwork, lena: Person) -> None:
    reset()
    with bind(bayern):
        assert not Mail.objects.exists()
    with pytest.raises(CommandError, match="hat keine zweite Stufe"):
        reset()


def test_others_keep_theirs(niedersachsen: BoundNetwork, lena: Person) -> None:
    with bind(niedersachsen):
        other = make_person("Otto Andere")
        TOTP.activate(other, "JBSWY3DPEHPK3PXP")
    reset()
    with bind(niedersachsen):
        assert Authenticator.objects.get().user == other


def test_unknown_address_is_named(db: Any) -> None:
    with pytest.raises(CommandError, match="Es gibt kein Konto mit der Adresse niemand@"):
        reset("niemand@example.org")
