"""Forms of groups. What a person typed comes back with the error beside its field."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import (
    MARKS_HELP,
    ComposerTextarea,
    DayField,
    LineField,
    RefusableForm,
    TextField,
    counted_text_field,
)
from dkbm.core.text import one_line
from dkbm.core.whole_rows import WholeRowForm
from dkbm.notifications.domain.wishes import level_choices
from dkbm.notifications.enums import Level
from dkbm.notifications.selections import Offer
from dkbm.search.text import names
from workgroups.domain.announcements import checked_subject, checked_text
from workgroups.enums import AG_OFFICES, NAME_LENGTH, TEXT_LENGTH, Office
from workgroups.errors import GroupRefusal
from workgroups.models.announcements import SUBJECT_LENGTH

MESSAGE_LENGTH = 1_000


text_field = partial(counted_text_field, length=TEXT_LENGTH)


class MailsForm(RefusableForm):
    """``usual``: how members of the network are told who choose nothing."""

    mails = forms.ChoiceField(label=_("E-Mails aus dieser Gruppe"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, usual: Level, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mails"].choices = level_choices(usual)  # type: ignore[attr-defined]

    @property
    def level(self) -> Level | None:
        """What was chosen; only for a valid form."""
        chosen = self.cleaned_data["mails"]
        return Level(chosen) if chosen else None


class JoinForm(MailsForm):
    message = text_field(
        _("Nachricht"),
        length=MESSAGE_LENGTH,
        required=False,
        help_text=_("Freiwillig: Woran arbeiten Sie, was suchen Sie in der Gruppe?"),
    )

    field_order = ["message", "mails"]

    def __init__(self, *args: Any, at_once: bool = False, **kwargs: Any) -> None:
        """``at_once``: nobody is asked, so there is nobody to write to."""
        super().__init__(*args, **kwargs)
        if at_once:
            del self.fields["message"]


class GroupMailsForm(WholeRowForm, MailsForm):
    """How a member is told of what happens in one group. ``present``: ``mails``, what they chose."""


class MailTextsForm(WholeRowForm, RefusableForm):
    mails_link_only = forms.BooleanField(
        label=_("E-Mails enthalten nur den Link"),
        required=False,
        help_text=_("Was im Forum der Gruppe geschrieben wird, steht dann nur auf der Plattform, nicht in der E-Mail."),
    )


class RefuseForm(RefusableForm):
    reason = text_field(
        _("Grund"), length=MESSAGE_LENGTH, help_text=_("Steht in der E-Mail an die Person und auf ihrer Seite.")
    )


class SubgroupForm(RefusableForm):
    name = LineField(label=_("Titel"), max_length=120, help_text=_("Kurz: Er steht in Listen und im Forum."))
    question = text_field(_("Frage"), help_text=_("Welche aktuelle Frage wollen Sie gemeinsam beantworten?"))
    expected_result = text_field(
        _("Erwartetes Ergebnis"), help_text=_("Zum Beispiel ein Papier, ein Beschluss oder ein Beispiel guter Praxis.")
    )
    until = DayField(label=_("Geplant bis"), required=False)


class EditSubgroupForm(WholeRowForm, SubgroupForm):
    """``present``: what the group says now, by the names of the fields. What it has never said it need not say."""

    MAY_STAY_EMPTY = ("question", "expected_result")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.MAY_STAY_EMPTY:
            self.fields[name].required = bool((self.present or {}).get(name))


class CloseForm(RefusableForm):
    result = text_field(_("Ergebnis"), help_text=_("Was ist herausgekommen, und wo findet man es?"), rows=6)


class PersonChoice(forms.ModelChoiceField):
    """A member of the group; ``cards`` say who somebody is."""

    cards: dict[Any, Any] = {}

    def label_from_instance(self, obj: Any) -> str:
        card = self.cards.get(obj.pk)
        return f"{card.name} – {card.line}" if card and card.line else str(obj.display_name)


class PeopleChoice(forms.ModelMultipleChoiceField):
    cards: dict[Any, Any] = {}

    def label_from_instance(self, obj: Any) -> str:
        card = self.cards.get(obj.pk)
        return f"{card.name} – {card.line}" if card and card.line else str(obj.display_name)


class AmongPeople(forms.BaseForm):
    """Mixed into a form. ``people``: whom one may choose in its fields, ``cards``: what is shown of them."""

    def __init__(self, *args: Any, people: Any, cards: dict[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PersonChoice | PeopleChoice):
                field.queryset, field.cards = people, cards


class OfficesForm(AmongPeople, WholeRowForm, RefusableForm):
    """Speaker and deputy of an AG, and its further seats in the concept group where there is one."""

    speaker = PersonChoice(queryset=None, required=False, label=Office.SPEAKER.label, empty_label=_("nicht besetzt"))
    deputy = PersonChoice(queryset=None, required=False, label=Office.DEPUTY.label, empty_label=_("nicht besetzt"))
    further = PeopleChoice(
        queryset=None,
        required=False,
        label=_("Weitere Mitglieder in der Konzeptgruppe"),
        help_text=_("Höchstens drei. Wer das Sprecheramt oder die Stellvertretung hat, gehört ihr ohnehin an."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, with_seats: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_seats:
            del self.fields["further"]

    def holders(self) -> dict[str, Any]:
        return {office: self.cleaned_data[office] for office in AG_OFFICES}


class LeadForm(AmongPeople, WholeRowForm, RefusableForm):
    lead = PersonChoice(queryset=None, label=_("Neue Leitung"))

    def clean_lead(self) -> Any:
        chosen = self.cleaned_data["lead"]
        if self.present and chosen.pk == self.present["lead"]:
            raise forms.ValidationError(_("%(name)s leitet die Gruppe schon.") % {"name": chosen.display_name})
        return chosen

    def holders(self) -> dict[str, Any]:
        return {Office.LEAD.value: self.cleaned_data["lead"]}


class WorkgroupForm(WholeRowForm, RefusableForm):
    """What an AG says about itself, to everybody."""

    name = LineField(label=_("Name"), max_length=NAME_LENGTH, help_text=_("Ohne „AG“ und Nummer."))
    number = forms.IntegerField(
        label=_("Nummer"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Freiwillig. Mit der Nummer 4 heißt die Gruppe „AG 4“."),
    )
    question = text_field(
        _("Leitfrage"), required=False, help_text=_("Woran arbeitet die Gruppe? Ein Satz genügt."), rows=2
    )
    description = text_field(
        _("Beschreibung"),
        required=False,
        help_text=_("Für wen ist die Gruppe da, was tut sie? Steht in der Liste der Gruppen und auf ihrer Seite."),
    )
    expected_result = text_field(
        _("Erwartetes Ergebnis"), required=False, help_text=_("Was soll am Ende vorliegen?"), rows=3
    )
    member_functions = forms.MultipleChoiceField(
        label=_("Für diese Funktionen"),
        required=False,
        help_text=_("Wer eine davon hat, bekommt die Gruppe beim Registrieren vorgeschlagen."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, functions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_functions"].choices = functions  # type: ignore[attr-defined]


class FoundWorkgroupForm(AmongPeople, WorkgroupForm):
    speaker = PersonChoice(
        queryset=None,
        required=False,
        label=Office.SPEAKER.label,
        empty_label=_("noch nicht besetzt"),
        help_text=_(
            "Freiwillig: ein Mitglied des Netzwerks. Es erhält eine E-Mail und kann weitere Mitglieder aufnehmen."
        ),
    )


class AddMemberForm(AmongPeople, RefusableForm):
    person = PersonChoice(queryset=None, label=_("Mitglied des Netzwerks"), empty_label=_("Bitte wählen"))


class InviteForm(AmongPeople, RefusableForm):
    """A long list is narrowed on the server, so without scripts: see :meth:`narrowed`."""

    NARROW = "eingrenzen"
    SHORT = 10
    """People of whom one sees at once who they are."""

    part = LineField(
        label=_("Liste eingrenzen"),
        max_length=100,
        required=False,
        help_text=_("Ein Teil von Name, Kommune oder Funktion. Wer angekreuzt ist, bleibt in der Liste."),
    )
    people = PeopleChoice(queryset=None, label=_("Wen möchten Sie einladen?"), widget=forms.CheckboxSelectMultiple)
    message = text_field(
        _("Nachricht"),
        length=MESSAGE_LENGTH,
        required=False,
        help_text=_("Freiwillig: Steht in der E-Mail. Worum geht es, und wann treffen Sie sich?"),
    )

    def __init__(self, *args: Any, cards: dict[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, cards=cards, **kwargs)
        if len(cards) <= self.SHORT:
            del self.fields["part"]

    def narrowed(self) -> InviteForm:
        """To go on with: whom ``part`` names, and whoever is ticked already. Nothing typed is lost or sent."""
        people, part = cast(PeopleChoice, self.fields["people"]), one_line(self.data.get("part", ""))
        ticked = [pk for pk in people.cards if str(pk) in self.data.getlist("people")]  # type: ignore[attr-defined]
        named = [pk for pk, card in people.cards.items() if names(part, f"{card.name} {card.line}")]
        initial = {"part": part, "people": ticked, "message": self.data.get("message", "")}
        shown = people.queryset.filter(pk__in={*ticked, *named})  # type: ignore[union-attr]
        form = InviteForm(initial=initial, people=shown, cards=people.cards)
        if not named:
            form.fields["people"].help_text = _("„%(part)s“ kommt bei niemandem vor.") % {"part": part}
        return form


class RemoveForm(RefusableForm):
    reason = text_field(_("Grund"), length=MESSAGE_LENGTH, help_text=_("Steht in der E-Mail an die Person."))


class ArchiveForm(WholeRowForm, RefusableForm):
    result = text_field(
        _("Ergebnis"),
        required=False,
        help_text=_("Freiwillig: Was hat die Gruppe erreicht? Steht für alle sichtbar auf ihrer Seite."),
        rows=6,
    )


class AnnouncementForm(RefusableForm):
    """What is written to many. ``offers``: whom one can choose. ``client_key`` is made with the form: sent twice, it
    goes out once. A button says which step it is: looking at it, going back to writing, sending."""

    BACK, SEND = "zurueck", "senden"

    selection = forms.ChoiceField(
        label=_("An wen?"),
        help_text=_("Wer das genau ist, sehen Sie, bevor Sie senden."),
        error_messages={
            "required": _("Bitte wählen Sie, an wen Sie schreiben."),
            "invalid_choice": _("Diese Auswahl gibt es hier nicht. Bitte wählen Sie eine andere."),
        },
    )
    subject = LineField(
        label=_("Betreff"),
        error_messages={"required": _("Bitte geben Sie einen Betreff an.")},
        widget=forms.TextInput({"maxlength": SUBJECT_LENGTH, "data-char-count": ""}),
    )
    text = TextField(
        label=_("Text"), help_text=MARKS_HELP, error_messages={"required": _("Bitte schreiben Sie einen Text.")}
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offers: list[Offer], draft: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offers, self._draft = offers, draft
        choices = [(each.label, [(choice.key, choice.label) for choice in each.choices]) for each in offers]
        self.fields["selection"].choices = choices  # type: ignore[attr-defined]
        self.fields["text"].widget = ComposerTextarea(
            draft, {"maxlength": TEXT_LENGTH, "data-char-count": "", "rows": 10}
        )
        self.fields["client_key"].initial = uuid.uuid4

    def clean_subject(self) -> str:
        return self._checked(checked_subject, self.cleaned_data["subject"])

    def clean_text(self) -> str:
        return self._checked(checked_text, self.cleaned_data["text"])

    @staticmethod
    def _checked(check: Callable[[str], str], value: str) -> str:
        try:
            return check(value)
        except GroupRefusal as refusal:
            raise forms.ValidationError(refusal.reason) from None

    @property
    def goes_back(self) -> bool:
        return self.BACK in self.data

    @property
    def is_sent(self) -> bool:
        return self.SEND in self.data

    def again(self) -> AnnouncementForm:
        """To go on writing, with all that was typed."""
        typed = {name: self.data[name] for name in self.fields if name in self.data}
        return AnnouncementForm(initial=typed, offers=self._offers, draft=self._draft)
