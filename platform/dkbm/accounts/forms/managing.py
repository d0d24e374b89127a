"""Forms of managers and operators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.roles import grant_role, revoke_role
from dkbm.accounts.models import Function
from dkbm.accounts.rules import NETWORK_ROLES
from dkbm.core.forms import LineField, MailField, RefusableForm
from dkbm.core.whole_rows import WholeRowForm
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor

from .fields import ReasonForm, deliverable


class RoleForm(ReasonForm):
    """Give or take one role; managers and operators have the same form."""

    field_order = ["step", "role", "reason"]
    step = forms.ChoiceField(
        label=_("Was soll geschehen?"),
        choices=[("grant", _("Rolle geben")), ("revoke", _("Rolle entziehen"))],
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=_("Rolle"), choices=[(role.value, role.label) for role in NETWORK_ROLES], widget=forms.RadioSelect
    )

    def save(self, *, membership: Membership, visitor: Visitor) -> None:
        """Raises ``NotAllowed``."""
        data = self.cleaned_data
        change = grant_role if data["step"] == "grant" else revoke_role
        change(membership=membership, role=data["role"], visitor=visitor, reason=data["reason"])


class TrustedDomainForm(forms.Form):
    domain = LineField(
        label=_("Domain"),
        max_length=253,
        help_text=_("Der Teil der Adresse hinter dem @, zum Beispiel landkreis-musterland.de."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class WaitingNoteForm(WholeRowForm, forms.Form):
    note = LineField(
        label=_("Hinweis"),
        max_length=200,
        required=False,
        help_text=_(
            "Zum Beispiel „Wir melden uns meist innerhalb einer Woche.“ Ist das Feld leer, versprechen wir nichts."
        ),
    )


class FunctionForm(RefusableForm):
    label = LineField(
        label=_("Bezeichnung"),
        max_length=200,
        help_text=_("So, wie sie in Listen und neben Namen stehen soll, zum Beispiel „Ehrenamtskoordination“."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class EditFunctionForm(WholeRowForm, FunctionForm):
    """``last``: the number of functions in the list."""

    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.IntegerField(
            label=_("Platz in der Liste"),
            min_value=1,
            max_value=last,
            help_text=_("1 steht ganz oben, %(last)s ganz unten.") % {"last": last},
        )


class MergeFunctionForm(RefusableForm):
    """``others``: the functions that may take the place."""

    into: forms.ModelChoiceField[Function] = forms.ModelChoiceField(
        queryset=None,
        label=_("Zusammenführen mit"),
        empty_label=_("Bitte wählen"),
        help_text=_("Alle mit der bisherigen Funktion haben danach diese."),
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class AppointForm(ReasonForm):
    field_order = ["email", "reason"]
    email = MailField(label=_("E-Mail-Adresse"), max_length=254, validators=[deliverable])
