"""Wrong passwords, counted so that strangers lock out nobody but themselves.

Five in five minutes for an account from one address (allauth's limit, by our key). An account that many addresses try
leaves each of them two: slower for strangers, still enough for the owner, who gets a mail, at most one a day.
"""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from dkbm.accounts.domain.errands import leave
from dkbm.accounts.enums import ErrandKind
from dkbm.core.addresses import normal_address

APP = "allauth.account"
DAY = 24 * 3600


def key_of(request: HttpRequest, credentials: dict[str, Any]) -> str:
    return f"{_account(credentials)} {ratelimit.get_ip(request)}"


def may_try(request: HttpRequest, credentials: dict[str, Any]) -> bool:
    """Whether this address may try another password for the account, known or not."""
    if ratelimit.consume(request, app=APP, action="login_attempts", key=_account(credentials), dry_run=True):
        return True
    return ratelimit.consume(request, app=APP, action="login_slow", key=key_of(request, credentials)) is not None


def count(request: HttpRequest, credentials: dict[str, Any]) -> None:
    """A wrong one. Whether there is anybody to be warned, the worker finds out."""
    account = _account(credentials)
    if ratelimit.consume(request, app=APP, action="login_attempts", key=account):
        return
    if cache.add(f"dkbm:login-warned:{hashlib.sha256(account.encode()).hexdigest()}", True, DAY):
        leave(kind=ErrandKind.ATTEMPTS, address=account)


def _account(credentials: dict[str, Any]) -> str:
    return normal_address(str(credentials.get("email", "")))
