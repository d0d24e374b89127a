"""Secrets of the second factor: unreadable in a dump, and worth nothing under another key."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from dkbm.accounts.secrets import MARK, decrypt, encrypt
from dkbm.tenancy.context import BoundNetwork
from tests.accounts.test_sign_in import code_of
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
