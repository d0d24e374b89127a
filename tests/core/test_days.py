"""Days that people type: a slip of the hand in the year is a sentence beside the field, wherever a day is asked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from dkbm.core.days import DayField as DayColumn
from dkbm.core.forms import DayField
from dkbm.events.forms.editing import EventForm
from tests.architecture.source import python_files
from workgroups.forms import SubgroupForm

SENTENCE = "Bitte prüfen Sie das Jahr: Möglich sind Tage vom 1. Januar 1950 bis zum 31. Dezember 2099."
OURS = {"dkbm", "forum", "workgroups", "goodpractice"}


def day_columns() -> list[Any]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
        if field.model is model and model.__module__.split(".")[0] in OURS
    ]


@pytest.mark.parametrize("field", day_columns(), ids=lambda field: f"{field.model.__name__}.{field.name}")
def test_rows_take_days_that_make_sense(field: Any) -> None:
    assert isinstance(field, DayColumn)
    for day in (datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)):
        field.run_validators(day)
    for day in (datetime.date.min, datetime.date(1949, 12, 31), datetime.date(2100, 1, 1), datetime.date.max):
        with pytest.raises(ValidationError) as error:
            field.run_validators(day)
        assert error.value.messages == [SENTENCE]


@pytest.mark.parametrize(
    ("form", "name"),
    [(EventForm, name) for name in ("first_day", "last_day", "registration_opens", "registration_closes")]
    + [(SubgroupForm, "until")],
)
def test_forms_say_what_is_wrong(form: type[forms.Form], name: str) -> None:
    field = form.base_fields[name]
    assert isinstance(field, DayField)
    assert field.clean("2027-05-07") == datetime.date(2027, 5, 7)
    for typed in ("0001-01-01", "0202-05-07", "9999-12-31"):
        with pytest.raises(ValidationError) as error:
            field.clean(typed)
        assert error.value.messages == [SENTENCE]
    assert 'min="1950-01-01" max="2099-12-31"' in field.widget.render(name, "")


def test_no_form_and_no_row_takes_any_day() -> None:
    found = {
        f"{path.name}: {word}"
        for path in python_files()
        for word in ("forms.DateField(", "models.DateField(", "forms.URLField(")
        if word in path.read_text("utf-8") and path.parent.name not in {"core", "migrations"}
    }
    assert found == set()
