"""Forms of managers and operators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.rules import NETWORK_ROLES

from .fields import ReasonForm, deliverable


class RoleForm(ReasonForm):
    """Give or take one role."""

    field_order = ["step", "role", "reason"]
    step = forms.ChoiceField(
        label=_("Schritt"),
        choices=[("grant", _("Rolle geben")), ("revoke", _("Rolle entziehen"))],
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=_("Rolle"), choices=[(role.value, role.label) for role in NETWORK_ROLES], widget=forms.RadioSelect
    )


class TrustedDomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Domain"),
        max_length=253,
        help_text=_("Der Teil der Adresse hinter dem @, zum Beispiel landkreis-musterland.de."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class AppointForm(ReasonForm):
    field_order = ["email", "reason"]
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254, validators=[deliverable])
