"""The form of an event and of the lines of its programme; lines are added by a button, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import partial
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import DayField, LineField, RefusableForm, TimeInput, WebAddressField, counted_text_field
from dkbm.core.views import number_from
from dkbm.core.whole_rows import ChangedSince, WholeRowForm
from dkbm.events import rules
from dkbm.events.domain.editing import EventData
from dkbm.events.domain.programme import ItemData
from dkbm.events.enums import EventKind, ItemKind, Visibility
from dkbm.events.errors import EventRefused
from dkbm.events.models import Event, ProgrammeItem
from dkbm.tenancy.groups import group_names, organised_groups
from dkbm.tenancy.visitor import Visitor

TEXT_LENGTH = 5_000
MOST_SEATS = 10_000
MOST_ITEMS = 60
validate_slug = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Bitte nur Kleinbuchstaben, Ziffern und einzelne Bindestriche.")
)


text_field = partial(counted_text_field, length=TEXT_LENGTH, required=False)


def seats_field(help_text: Any) -> Any:
    return forms.IntegerField(label=_("Plätze"), required=False, min_value=1, max_value=MOST_SEATS, help_text=help_text)


class EventForm(WholeRowForm, RefusableForm):
    title = LineField(label=_("Titel"), max_length=250)
    slug = LineField(
        label=_("Kürzel"),
        required=False,
        max_length=80,
        validators=[validate_slug],
        help_text=_(
            "Das Ende der Internetadresse. Später lässt es sich nicht ändern. Wenn Sie nichts "
            "eintragen, wird es aus dem Titel gebildet."
        ),
    )
    kind = forms.ChoiceField(label=_("Art"), choices=[("", _("Bitte wählen")), *EventKind.choices])
    group_id = forms.TypedChoiceField(
        label=_("Gruppe"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Wer trifft sich? Der Termin steht auch auf der Seite der Gruppe."),
    )
    visibility = forms.ChoiceField(
        label=_("Wer sieht den Termin?"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    theme = LineField(label=_("Schwerpunkt"), required=False, max_length=300)
    first_day = DayField(label=_("Datum"))
    last_day = DayField(label=_("Letzter Tag"), required=False, help_text=_("Nur bei mehreren Tagen."))
    starts = forms.TimeField(label=_("Beginn"), required=False, widget=TimeInput())
    ends = forms.TimeField(label=_("Ende"), required=False, widget=TimeInput())
    venue = LineField(label=_("Tagungsstätte"), required=False, max_length=200)
    place = LineField(
        label=_("Ort"), required=False, max_length=200, help_text=_("Bei einer Videokonferenz: „online“.")
    )
    online_url = WebAddressField(
        label=_("Link zur Videokonferenz"),
        required=False,
        max_length=500,
        help_text=_(
            "Den Link sehen nur Angemeldete. Gibt es keine Anmeldung, sehen ihn alle Mitglieder, die den Termin sehen."
        ),
    )
    summary = text_field(_("Beschreibung"), rows=6)
    registration_opens = DayField(label=_("Anmeldung ab"), required=False)
    registration_closes = DayField(
        label=_("Anmeldung bis"),
        required=False,
        help_text=_(
            "Ein Tag genügt, damit man sich hier anmelden kann. Sind beide Felder leer, gibt es keine Anmeldung."
        ),
    )
    capacity = seats_field(_("Wenn Sie nichts eintragen, ist die Zahl nicht begrenzt."))
    waiting_list = forms.BooleanField(label=_("Warteliste, wenn alle Plätze vergeben sind"), required=False)

    def __init__(self, *args: Any, visitor: Visitor, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edits = bool(rules.may_edit(visitor))
        if event is not None or not edits:
            del self.fields["slug"]
        groups = _groups_for(visitor, event)
        self._offer_groups(groups, none=edits)
        if not any(rules.may_read_group(visitor, group_id) for group_id, _title in groups):
            self._withhold(Visibility.GROUP)
        if not edits and (event is None or event.visibility != Visibility.PUBLIC):
            self._withhold(Visibility.PUBLIC)

    def _offer_groups(self, groups: list[tuple[int, str]], *, none: bool) -> None:
        """``none``: the event may also be the whole network's."""
        if not groups:
            del self.fields["group_id"]
            return
        field: Any = self.fields["group_id"]
        field.choices = [*([("", _("keine, Termin des Netzwerks"))] if none else []), *groups]

    def _withhold(self, visibility: Visibility) -> None:
        field: Any = self.fields["visibility"]
        field.choices = [choice for choice in field.choices if choice[0] != visibility]

    @staticmethod
    def values_for_group(group_id: int) -> dict[str, Any]:
        """What a new event begins with, when one comes from the page of a group."""
        return {"group_id": group_id, "visibility": Visibility.GROUP, "kind": EventKind.AG_TREFFEN}

    @staticmethod
    def values_of(event: Event) -> dict[str, Any]:
        values = {each.name: getattr(event, each.name) for each in fields(EventData)}
        return {**values, "last_day": event.last_day if event.last_day != event.first_day else None}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first, starts, ends = values.get("first_day"), values.get("starts"), values.get("ends")
        last = values.get("last_day") or first
        opens, closes = values.get("registration_opens"), values.get("registration_closes")
        if first and last and last < first:
            self.add_error("last_day", _("Der letzte Tag liegt vor dem ersten."))
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", _("Bitte nennen Sie auch den Beginn."))
        if starts and ends and first == last and ends <= starts:
            self.add_error("ends", _("Das Ende liegt vor dem Beginn."))
        if opens and closes and closes < opens:
            self.add_error("registration_closes", _("Die Anmeldung endet, bevor sie beginnt."))
        if last and closes and closes > last:
            self.add_error("registration_closes", _("Die Anmeldung endet spätestens am Tag der Veranstaltung."))
        return {**values, "last_day": last}

    def data_for_domain(self) -> EventData:
        """Only for a valid form."""
        asked = [each.name for each in fields(EventData) if each.name in self.fields]
        return EventData(**{name: self.cleaned_data[name] for name in asked})


