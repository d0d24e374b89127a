"""What an operator says of a network that is to be founded."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.founding import NewNetwork
from dkbm.core.forms import LineField, MailField
from dkbm.tenancy.models import SHORT_NAME_LENGTH


class FoundingForm(forms.Form):
    name = LineField(
        label=_("Name"), max_length=200, help_text=_("Wie das Netzwerk heißt, zum Beispiel „Transferagentur Hessen“.")
    )
    short_name = LineField(
        label=_("Kurzer Name"),
        max_length=SHORT_NAME_LENGTH,
        help_text=_("Wo wenig Platz ist, zum Beispiel „Hessen“."),
    )
    slug = forms.SlugField(
        label=_("Kürzel"),
        max_length=50,
        help_text=_(
            "Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel „hessen“. Später lässt es sich nicht ändern."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    host = LineField(
        label=_("Adresse im Internet"),
        max_length=253,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    region = LineField(label=_("Gebiet"), max_length=500, required=False)
    claim = LineField(label=_("Leitsatz"), max_length=500, required=False, help_text=_("Ein Satz für die Startseite."))
    contact_email = MailField(
        label=_("E-Mail-Adresse der Transferagentur"),
        max_length=254,
        help_text=_("Steht im Impressum; Antworten auf E-Mails des Netzwerks gehen dorthin."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["host"].help_text = _(
            "Nur der Hostname, ohne https://. Bleibt das Feld leer, ist es das Kürzel vor „.%(domain)s“."
        ) % {"domain": settings.BASE_DOMAIN}

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()

    def new_network(self) -> NewNetwork:
        """Only for a valid form."""
        return NewNetwork(**self.cleaned_data)
