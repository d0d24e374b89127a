"""allauth in our networks: mails through the outbox, redirects on the own host, sign-up where there are members."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from dkbm.accounts import attempts
from dkbm.accounts.domain.errands import leave
from dkbm.accounts.domain.mails import send_account_changed
from dkbm.accounts.enums import ErrandKind
from dkbm.accounts.secrets import decrypt, encrypt
from dkbm.core.addresses import normal_address, readable_address
from dkbm.tenancy.context import require_network

CHANGES = {
    "account/email/password_changed": _("Ihr Passwort wurde geändert"),
    "account/email/password_set": _("Ihr Passwort wurde festgelegt"),
    "account/email/password_reset": _("Ihr Passwort wurde neu festgelegt"),
    "account/email/email_changed": _("Ihre E-Mail-Adresse wurde geändert"),
    "account/email/email_deleted": _("Eine E-Mail-Adresse wurde entfernt"),
    "mfa/email/totp_activated": _("Die zweite Stufe beim Einloggen ist eingerichtet"),
    "mfa/email/totp_deactivated": _("Die zweite Stufe beim Einloggen ist abgeschaltet"),
    "mfa/email/recovery_codes_generated": _("Neue Ersatzcodes wurden erzeugt"),
}
"""allauth's notes on changes of an account: template prefix -> subject. All use ``mail/account-changed.txt``."""


SAYS_IT = "dkbm_says_it"
"""Attribute of a request whose view tells by itself that somebody is signed in now."""


class NetworkAccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht."),
        "too_many_login_attempts": _("Zu viele Versuche. Bitte warten Sie einige Minuten."),
        "enter_current_password": _("Das ist nicht Ihr jetziges Passwort."),
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "duplicate_email": _("Das ist schon Ihre Adresse."),
        "invalid_password_reset": _("Der Link ist ungültig oder wurde schon benutzt."),
        "rate_limited": _("Zu viele Anfragen. Bitte warten Sie einige Minuten."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return not require_network().is_platform

    def clean_email(self, email: str) -> str:
        """What allauth's forms ask of an address before they look it up or write it down."""
        return normal_address(super().clean_email(email))

    def is_safe_url(self, url: str) -> bool:
        """Only the own host: allauth would admit the other networks' hosts too."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Of account and address together: wrong passwords lock those out who type them, and nobody else."""
        return attempts.key_of(request, credentials)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if not attempts.may_try(request, credentials):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        attempts.count(request, credentials)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """At a sign-in before the address is verified, and for a new address: both may be somebody else's mailbox."""
        address = emailconfirmation.email_address
        leave(kind=ErrandKind.CONFIRM, address=address.email, details={"address": address.pk})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue in the outbox what allauth sends. Raises ``LookupError`` for a mail that we do not know."""
        if template_prefix not in CHANGES:
            raise LookupError(template_prefix)
        send_account_changed(
            email=email, what=str(CHANGES[template_prefix]), to_email=readable_address(context.get("to_email"))
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Operators begin with the networks."""
        return (
            reverse("operation:networks") if require_network().is_platform else super().get_login_redirect_url(request)
        )

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Where a view of ours says it, allauth need not say it again."""
        if not getattr(request, SAYS_IT, False):
            super().add_message(request, *args, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")


class NetworkMFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Der Code stimmt nicht. Bitte prüfen Sie auch die Uhrzeit Ihres Geräts."),
        "unverified_email": _("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return require_network().name
