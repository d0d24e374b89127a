"""One line of text is typed into one kind of field: a plain ``CharField`` takes line breaks and invisible signs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.viewsets import viewsets
from wagtail.blocks import CharBlock
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, Task, Workflow, get_page_models

from dkbm.cms.models import NetworkDocument, NetworkImage
from dkbm.cms.plain_input import text_blocks, typed_model_fields
from dkbm.core.typed_text import validate_line, validate_name, validate_text
from dkbm.imports.schemas import Entry
from tests.architecture.source import calls, python_files, relative

MAY_BE_PLAIN = {
    "platform/dkbm/accounts/forms/joining.py": "a password: whatever one can type",
    "platform/dkbm/search/forms.py": "search words: cleaned, never refused",
}
ASKED = [validate_line, validate_name, validate_text]


def asks(validators: Iterable[Any]) -> bool:
    return any(validator in ASKED for validator in validators)


def test_forms_of_ours_use_the_shared_fields() -> None:
    plain = {
        relative(path)
        for path in python_files()
        if "/migrations/" not in path.as_posix()
        for call in calls(path)
        if ast.unparse(call.func) in {"forms.CharField", "forms.EmailField"}
    }
    assert plain == set(MAY_BE_PLAIN)


def test_strings_of_files_are_checked() -> None:
    """A bare ``str`` in a schema would take anything; ``Line`` and ``Text`` ask, keys have a form of their own."""
    bare = [
        f"{schema.__name__}.{name}"
        for schema in _schemas(Entry)
        for name, field in schema.model_fields.items()
        if field.annotation is str and not field.metadata
    ]
    assert bare == []


def _schemas(base: type[Entry]) -> Iterator[type[Entry]]:
    for schema in base.__subclasses__():
        yield schema
        yield from _schemas(schema)


@pytest.mark.parametrize("model", list(apps.get_models()), ids=lambda model: model._meta.label)
def test_columns_of_typed_text_ask(model: type[models.Model]) -> None:
    typed = [field for field in typed_model_fields() if field.model is model]
    assert [field.name for field in typed if not asks(field.validators)] == []


def _forms_of_the_cms() -> Iterator[tuple[str, type[forms.BaseForm]]]:
    for model in get_page_models():
        yield model.__name__, model.get_edit_handler().get_form_class()
    for viewset in viewsets.viewsets:
        if handler := getattr(viewset, "edit_handler", None):
            yield viewset.model.__name__, handler.bind_to_model(viewset.model).get_form_class()
    yield "image", get_image_form(NetworkImage)
    yield "document", get_document_form(NetworkDocument)


@pytest.mark.parametrize(("name", "form"), [pytest.param(*each, id=each[0]) for each in _forms_of_the_cms()])
def test_forms_of_the_cms_ask(name: str, form: type[forms.BaseForm]) -> None:
    """Beside the field's own validators those of the model's field are asked (``ModelForm``). Rich text is HTML, which
    Wagtail reduces to what it knows."""
    model = form._meta.model  # type: ignore[attr-defined]
    columns = {field.name: field.validators for field in model._meta.fields}
    assert [
        key
        for key, field in form.base_fields.items()
        if type(field) is forms.CharField
        and not field.widget.is_hidden
        and not isinstance(field.widget, DraftailRichTextArea)
        and not asks([*field.validators, *columns.get(key, [])])
    ] == []


@pytest.mark.parametrize("model", [Collection, Task, Workflow])
def test_names_of_wagtails_own_rows_ask(model: type[models.Model]) -> None:
    assert validate_line in model._meta.get_field("name").validators  # type: ignore[union-attr]


def test_blocks_of_pages_ask() -> None:
    found = list(text_blocks())
    assert len(found) > 20
    assert [
        block.name
        for block in found
        if (validate_line if isinstance(block, CharBlock) else validate_text) not in block.field.validators
    ] == []
