"""What anybody writes to the network."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField, MailField, NameField, counted_text_field

SUBJECT_LENGTH = 150


class ContactForm(forms.Form):
    name = NameField(label=_("Ihr Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = MailField(label=_("Ihre E-Mail-Adresse"), max_length=254, help_text=_("Dorthin geht die Antwort."))
    subject = LineField(label=_("Worum geht es?"), max_length=SUBJECT_LENGTH)
    text = counted_text_field(_("Nachricht"), length=5000, rows=8)
