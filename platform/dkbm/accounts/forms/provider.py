"""Who runs the installation, as an operator types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.cms.domain.provider import ProviderDetails, usual_privacy
from dkbm.core.forms import LineField, MailField, TextField
from dkbm.core.whole_rows import WholeRowForm


class ProviderForm(WholeRowForm, forms.Form):
    name = LineField(
        label=_("Name"),
        max_length=200,
        help_text=_("Die Stelle oder Person, die diese Plattform betreibt. Steht am Fuß jeder Seite des Eingangs."),
    )
    address = TextField(
        label=_("Anschrift"),
        max_length=500,
        help_text=_("Straße, Hausnummer, Postleitzahl und Ort; kein Postfach."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    represented_by = LineField(
        label=_("Vertreten durch"), max_length=200, required=False, help_text=_("Bei Behörden, Vereinen und Firmen.")
    )
    email = MailField(label=_("E-Mail-Adresse"), max_length=254)
    phone = LineField(label=_("Telefon"), max_length=60, required=False)
    privacy = TextField(
        label=_("Datenschutz"),
        max_length=20_000,
        help_text=_(
            "Der Text der Seite „Datenschutz“. Unser Vorschlag gilt überall; ergänzen Sie, was bei Ihnen anders ist."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args: Any, present: dict[str, Any], **kwargs: Any) -> None:
        initial = {**present, "privacy": present["privacy"] or usual_privacy()}
        super().__init__(*args, present=present, initial=initial, **kwargs)

    def details(self) -> ProviderDetails:
        """Only for a valid form."""
        return ProviderDetails(**self.cleaned_data)
