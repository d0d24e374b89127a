"""A form that two people have opened: what the second one sends is compared with the row as it is by then."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.http import QueryDict

from dkbm.core.whole_rows import OPENED, Changers, WholeRowForm, plain_value, readable_value


class MeetingForm(WholeRowForm, forms.Form):
    venue = forms.CharField(label="Tagungsstätte", required=False)
    summary = forms.CharField(label="Beschreibung", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Tag", required=False)
    seats = forms.IntegerField(label="Plätze", required=False)
    online = forms.BooleanField(label="Online", required=False)
    kinds = forms.MultipleChoiceField(label="Arten", choices=[("a", "Ah"), ("b", "Beh")], required=False)


ROW = {
    "venue": "Rathaus",
    "summary": "Eins\nZwei ",
    "day": datetime.date(2027, 3, 1),
    "seats": None,
    "online": False,
    "kinds": ["b", "a"],
}
SENT = "venue=Rathaus&summary=Eins%0D%0AZwei&day=2027-03-01&seats=&kinds=a&kinds=b"
OTHERS = {
    "venue": "Kreishaus",
    "summary": "Drei",
    "day": datetime.date(2027, 3, 2),
    "seats": 7,
    "online": True,
    "kinds": ["b"],
}


def stamp(row: dict[str, Any] | None = None) -> str:
    return str(MeetingForm(present=row or ROW)[OPENED].value())


def sent(text: str, row: dict[str, Any], opened: str) -> MeetingForm:
    data = QueryDict(mutable=True)
    data.update(QueryDict(text))
    data[OPENED] = opened
    return MeetingForm(data, present=row, changed_since=lambda since: Changers(["Anna Erst"]))


def test_untouched_row_is_saved_at_once() -> None:
    form = sent(SENT, ROW, stamp())
    assert form.is_valid()
    assert OPENED not in form.cleaned_data


@pytest.mark.parametrize("name", ROW)
def test_what_only_somebody_else_has_changed_is_taken_over(name: str) -> None:
    form = sent(SENT, {**ROW, name: OTHERS[name]}, stamp())
    assert not form.is_valid()
    assert form.cleaned_data[name] == OTHERS[name]
    sentence = str(form.non_field_errors()[0])
    assert sentence.startswith("Inzwischen hat Anna Erst diese Angaben geändert. Ihre Änderung ist noch nicht gespeich")
    assert f"Übernommen ist: „{form[name].label}“." in sentence


def test_what_both_have_changed_stays_with_the_other_value_beside_it() -> None:
    form = sent(SENT.replace("Rathaus", "Mein+Saal"), {**ROW, "venue": "Kreishaus"}, stamp())
    assert form["venue"].value() == "Mein Saal"
    assert form.errors["venue"] == [
        "Gespeichert ist inzwischen: „Kreishaus“. Ihre Angabe steht noch hier im Feld.",
    ]


def test_what_is_sent_again_counts_from_what_was_shown() -> None:
    row = {**ROW, "venue": "Kreishaus"}
    shown = sent(SENT.replace("Rathaus", "Mein+Saal"), row, stamp())
    assert not shown.is_valid()
    again = sent(SENT.replace("Rathaus", "Mein+Saal"), row, str(shown[OPENED].value()))
    assert again.is_valid()
    late = sent(SENT.replace("Rathaus", "Mein+Saal"), {**row, "seats": 9}, str(shown[OPENED].value()))
    assert not late.is_valid()


def test_same_change_twice_is_no_news() -> None:
    assert sent(SENT.replace("Rathaus", "Kreishaus"), {**ROW, "venue": "Kreishaus"}, stamp()).is_valid()


@pytest.mark.parametrize("opened", ["nonsense", "a:b:c"])
def test_unreadable_stamp_shows_whatever_differs(opened: str) -> None:
    form = sent(SENT, {**ROW, "venue": "Kreishaus"}, opened)
    assert list(form.errors) == ["__all__", "venue"]


def test_without_a_stamp_nothing_is_compared() -> None:
    assert MeetingForm(QueryDict(SENT), present={**ROW, "venue": "Kreishaus"}).is_valid()


class OtherForm(MeetingForm):
    pass


@pytest.mark.parametrize("opened", ["", str(OtherForm(present=ROW)[OPENED].value())])
def test_stamp_of_another_form_shows_whatever_differs(opened: str) -> None:
    form = sent(SENT, {**ROW, "venue": "Kreishaus"}, opened)
    assert list(form.errors) == ["__all__", "venue"]


def test_stamp_of_another_row_shows_whatever_differs() -> None:
    one, other = Group(pk=1), Group(pk=2)
    stamp_of = {row: str(MeetingForm(row=row, present=ROW)[OPENED].value()) for row in (one, other)}
    now = {**ROW, "venue": "Kreishaus"}
    data = QueryDict(SENT, mutable=True)
    for row, errors in ((one, ["__all__"]), (other, ["__all__", "venue"])):
        data[OPENED] = stamp_of[row]
        assert list(MeetingForm(data, row=one, present=now).errors) == errors


def test_stamp_under_another_forms_name_shows_whatever_differs() -> None:
    data = QueryDict(SENT, mutable=True)
    data[f"punkt-0-{OPENED}"] = stamp()
    assert list(MeetingForm(data, present={**ROW, "venue": "Kreishaus"}).errors) == ["__all__", "venue"]


def test_a_row_that_came_meanwhile_is_shown() -> None:
    new = MeetingForm()
    new.stands(None)
    assert list(sent(SENT, {**ROW, "venue": "Kreishaus"}, str(new[OPENED].value())).errors) == ["__all__", "venue"]


@pytest.mark.parametrize(
    ("changers", "sentence"),
    [
        (Changers(["Anna Erst", "Bodo Zwei"]), "Inzwischen haben Anna Erst und Bodo Zwei diese Angaben geändert."),
        (Changers(["Anna Erst"], myself=True), "Inzwischen hat Anna Erst diese Angaben geändert."),
        (Changers(myself=True), "Sie selbst haben diese Angaben inzwischen geändert, vielleicht in einem anderen"),
        (Changers(), "Diese Angaben wurden inzwischen an anderer Stelle geändert."),
    ],
)
def test_who_it_was(changers: Changers, sentence: str) -> None:
    assert changers.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("day", "2. März 2027"),
        ("online", "ja"),
        ("kinds", "Beh"),
        ("seats", "7"),
    ],
)
def test_values_for_people(name: str, text: str) -> None:
    assert readable_value(MeetingForm().fields[name], OTHERS[name]) == text


def test_nonsense_is_compared_as_it_is() -> None:
    assert plain_value(forms.DateField(), "morgen") == "morgen"
