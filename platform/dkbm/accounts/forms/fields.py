"""Fields and parts that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.accounts import signup_choices
from dkbm.accounts.domain.people import is_deliverable
from dkbm.accounts.domain.queries.functions import function_choices
from dkbm.accounts.enums import AGENCY
from dkbm.core.forms import NameField, RefusableForm, TextField
from dkbm.core.paths import page_path
from dkbm.municipalities.domain.queries.choices import municipality_choices
from dkbm.municipalities.models import Municipality

BY_FUNCTION = "passend"
NO_GROUP = "keine"


def deliverable(email: str) -> None:
    """Validator of addresses that we write to."""
    if not is_deliverable(email):
        raise ValidationError(
            _("An diese Adresse kann niemand schreiben. Bitte geben Sie eine dienstliche Adresse an.")
        )


PASSWORD_HELP = _(
    "Mindestens 10 Zeichen und nicht nur Ziffern. Nehmen Sie keins, das viele benutzen oder das Ihrem Namen oder Ihrer "
    "E-Mail-Adresse ähnelt."
)
"""What ``AUTH_PASSWORD_VALIDATORS`` ask, in two sentences instead of their four."""


class NameFields(forms.Form):
    first_name = NameField(
        label=_("Vorname"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = NameField(
        label=_("Nachname"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class PlaceFields(forms.Form):
    """Function and municipality; ``cleaned_data["municipality"]`` is a :class:`Municipality` or ``None``."""

    keeps_function = False
    """Whether the function of ``initial`` can be chosen though the network offers it no longer."""

    function = forms.ChoiceField(label=_("Funktion"))
    municipality = forms.ChoiceField(
        label=_("Kommune"),
        required=False,
        help_text=_("Die Kommune, für die Sie arbeiten. Nur wer zur Transferagentur gehört, lässt das Feld leer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("function", "") if self.keeps_function else ""
        self.fields["function"].choices = [("", gettext("Bitte wählen")), *function_choices(kept)]  # type: ignore[attr-defined]
        self.fields["municipality"].choices = [("", gettext("Bitte wählen")), *municipality_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        key = data.get("municipality")
        data["municipality"] = Municipality.objects.filter(pk=key).first() if key else None
        if not key and "municipality" not in self.errors and data.get("function") not in {None, "", AGENCY}:
            self.add_error("municipality", gettext("Bitte wählen Sie die Kommune, für die Sie arbeiten."))
        return data


class GroupField(forms.Form):
    """The group to join with the admission; ``cleaned_data["choice"]`` is its value or ''.

    "Passend zu meiner Funktion" is chosen by the server, so that it works without JavaScript. Without any
    group to offer the field is not there.
    """

    choice = forms.ChoiceField(label=_("Arbeitsgruppe"), required=False, initial=BY_FUNCTION)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = signup_choices.choices()
        if not offered:
            del self.fields["choice"]
            return
        field = self.fields["choice"]
        field.choices = [  # type: ignore[attr-defined]
            (BY_FUNCTION, gettext("Die Gruppe, die zu meiner Funktion passt")),
            *((value, f"{label} – {description}" if description else label) for value, label, description in offered),
            (NO_GROUP, gettext("Noch keine Gruppe")),
        ]
        field.help_text = gettext("Mit der Aufnahme sind Sie auch in dieser Gruppe. Weitere können später folgen.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        value = data.get("choice") or ""
        if "choice" in self.fields and value in {"", BY_FUNCTION}:
            value = signup_choices.suggest(data.get("function") or "") or ""
        data["choice"] = "" if value == NO_GROUP else value
        return data


class TermsField(forms.Form):
    terms = forms.BooleanField(
        label=_("Ich stimme den Nutzungsbedingungen zu"),
        error_messages={"required": _("Ohne Zustimmung zu den Nutzungsbedingungen ist die Teilnahme nicht möglich.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].help_text = format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            reverse("accounts:terms"),
            gettext("Nutzungsbedingungen lesen"),
            page_path("datenschutz"),
            gettext("Datenschutzerklärung"),
        )


class ReasonForm(RefusableForm):
    """A step that must be justified."""

    reason = TextField(
        label=_("Begründung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "data-char-count": ""})
    )

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
