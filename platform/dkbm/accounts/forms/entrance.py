"""allauth's own forms with our words: one password field instead of two, labels in one tone."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.errands import leave
from dkbm.accounts.enums import ErrandKind
from dkbm.core.addresses import normal_address
from dkbm.core.forms import MailField

from .fields import PASSWORD_HELP


def tidy(field: Any, label: Any, help_text: Any = "") -> None:
    """allauth's placeholders repeat the label."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def with_pasted(field: Any) -> MailField:
    """allauth's field of an address as ours."""
    return MailField(label=field.label, widget=field.widget)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = with_pasted(self.fields["login"])
        tidy(self.fields["login"], _("E-Mail-Adresse"))
        reset = format_html('<a href="{}">{}</a>', reverse("account_reset_password"), _("Passwort vergessen?"))
        tidy(self.fields["password"], _("Passwort"), reset)
        self.fields["remember"].label = _("Auf diesem Gerät eingeloggt bleiben")

    def clean_login(self) -> str:
        """Before attempts are counted: two spellings of an address have no more of them than one."""
        return normal_address(self.cleaned_data["login"])


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tidy(self.fields["password"], _("Passwort"))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks nobody whether the address is known: the worker does, and mails those who may sign in here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = with_pasted(self.fields["email"])
        tidy(self.fields["email"], _("E-Mail-Adresse"))

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])

    def save(self, request: Any, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        leave(kind=ErrandKind.RESET, address=email)
        return email


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        tidy(self.fields["password1"], _("Neues Passwort"), PASSWORD_HELP)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        tidy(self.fields["oldpassword"], _("Jetziges Passwort"))
        tidy(self.fields["password1"], _("Neues Passwort"), PASSWORD_HELP)
