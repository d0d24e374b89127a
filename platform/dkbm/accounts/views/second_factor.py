"""Setting the second factor up: the browser that does it has passed it, for it has just sent a code."""

from __future__ import annotations

from typing import Any

# allauth has no public function for this; it calls this one wherever a code was accepted.
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import HttpResponse


class ActivateView(ActivateTOTPView):
    """allauth's page; the session then counts as opened with the second factor, other sessions are asked for a code."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.TOTP)
        return response


activate = ActivateView.as_view()
