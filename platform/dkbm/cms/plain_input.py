"""What editors type in `/cms/`: Wagtail makes its forms itself, so our questions are put to them once at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from rest_framework import serializers
from taggit.managers import TaggableManager
from wagtail import blocks
from wagtail.admin.api.actions.copy import CopyPageAPIActionSerializer
from wagtail.admin.forms.choosers import URLOrAbsolutePathValidator
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents.views.bulk_actions.add_tags import TagForm as DocumentTagForm
from wagtail.fields import StreamField
from wagtail.forms import TaskStateCommentForm
from wagtail.images.views.bulk_actions.add_tags import TagForm as ImageTagForm
from wagtail.models import BaseLogEntry

from dkbm.cms.basepage.models import BasePage
from dkbm.core.forms import LineField, TextField
from dkbm.core.typed_text import validate_line, validate_text


class LineTagField(TagField):
    """Tags that are typed in; each is a line."""

    def clean(self, value: Any) -> Any:
        names: list[str] = super().clean(value)
        for name in names:
            validate_line(name)
        return names


def guard_forms() -> None:
    """Forms of pages and rows get our fields, all other forms of models their models' validators.

    Pages have none: one whose title is older than this rule could not even be moved.
    """
    register_form_field_override(models.CharField, override={"form_class": LineField}, exact_class=True)
    register_form_field_override(
        models.TextField, override={"form_class": TextField, "widget": AdminAutoHeightTextInput}, exact_class=True
    )
    register_form_field_override(
        TaggableManager, override=lambda field: {"form_class": LineTagField, "tag_model": field.related_model}
    )
    for field in typed_model_fields():
        _ask(field, validate_line if isinstance(field, models.CharField) else validate_text)
    for block in text_blocks():
        _ask(block.field, validate_line if isinstance(block, blocks.CharBlock) else validate_text)
    for form in (DocumentTagForm, ImageTagForm):
        _ask(form.base_fields["tags"], validate_line)
    _ask(TaskStateCommentForm.base_fields["comment"], validate_text)
    # Of the CMS's API. Such fields are made anew from what they were given, so one cannot ask more of them later.
    length = BasePage._meta.get_field("title").max_length
    title = serializers.CharField(required=False, max_length=length, validators=[validate_line])
    CopyPageAPIActionSerializer._declared_fields["title"] = title
    URLOrAbsolutePathValidator.is_absolute_path = staticmethod(_is_absolute_path)


def _is_absolute_path(value: Any) -> bool:
    """Wagtail's own fails on a form that lacks the field."""
    return str(value or "").startswith("/")


def typed_model_fields() -> Iterator[models.CharField[Any, Any] | models.TextField[Any, Any]]:
    for model in apps.get_models():
        if not issubclass(model, BasePage | BaseLogEntry):
            for field in model._meta.local_fields:
                if isinstance(field, models.CharField | models.TextField) and _is_plain(field):
                    yield field


def _is_plain(field: models.Field[Any, Any]) -> bool:
    """Addresses, slugs and rich text have a form of their own, and choices are none of ours."""
    return type(field) in {models.CharField, models.TextField} and not field.choices


def text_blocks() -> Iterator[blocks.CharBlock | blocks.TextBlock]:
    """Every block of plain text that a page type has, whoever wrote it."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield from _inside(field.stream_block)


def _inside(block: Any) -> Iterator[blocks.CharBlock | blocks.TextBlock]:
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from _inside(child)
    if isinstance(block, blocks.ListBlock):
        yield from _inside(block.child_block)


def _ask(field: Any, validate: Callable[[str], None]) -> None:
    if validate not in field.validators:
        field.validators.append(validate)
