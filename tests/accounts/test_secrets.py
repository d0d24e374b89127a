"""Secrets of the second factor: unreadable in a dump, and worth nothing under another key."""

from __future__ import annotations

import base64
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.management import call_command

from dkbm.accounts.secrets import MARK, decrypt, encrypt, renew
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import code_of
from tests.factories.people import make_person

SECRET = "JBSWY3DPEHPK3PXP"


def test_secret_is_stored_encrypted_and_its_codes_are_accepted(in_niedersachsen: BoundNetwork) -> None:
    person = make_person("Lena Leitung")
    TOTP.activate(person, SECRET)
    stored = Authenticator.objects.get(user=person)
    assert SECRET not in str(stored.data)
    assert stored.data["secret"].startswith(MARK)
    assert stored.wrap().validate_code(code_of(SECRET)) is True


def test_secret_stored_plainly_before_is_still_read() -> None:
    assert decrypt(SECRET) == SECRET


def test_under_another_key_no_code_fits(settings: Any) -> None:
    stored = encrypt(SECRET)
    settings.SECRET_KEY = "y" * 50
    first, second = decrypt(stored), decrypt(stored)
    assert SECRET not in (first, second)
    assert first != second
    assert len(base64.b32decode(first)) == 20


def change_key(settings: Any, *, keep_old: bool = True) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "neu" * 20
    settings.SECRET_KEY_FALLBACKS = [old] if keep_old else []


def test_secret_of_the_key_before_is_read_and_renewed(settings: Any) -> None:
    stored = encrypt(SECRET)
    change_key(settings)
    assert decrypt(stored) == SECRET
    renewed = renew(stored)
    assert renewed != stored
    assert renew(renewed) == renewed
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(renewed) == SECRET
    assert decrypt(stored) != SECRET


def test_secret_of_an_unknown_key_is_not_renewed(settings: Any) -> None:
    stored = encrypt(SECRET)
    change_key(settings, keep_old=False)
    with pytest.raises(InvalidToken):
        renew(stored)


def test_renewed_second_factors_outlive_the_old_key(niedersachsen: BoundNetwork, settings: Any) -> None:
    with bind(niedersachsen):
        person = make_person("Lena Leitung")
        TOTP.activate(person, SECRET)
        codes = RecoveryCodes.activate(person)
        used, kept = codes.generate_codes()[:2]
        assert codes.validate_code(used)
        # One whose membership ended belongs nowhere just now.
        gone = make_person("Gesa Gegangen")
        TOTP.activate(gone, SECRET)
        Membership.objects.filter(person=gone).update(state=MembershipState.LEFT)
    change_key(settings)
    assert renewal() == "Neu verschlüsselt: 3.\n"
    assert renewal() == "Neu verschlüsselt: 0.\n"
    settings.SECRET_KEY_FALLBACKS = []
    with bind(niedersachsen):
        totp, recovery = Authenticator.objects.filter(user=person).order_by("pk")
        assert totp.wrap().validate_code(code_of(SECRET)) is True
        assert recovery.wrap().validate_code(used) is False
        assert recovery.wrap().validate_code(kept) is True


def test_plain_second_factor_is_encrypted_and_an_unreadable_one_counted(
    niedersachsen: BoundNetwork, settings: Any
) -> None:
    with bind(niedersachsen):
        first, second = make_person("Lena Leitung"), make_person("Rolf Redaktion")
        TOTP.activate(first, SECRET)
        Authenticator.objects.create(user=second, type=Authenticator.Type.TOTP, data={"secret": SECRET})
        Authenticator.objects.create(
            user=second, type=Authenticator.Type.RECOVERY_CODES, data={"migrated_codes": ["1234", "5678"]}
        )
        before = Authenticator.objects.get(user=first).data
    change_key(settings, keep_old=False)
    assert renewal() == (
        "Neu verschlüsselt: 2.\n"
        "Mit keinem der Schlüssel lesbar: 1. Dort passt kein Code mehr; weiter hilft reset_second_factor.\n"
    )
    with bind(niedersachsen):
        assert Authenticator.objects.get(user=first).data == before
        totp, recovery = Authenticator.objects.filter(user=second).order_by("pk")
        assert totp.data["secret"].startswith(MARK)
        assert decrypt(totp.data["secret"]) == SECRET
        assert [decrypt(code) for code in recovery.data["migrated_codes"]] == ["1234", "5678"]
        assert all(code.startswith(MARK) for code in recovery.data["migrated_codes"])


def test_session_outlives_a_change_of_the_key_that_is_a_fallback(
    niedersachsen: BoundNetwork, client_of: Any, settings: Any
) -> None:
    with bind(niedersachsen):
        person = make_person("Mia Mitglied")
    client, other = client_of(niedersachsen, person), client_of(niedersachsen, person)
    change_key(settings)
    assert client.get("/konto/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get("/konto/").status_code == 200  # the visit before renewed it
    assert other.get("/konto/").status_code == 302


def renewal() -> str:
    """What the command says."""
    said = StringIO()
    call_command("renew_second_factors", stdout=said)
    return said.getvalue()
