"""The registration form, built from the event's questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dkbm.accounts.models import Profile
from dkbm.core.forms import LineField, RefusableForm, TextField
from dkbm.core.whole_rows import WholeRowForm
from dkbm.events.domain.mails import clock
from dkbm.events.domain.queries.programme import with_taken
from dkbm.events.domain.registration import Answers
from dkbm.events.enums import QuestionType
from dkbm.events.models import Event, ProgrammeItem, Registration
from dkbm.events.questions import CONSENTS, MUNICIPALITIES, Question, parse
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network

MAX_TEXT = 1000


class SeatSelect(forms.RadioSelect):
    """Workshops as radio buttons; full ones are shown, but cannot be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, label: Any, selected: bool, *args: Any, **kwargs: Any) -> Any:
        blocked = str(value) in self.full
        option = super().create_option(name, value, label, selected and not blocked, *args, **kwargs)
        if blocked:
            option["attrs"]["disabled"] = True
        return option


class WorkshopField(forms.ChoiceField):
    """``held``: ids of items in which one has a seat already. ``wishes``: one is to wait, so full ones may be named."""

    widget = SeatSelect

    def __init__(self, *, items: list[ProgrammeItem], held: set[int], wishes: bool, required: bool, **kwargs: Any):
        full = {item.slug: item for item in items if not wishes and _left(item) == 0 and item.pk not in held}
        self.full = full
        all_full = len(full) == len(items)
        choices = [(item.slug, _choice_label(item, wishes)) for item in items]
        if not required or wishes or all_full:
            required = False
            choices.append(("", _("keine Werkstatt in dieser Zeit")))
        if all_full and not wishes:
            kwargs["help_text"] = _(
                "Alle Werkstätten dieser Zeit sind ausgebucht. Sie können ohne Werkstatt teilnehmen."
            )
        super().__init__(choices=choices, required=required, **kwargs)
        self.widget.full = frozenset(full)
        if not required:
            self.initial = ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value in self.full:
            raise forms.ValidationError(
                _("„%(title)s“ ist inzwischen ausgebucht. Bitte wählen Sie eine andere Werkstatt."),
                params={"title": self.full[value].title},
            )


class RegistrationForm(WholeRowForm, RefusableForm):
    """``registration``: the one to change, or ``None``. ``wishes``: the event is full, the person will wait."""

    def __init__(
        self,
        data: Any = None,
        *,
        event: Event,
        profile: Profile | None,
        registration: Registration | None = None,
        wishes: bool = False,
    ) -> None:
        super().__init__(data, row=event)
        self.questions = parse(event.questions)
        self.profile, self.registration, self.wishes = profile, registration, wishes
        self.held = set(registration.seats.values_list("item_id", flat=True)) if registration else set()
        items = list(with_taken(event.programme.all())) if any(question.slot for question in self.questions) else []
        for question in self.questions:
            field = self._field(question, [item for item in items if item.slot == question.slot])
            if field is not None:
                self.fields[question.key] = field
        self.initial = self._initial(items)
        # Sent from two windows, the second one changes what the first one has made.
        self.stands({name: self.initial.get(name) for name in self.fields} if registration else None)

    def _field(self, question: Question, items: list[ProgrammeItem]) -> forms.Field | None:
        common: dict[str, Any] = {"label": question.label, "required": question.required}
        if question.slot:
            return WorkshopField(items=items, held=self.held, wishes=self.wishes, **common) if items else None
        if question.options_from == MUNICIPALITIES:
            return self._municipality_field(common)
        options = [(option, option) for option in question.options]
        match question.type:
            case QuestionType.SINGLE:
                blank = [] if question.required else [("", _("keine Angabe"))]
                return forms.ChoiceField(choices=[*options, *blank], widget=forms.RadioSelect, **common)
            case QuestionType.MULTI:
                return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
            case QuestionType.BOOL:
                return forms.BooleanField(**common)
        if question.key == "function":
            return LineField(max_length=200, **common)
        return TextField(max_length=MAX_TEXT, widget=forms.Textarea({"rows": 3}), **common)

    def _municipality_field(self, common: dict[str, Any]) -> forms.Field:
        """The agency's own staff belongs to no municipality and need not name one."""
        agency = self.profile is not None and self.profile.function.is_agency
        empty = _("keine (Transferagentur)") if agency else gettext_lazy("Bitte wählen")
        field = forms.ModelChoiceField(self._municipalities(), empty_label=empty, **common)
        field.required = common["required"] and not agency
        return field

    def _municipalities(self) -> QuerySet[Municipality]:
        """Those that the network looks after, and one's own; all of them where the register names none."""
        own = self.profile.municipality_id if self.profile else None
        near = Municipality.objects.filter(Q(network_slug=require_network().slug) | Q(pk=own))
        return near if near.exists() else Municipality.objects.all()

    def _initial(self, items: list[ProgrammeItem]) -> dict[str, Any]:
        row = self.registration
        if row is None:
            known = self.profile
            return {
                "function": known.function_label if known else "",
                "municipality": known.municipality_id if known else None,
            }
        seats = {item.slot: item.slug for item in items if item.pk in self.held}
        wanted = {question.key: seats.get(question.slot, "") for question in self.questions if question.slot}
        return {
            **row.answers,
            **(wanted if row.is_registered else {}),
            "function": row.function,
            "municipality": row.municipality_id,
            "list_consent": row.list_consent_at is not None,
            "photo_consent": row.photo_consent_at is not None,
        }

    def key_of_slot(self, slot: str) -> str | None:
        """The field that asks for this slot."""
        return next((each.key for each in self.questions if each.slot == slot and each.key in self.fields), None)

    def answers(self) -> Answers:
        """What was typed, for the domain function; only for a valid form."""
        values = self.cleaned_data
        workshops = {each.slot: values[each.key] for each in self.questions if each.slot and values.get(each.key)}
        own = {"function", "municipality", *CONSENTS}
        other = {
            each.key: getattr(values[each.key], "name", values[each.key])
            for each in self.questions
            if each.key in values and not each.slot and each.key not in own
        }
        profile = self.profile
        return Answers(
            function=values.get("function", profile.function_label if profile else ""),
            municipality=values.get("municipality", profile.municipality if profile else None),
            workshops=workshops,
            other={key: value for key, value in other.items() if value not in ("", None, [])},
            list_consent=bool(values.get("list_consent")),
            photo_consent=bool(values.get("photo_consent")),
        )


def _left(item: ProgrammeItem) -> int | None:
    """Free seats of an item from :func:`with_taken`, ``None`` without a limit."""
    return None if item.capacity is None else max(item.capacity - item.taken, 0)  # type: ignore[attr-defined]


def _choice_label(item: ProgrammeItem, wishes: bool) -> str:
    left = _left(item)
    if left is None:
        seats = ""
    elif left == 0:
        seats = _("ausgebucht")
    else:
        seats = ngettext("noch %(left)s Platz", "noch %(left)s Plätze", left) % {"left": left}
    return ", ".join(part for part in (item.title, f"{clock(item)} Uhr", item.room, seats) if part)
