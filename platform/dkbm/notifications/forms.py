"""What a member wishes to be mailed about, in the whole network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import RefusableForm
from dkbm.core.whole_rows import WholeRowForm
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.wishes import wishes_of
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind, optional_kinds

WANTED = {"ja": True, "nein": False, "": None}


class WishesForm(WholeRowForm, RefusableForm):
    """A field for each kind that may be switched off; what is wished for one group or topic goes before it."""

    def __init__(self, *args: Any, person: Recipient, **kwargs: Any) -> None:
        super().__init__(*args, row=person, **kwargs)
        wishes = wishes_of(person)
        present: dict[str, str] = {}
        self.kinds = {kind.key.replace(".", "-"): kind for kind in optional_kinds()}
        for name, kind in self.kinds.items():
            choices = _choices(kind)
            wished = {True: "ja", False: "nein", None: choices[0][0]}[wishes.get(kind.key)]
            present[name] = self.initial[name] = wished
            self.fields[name] = forms.ChoiceField(
                label=kind.label, choices=choices, required=False, widget=forms.RadioSelect
            )
        self.stands(present)

    def wishes(self) -> dict[str, bool | None]:
        """Kind -> wanted, ``None`` for whatever is usual; only for a valid form."""
        return {kind.key: WANTED[self.cleaned_data[name]] for name, kind in self.kinds.items()}


def _choices(kind: Kind) -> list[tuple[str, Any]]:
    """What holds without a wish stands first."""
    always, never = ("ja", _("jedes Mal eine E-Mail")), ("nein", _("keine E-Mail"))
    if not kind.quiet:
        return [("ja", _("Benachrichtigung und E-Mail")), ("nein", _("weder Benachrichtigung noch E-Mail"))]
    if kind.scope == Scope.NETWORK:
        return [never, always]
    return [("", _("eine E-Mail nur in Gruppen, in denen ich ein Amt habe")), always, never]
