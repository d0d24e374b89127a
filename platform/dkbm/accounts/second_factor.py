"""Managers and operators pass a second factor, in this very session, before they reach what guests must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dkbm.cms.domain.legal_pages import LEGAL_PAGES
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.second_factor import SecondFactor, has_second_factor, is_passed, second_factor_of

GUARDED = ("/verwaltung/", "/cms/", "/betrieb/", "/konto/person/")
"""Asked again at every request, whatever the session was opened with."""
OPEN = (
    "/konto/",
    "/hilfe/",
    settings.STATIC_URL,
    "/look/",
    "/datei/",
    *(f"/{slug}/" for slug, _title, _body in LEGAL_PAGES),
)
"""What one needs to set the second factor up, and to read what everybody may read."""
PROTECTING_THE_ACCOUNT = frozenset(
    {
        *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_download_recovery_codes", "account_email", "account_change_password", "account_set_password"),
    }
)
"""Whoever has a second factor, member or manager, changes these with it alone."""


class SecondFactorMiddleware:
    """Sends managers and operators without an authenticator app to the page that sets it up, and everybody whose
    session was opened without the app that they have to the page that asks for a code."""

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: NetworkRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseRedirect | None:
        match self._standing(request):
            case SecondFactor.MISSING:
                messages.warning(
                    request,
                    _("Hier brauchen Sie eine zweite Stufe beim Einloggen. Bitte richten Sie sie jetzt ein."),
                )
                return redirect("mfa_activate_totp")
            case SecondFactor.UNPROVEN:
                messages.warning(request, _("Bitte geben Sie zuerst den Code Ihrer zweiten Stufe ein."))
                back = request.get_full_path() if request.method == "GET" else request.path_info
                return redirect_to_login(back, reverse("mfa_reauthenticate"))
        return None

    def _standing(self, request: NetworkRequest) -> SecondFactor:
        """No query where the session was opened with the second factor, but for what is guarded."""
        match = request.resolver_match
        if match is not None and match.view_name in PROTECTING_THE_ACCOUNT:
            return self._of_the_account(request)
        if not request.path_info.startswith(GUARDED) and self._may_be_left_alone(request):
            return SecondFactor.ENOUGH
        return second_factor_of(request.session, request.visitor)

    def _may_be_left_alone(self, request: NetworkRequest) -> bool:
        if not settings.REQUIRE_SECOND_FACTOR or request.path_info.startswith(OPEN):
            return True
        return is_passed(request.session, request.user)

    def _of_the_account(self, request: NetworkRequest) -> SecondFactor:
        if not request.user.is_authenticated or is_passed(request.session, request.user):
            return SecondFactor.ENOUGH
        return SecondFactor.UNPROVEN if has_second_factor(request.user) else SecondFactor.ENOUGH
