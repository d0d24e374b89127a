"""Managers and operators need a second factor before they reach what guests must not."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dkbm.cms.domain.legal_pages import LEGAL_PAGES
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.second_factor import lacks_second_factor

GUARDED = ("/verwaltung/", "/cms/", "/betrieb/", "/konto/person/")
"""Asked again at every request, whatever the session was opened with."""
OPEN = ("/konto/", settings.STATIC_URL, "/look/", "/datei/", *(f"/{slug}/" for slug, _title, _body in LEGAL_PAGES))
"""What one needs to set the second factor up, and to read what everybody may read."""


class SecondFactorMiddleware:
    """Sends managers and operators without an authenticator app to the page that sets it up."""

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        if not settings.REQUIRE_SECOND_FACTOR or not self._must_be_asked(request):
            return self.get_response(request)
        if not lacks_second_factor(request.visitor):
            return self.get_response(request)
        messages.warning(
            request,
            _("Hier brauchen Sie eine zweite Stufe bei der Anmeldung. Bitte richten Sie sie jetzt ein."),
        )
        return redirect("mfa_activate_totp")

    def _must_be_asked(self, request: NetworkRequest) -> bool:
        """Elsewhere a session that was opened with the second factor is enough, and no query is spent."""
        if request.path_info.startswith(GUARDED):
            return True
        if request.path_info.startswith(OPEN):
            return False
        return all(record["method"] != "mfa" for record in get_authentication_records(request, request.user))
