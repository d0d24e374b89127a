"""Sign-in, sign-up and second factor (django-allauth), as plain constants."""

from __future__ import annotations

from typing import Any

ACCOUNT_ADAPTER = "dkbm.accounts.adapter.NetworkAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
# One address a person: a new one takes the old one's place once it is verified.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS: dict[str, Any] = {
    "login": "dkbm.accounts.forms.entrance.LoginForm",
    "reset_password": "dkbm.accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "dkbm.accounts.forms.entrance.NewPasswordForm",
    "change_password": "dkbm.accounts.forms.entrance.ChangePasswordForm",
    "reauthenticate": "dkbm.accounts.forms.entrance.ReauthenticateForm",
}
# allauth keeps its own limits for everything else. None may count for an account or an address alone: any stranger
# could fill it and lock the owner out. What goes into one mailbox the worker bounds (``accounts.domain.errands``).
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip",
    # Ours: keys of address and client together, but for the last, which locks nobody out (``accounts.attempts``).
    "signup_address": "5/h/key",
    "login_slow": "2/5m/key",
    "login_attempts": "20/d/key",
}

MFA_ADAPTER = "dkbm.accounts.adapter.NetworkMFAAdapter"
# Passkeys belong to one host; they come later, counted per network.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
