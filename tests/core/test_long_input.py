"""Twenty thousand characters in every text field of every form there is, by itself: refused with a sentence where the
field has a limit, and with little work in any case. The pages are walked by ``tests/access/test_long_input.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from wagtail.admin.viewsets import viewsets
from wagtail.models import get_page_models

from dkbm.cms.plain_input import DocumentForm, ImageForm

LENGTH = 20_000
SIGNS = ("x", "ä ", "[", "a-", "1.", "x@", "a\n", "\u00ad", "<b>", "a.b/")
MOST_CALLS = 3 * LENGTH
"""Of Python and C functions: some for each character, never some for each pair of them."""
LEAST_FIELDS = 60
OURS = ("dkbm.", "forum.", "workgroups.", "goodpractice.")


def form_classes() -> Iterator[type[forms.BaseForm]]:
    """Those of ours and those that Wagtail makes of our models, once the addresses have imported all."""
    get_resolver().url_patterns  # noqa: B018
    for base in (forms.Form, forms.ModelForm):
        yield from (form for form in _below(base) if form.__module__.startswith(OURS))
    for model in get_page_models():
        yield model.get_edit_handler().get_form_class()
    for viewset in viewsets.viewsets:
        if handler := getattr(viewset, "edit_handler", None):
            yield handler.bind_to_model(viewset.model).get_form_class()
    yield from (ImageForm, DocumentForm)


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        yield each
        yield from _below(each)


def text_fields() -> dict[str, forms.CharField]:
    return {
        f"{form.__name__}.{name}": field
        for form in form_classes()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
    }


class Calls:
    """How many functions are called."""

    def __enter__(self) -> Calls:
        self.number = 0
        sys.setprofile(self._count)
        return self

    def __exit__(self, *args: object) -> None:
        sys.setprofile(None)

    def _count(self, frame: FrameType, event: str, argument: Any) -> None:
        self.number += event in {"call", "c_call"}


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_fields_refuse_what_is_too_long_with_little_work(sign: str) -> None:
    text = (sign * LENGTH)[:LENGTH]
    taken, laborious, silent = [], [], []
    for name, field in text_fields().items():
        refusal = None
        with Calls() as calls:
            try:
                field.clean(text)
            except ValidationError as error:
                refusal = error
        laborious += [name] if calls.number > MOST_CALLS else []
        if field.max_length and field.max_length < len(text.strip()):
            taken += [] if refusal else [name]
            silent += [] if refusal is None or all(len(message) > 10 for message in refusal.messages) else [name]
    assert (taken, laborious, silent) == ([], [], [])


def test_all_forms_are_found() -> None:
    assert len(text_fields()) >= LEAST_FIELDS
