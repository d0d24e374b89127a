"""A person's own picture, which part of it is shown, and to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.enums import PortraitAudience
from dkbm.accounts.models import Portrait
from dkbm.core.forms import SquarePictureField
from dkbm.core.square_pictures import MIDDLE, Cut, cuts_of
from dkbm.core.whole_rows import WholeRowForm

ROWS = (_("oben"), _("Mitte"), _("unten"))
COLUMNS = (_("links"), _("Mitte"), _("rechts"))


class PortraitForm(WholeRowForm, forms.Form):
    """``portrait``: what there is already; the first picture has to be chosen, and cut afterwards."""

    picture = SquarePictureField(
        label=_("Bild"),
        help_text=_(
            "Ein Foto von Ihnen als JPEG, PNG oder WebP, höchstens 15 Megabyte. Ort, Zeit und was die Kamera sonst "
            "dazu schreibt, löschen wir."
        ),
    )
    cut = forms.ChoiceField(label=_("Ausschnitt"), widget=forms.RadioSelect, required=False)
    shown_to = forms.ChoiceField(
        label=_("Wer sieht das Bild?"),
        choices=PortraitAudience.choices,
        widget=forms.RadioSelect,
        initial=PortraitAudience.MEMBERS,
        help_text=_("Alle anderen sehen Ihre Initialen."),
    )

    def __init__(self, *args: Any, portrait: Portrait | None, **kwargs: Any) -> None:
        self.portrait = portrait
        present = {"cut": portrait.cut, "shown_to": portrait.shown_to} if portrait else None
        super().__init__(*args, present=present, **kwargs)
        if portrait is None:
            del self.fields["cut"]
            return
        self.fields["picture"].required = False
        self.fields["picture"].label = gettext("Anderes Bild")
        cuts = cuts_of(portrait.width, portrait.height)
        self.fields["cut"].choices = [(cut.key, label_of(cut, cuts)) for cut in cuts]  # type: ignore[attr-defined]

    @property
    def has_new_picture(self) -> bool:
        return self.cleaned_data["picture"] is not None

    @property
    def done(self) -> str:
        if self.has_new_picture:
            return gettext("Ihr Bild ist gespeichert. Wählen Sie jetzt den Ausschnitt, wenn die Mitte nicht passt.")
        return gettext("Ihr Bild ist gespeichert.")

    def values(self) -> dict[str, Any]:
        """Of ``save_portrait``."""
        data = self.cleaned_data
        kept = self.portrait.cut if self.portrait else MIDDLE
        return {"picture": data["picture"], "cut": data.get("cut") or kept, "shown_to": data["shown_to"]}


def label_of(cut: Cut, among: list[Cut]) -> str:
    """ "Näher, oben links"; of the largest ones, which lie in one line, the place in it."""
    if cut.is_near:
        place = f"{ROWS[cut.row]} {COLUMNS[cut.column]}" if (cut.row, cut.column) != (1, 1) else ROWS[1]
        return gettext("näher, %(place)s") % {"place": place}
    large = [each for each in among if not each.is_near]
    if len(large) == 1:
        return gettext("ganzes Bild")
    return str(ROWS[cut.row] if len({each.row for each in large}) > 1 else COLUMNS[cut.column])
