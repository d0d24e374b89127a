"""What one member writes to another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.models import Person
from dkbm.core.forms import DraftTextarea, LineField, RefusableForm, TextField

LONGEST = 5000


class MessageForm(RefusableForm):
    """``sender``: whose address may be shown. ``draft``: the key by which the browser keeps what is typed."""

    subject = LineField(label=_("Betreff"), max_length=150)
    text = TextField(
        label=_("Nachricht"),
        max_length=LONGEST,
        error_messages={"max_length": _("Bitte höchstens %(limit_value)d Zeichen. Ihr Text hat %(show_value)d.")},
    )
    shows_address = forms.BooleanField(
        required=False,
        label=_("Meine E-Mail-Adresse mitschicken"),
        help_text=_("Dann gehen Antworten direkt an Sie. Sonst antwortet man Ihnen über Ihre Seite im Netzwerk."),
    )

    def __init__(self, *args: Any, sender: Person, draft: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.widget = DraftTextarea(draft, {"data-char-count": "", "maxlength": str(LONGEST)})
        self.fields["shows_address"].label = gettext("Meine E-Mail-Adresse %(email)s mitschicken") % {
            "email": sender.email
        }