def _groups_for(visitor: Visitor, event: Event | None) -> list[tuple[int, str]]:
    """Groups whose meetings the visitor arranges, and the one that the event has already."""
    groups = {group.id: group.title for group in organised_groups(visitor)}
    present = event and event.group_id
    if present and present not in groups:
        names = group_names(visitor, [present])
        groups[present] = names[present].title if present in names else str(_("bisherige Gruppe"))
    return list(groups.items())


class ItemForm(WholeRowForm, RefusableForm):
    """One line of the programme. A new line that stays empty is no line.

    ``is_gone``: somebody else has taken the item out of the programme since; what was changed in it stays as a new one.
    """

    is_gone = False

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Art"), choices=ItemKind.choices, initial=ItemKind.WORKSHOP)
    starts = forms.TimeField(label=_("Beginn"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ende"), widget=TimeInput())
    title = LineField(label=_("Titel"), max_length=250)
    summary = text_field(_("Beschreibung"), rows=2)
    room = LineField(label=_("Raum"), required=False, max_length=100)
    capacity = seats_field(_("Nur für Werkstätten. Wenn Sie nichts eintragen, ist die Zahl nicht begrenzt."))
    remove = forms.BooleanField(label=_("Dieser Programmpunkt entfällt"), required=False)

    @staticmethod
    def values_of(item: ProgrammeItem) -> dict[str, Any]:
        return {name: getattr(item, name) for name in ItemForm.base_fields if name != "remove"}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Das Ende liegt vor dem Beginn."))
        return values

    def full_clean(self) -> None:
        """What is to go need not be right; a new line that is to go is none."""
        if self.is_bound and self.is_gone:
            self._taken_over = {self["id"].html_name: "", self["remove"].html_name: self.is_untouched}
            self.is_overtaken = True
        super().full_clean()
        if self.is_gone:
            self.add_error(
                None,
                _("Diesen Programmpunkt gibt es nicht mehr. Wenn Sie unten kein Häkchen setzen, wird er neu angelegt."),
            )
        if self.is_bound and self["remove"].data and not self.is_overtaken:
            self._errors = forms.utils.ErrorDict()
            known = self.cleaned_data.get("id")
            self.cleaned_data = {**dict.fromkeys(self.fields), "id": known, "remove": True} if known else {}


class EventPage:
    """The event's form with the lines of its programme, drawn and read together.

    ``data``: what was sent, or ``None``; ``more``: draw it again with one empty line, nothing typed is lost and
    nothing is called wrong yet; ``group_id``: of the group from whose page one comes; ``refused``: it is shown with
    what was sent, and nothing of the event.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        visitor: Visitor,
        event: Event | None = None,
        group_id: int | None = None,
        more: bool = False,
        changed_since: ChangedSince | None = None,
        refused: bool = False,
    ) -> None:
        self.changed_since, self.refused = changed_since, refused
        items: list[ProgrammeItem] = list(event.programme.all()) if event is not None and not refused else []
        count = _count(data) if data is not None else len(items) or 1
        read = data if data is not None and not more else None
        present = EventForm.values_of(event) if event and not refused else None
        begins = EventForm.values_for_group(group_id) if group_id and not event else present
        self.form = EventForm(
            read,
            visitor=visitor,
            event=event,
            row=event,
            present=present,
            initial=begins,
            changed_since=changed_since,
        )
        self.items = [self._line(read, n, data, items) for n in range(min(count + more, MOST_ITEMS))]
        if more:
            for form in self.forms:
                form.initial = {
                    name: data.get(form.add_prefix(name)) for name in form.fields if form.add_prefix(name) in data
                }

    def _line(self, read: Any, number: int, data: Any, items: list[ProgrammeItem]) -> ItemForm:
        """Of the item that the line names, when it is sent, else of the one in this place."""
        prefix = f"punkt-{number}"
        named = None
        if data is None:
            item = items[number] if number < len(items) else None
        else:
            named = number_from(data.get(f"{prefix}-id"))
            item = next((each for each in items if each.pk == named), None)
        form = ItemForm(
            read,
            prefix=prefix,
            empty_permitted=item is None or data is not None,
            use_required_attribute=False,
            row=item or (ProgrammeItem(pk=named) if named else None),  # it may be gone
            present=ItemForm.values_of(item) if item else None,
            initial=ItemForm.values_of(item) if item and data is None else None,
            changed_since=self.changed_since,
        )
        form.is_gone = item is None and data is not None and bool(named) and not self.refused
        return form

    @property
    def forms(self) -> Iterable[forms.Form]:
        return [self.form, *self.items]

    @property
    def full(self) -> bool:
        return len(self.items) >= MOST_ITEMS

    @property
    def wrong_items(self) -> list[int]:
        """Numbers of the lines with an error, counted from 1."""
        return [n for n, form in enumerate(self.items, start=1) if form.is_bound and form.errors]

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.forms)

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def rows(self) -> list[ItemData]:
        """The filled lines, for the domain function; only when everything is valid."""
        names = [each.name for each in fields(ItemData) if each.name != "row"]
        return [
            ItemData(row=n, **{name: form.cleaned_data[name] for name in names})
            for n, form in enumerate(self.items)
            if form.has_changed() and form.cleaned_data
        ]

    def add_refusal(self, refusal: EventRefused) -> None:
        """The sentence of the domain function beside the field that it names."""
        form = self.form if refusal.row is None else self.items[refusal.row]
        form.refuse(refusal)


def _count(data: Any) -> int:
    """So many lines were sent; nonsense counts as none."""
    return min(number_from(data.get("punkte")), MOST_ITEMS)


class CallOffForm(RefusableForm):
    reason = text_field(_("Grund"), help_text=_("Steht auf der Seite und in der E-Mail an alle Angemeldeten."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
