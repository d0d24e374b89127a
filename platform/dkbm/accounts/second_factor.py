"""Managers and operators need a second factor before they reach what others must not."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dkbm.tenancy.http import NetworkRequest

GUARDED = ("/verwaltung/", "/cms/", "/betrieb/")


class SecondFactorMiddleware:
    """Sends managers and operators without an authenticator app to the page that sets it up.

    Off in the demo, whose accounts have nothing but their password (``REQUIRE_SECOND_FACTOR``).
    """

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        if settings.REQUIRE_SECOND_FACTOR and request.path_info.startswith(GUARDED) and self._is_missing(request):
            messages.warning(
                request,
                _("Hier brauchen Sie eine zweite Stufe bei der Anmeldung. Bitte richten Sie sie jetzt ein."),
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_missing(self, request: NetworkRequest) -> bool:
        membership = request.membership  # type: ignore[attr-defined]
        if not membership or not (membership.is_manager or membership.is_operator):
            return False
        return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
