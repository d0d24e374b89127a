"""Sign-up, joining with a mailed link, and the own profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.join_links import Joining
from dkbm.accounts.domain.queries.functions import functions_by_key
from dkbm.accounts.domain.signup import Application
from dkbm.accounts.models import JoinLink, Person
from dkbm.core.addresses import normal_address
from dkbm.core.forms import LineField, MailField, TextField
from dkbm.core.whole_rows import WholeRowForm

from .fields import PASSWORD_HELP, GroupField, NameFields, PlaceFields, TermsField, deliverable


class PasswordFields(forms.Form):
    password1 = forms.CharField(
        label=_("Passwort"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )

    def check_password_of(self, email: str) -> None:
        data = self.cleaned_data
        self.check_password_for(
            Person(email=email, first_name=data.get("first_name", ""), last_name=data.get("last_name", ""))
        )

    def check_password_for(self, person: Person) -> None:
        """Put what is wrong with the password beside its field."""
        data = self.cleaned_data
        if data.get("password1"):
            try:
                validate_password(data["password1"], person)
            except ValidationError as error:
                self.add_error("password1", error)


class SignupForm(TermsField, GroupField, PlaceFields, PasswordFields, NameFields):
    field_order = [
        "first_name",
        "last_name",
        "email",
        "password1",
        "function",
        "municipality",
        "choice",
        "terms",
    ]
    email = MailField(
        label=_("Dienstliche E-Mail-Adresse"),
        max_length=254,
        validators=[deliverable],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Wir schicken Ihnen einen Link, mit dem Sie die Adresse bestätigen."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_password_of(data.get("email") or "")
        return data

    def application(self) -> Application:
        data = self.cleaned_data
        return Application(
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=normal_address(data["email"]),
            password=data["password1"],
            function=data["function"],
            municipality=data["municipality"],
            choice=data["choice"],
        )


class JoinForm(TermsField, GroupField, PlaceFields):
    """For people whose address is verified: no name, no password."""

    field_order = ["function", "municipality", "choice", "terms"]

    def __init__(self, *args: Any, link: JoinLink, **kwargs: Any) -> None:
        self.link = link
        suggested = {key: value for key, value in link.suggested.items() if value}
        if function := functions_by_key().get(suggested.get("function", "")):
            suggested["function"] = function.slug  # merged since then, perhaps
        super().__init__(*args, initial={**suggested, **kwargs.pop("initial", {})}, **kwargs)

    def joining(self) -> Joining:
        data = self.cleaned_data
        return Joining(
            function=data["function"],
            municipality=data["municipality"],
            choice=data["choice"],
            first_name=data.get("first_name", ""),
            last_name=data.get("last_name", ""),
            password=data.get("password1", ""),
        )


class JoinWithPasswordForm(JoinForm, PasswordFields, NameFields):
    """For people without an account, and for addresses that somebody typed but nobody verified."""

    field_order = ["first_name", "last_name", "password1", "function", "municipality", "choice", "terms"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_password_of(self.link.email)
        return data


class ConfirmForm(PasswordFields):
    """For the owner of a mailbox: a password only where the account's may be somebody else's."""

    def __init__(self, *args: Any, person: Person, asks_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password1"].label = _("Ihr Passwort")
        if not asks_password:
            del self.fields["password1"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.check_password_for(self.person)
        return data


class ProfileForm(WholeRowForm, PlaceFields, NameFields):
    keeps_function = True
    field_order = ["first_name", "last_name", "function", "municipality", "phone", "about"]
    phone = LineField(
        label=_("Telefon"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("Nur Mitglieder sehen die Nummer."),
    )
    about = TextField(
        label=_("Über mich"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-char-count": ""}),
        help_text=_("Woran arbeiten Sie, wobei können andere Sie fragen?"),
    )
