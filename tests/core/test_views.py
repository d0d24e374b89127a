"""What comes from an address or a form may be anything."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db.models import TextChoices
from django.test import RequestFactory

from dkbm.core.decisions import Refusal
from dkbm.core.forms import RefusableForm
from dkbm.core.views import choice_from, form_page, number_from


class Order(TextChoices):
    NEW = "neu", "Neues zuerst"
    OLD = "alt", "Altes zuerst"


class NameForm(RefusableForm):
    name = forms.CharField()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        *((text, 0) for text in (None, "", "9" * 19, "-1", "+1", "1.5", " 1", "1_0", "²", "٣", "abc")),
    ],
)
def test_number_from_address(text: str | None, number: int) -> None:
    assert number_from(text) == number


@pytest.mark.parametrize(("text", "choice"), [("alt", Order.OLD), *((text, Order.NEW) for text in (None, "", "x"))])
def test_choice_from_address(text: str | None, choice: Order) -> None:
    assert choice_from(Order, text, Order.NEW) is choice


@pytest.mark.parametrize(
    ("field", "place"), [("name", "name"), ("", "__all__"), ("unbekannt", "__all__")], ids=["field", "none", "unknown"]
)
def test_refusal_stands_by_the_field_that_it_names(field: str, place: str) -> None:
    form = NameForm({"name": "Daten"})
    assert form.is_valid()
    after = []
    with form.refusals():
        raise Refusal("Das geht jetzt nicht.", field=field)
        after.append("reached")  # type: ignore[unreachable]
    assert (dict(form.errors), after) == ({place: ["Das geht jetzt nicht."]}, [])


def test_other_errors_pass_through_the_form() -> None:
    form = NameForm({"name": "Daten"})
    with pytest.raises(ZeroDivisionError), form.refusals():
        raise ZeroDivisionError
    assert form.errors == {}


@pytest.mark.parametrize(("data", "status"), [(None, 200), ({"name": "Daten"}, 200), ({"name": ""}, 422)])
def test_page_of_a_form_says_by_its_status_whether_something_is_wrong(
    data: dict[str, str] | None, status: int, settings: Any, tmp_path: Any
) -> None:
    (tmp_path / "page.html").write_text("{{ form.name.value|default:'leer' }} {{ title }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    answer = form_page(RequestFactory().get("/"), "page.html", NameForm(data), title="Titel")
    assert answer.status_code == status
    assert answer.content.decode().endswith("Titel")
