"""Forms of `/cms/` that write a whole row: what `core.whole_rows` has to know of Wagtail's fields and of form sets."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.translation import gettext as _
from taggit.utils import edit_string_for_tags, parse_tags
from wagtail.admin.forms.tags import TagField
from wagtail.blocks.base import BlockField

from dkbm.cms.domain.edits import changers_of
from dkbm.core.whole_rows import OPENED, Changers, WholeRowForm, plain_value

ROWS = "rows:"
"""Before the name of a form set: its rows are compared together, as one value."""
OWN_WAYS = {"comments"}
"""Form sets that several people fill at once by design."""
KEY_OF_PARAGRAPH = re.compile(r' data-block-key="[^"]*"')
MOST_ROWS = 200
"""So many rows are read of what was sent; Django would make two thousand forms of any number."""
NOT_OF_THE_ROW = {"id", "ORDER", "DELETE"}


class CmsRowForm(WholeRowForm):
    """Mixed into a model form of Wagtail's editor; :func:`whole_row` does that.

    ``latest``: what will be overwritten, where that is another state of the row than the one in the form.
    """

    instance: Any
    data: Any
    formsets: dict[str, Any]
    latest: Any = None

    def __init__(self, *args: Any, for_user: Any = None, user: Any = None, **kwargs: Any) -> None:
        self.reader = for_user or user
        given = {"for_user": for_user, "user": user}
        super().__init__(*args, **{name: who for name, who in given.items() if who is not None}, **kwargs)
        for row_set in self._row_sets().values():
            row_set.max_num, row_set.absolute_max = min(row_set.max_num, MOST_ROWS), MOST_ROWS
        if self.instance.pk:
            self.row = self.instance
            self.stands(self.initial if self.latest is None else self._values_of(self.latest))

    def _values_of(self, row: Any) -> dict[str, Any]:
        meta: Any = self._meta  # type: ignore[attr-defined]
        return forms.model_to_dict(row, meta.fields, meta.exclude)

    def plain(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, BlockField):
            return _without_keys(field.block.get_prep_value(value))
        return _tag_names(value) if isinstance(field, TagField) else _without_keys(plain_value(field, value))

    def as_sent(self, name: str, value: Any) -> Any:
        return edit_string_for_tags(value) if isinstance(self.fields[name], TagField) else super().as_sent(name, value)

    def as_read(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, BlockField):
            return " ".join(str(text) for text in field.block.get_searchable_content(value))
        return ", ".join(_tag_names(value)) if isinstance(field, TagField) else super().as_read(name, value)

    def changers(self, since: datetime) -> Changers:
        return changers_of(self.instance, since, reader=self.reader)

    # Rows in the row.

    def names(self) -> Iterable[str]:
        return [*super().names(), *(f"{ROWS}{name}" for name in self._row_sets())]

    def now(self, names: Iterable[str]) -> dict[str, str]:
        names = list(names)
        stored = {f"{ROWS}{name}": self._stored_rows(each) for name, each in self._row_sets().items()}
        return {**super().now(names), **{name: self.digest(name, stored[name]) for name in names if name in stored}}

    def mine(self, name: str, opened: str) -> str:
        if not name.startswith(ROWS):
            return super().mine(name, opened)
        return self.digest(name, self._sent_rows(self._row_sets()[name.removeprefix(ROWS)]))

    def label_of(self, name: str) -> str:
        if not name.startswith(ROWS):
            return super().label_of(name)
        return str(self._row_sets()[name.removeprefix(ROWS)].model._meta.verbose_name_plural)

    def take_over(self, name: str) -> None:
        if not name.startswith(ROWS):
            super().take_over(name)
            return
        key = name.removeprefix(ROWS)
        old = self.formsets[key]
        self.formsets[key] = type(old)(instance=self.instance, prefix=old.prefix, **self._for_rows(old))

    def clash(self, name: str) -> None:
        if not name.startswith(ROWS):
            super().clash(name)
            return
        stored = self._stored_rows(self._row_sets()[name.removeprefix(ROWS)])
        shown = "; ".join(", ".join(str(value) for value in row.values() if value) for row in stored)
        text = _("%(label)s, gespeichert ist inzwischen: „%(value)s“. Ihre Angaben stehen noch hier.")
        self.add_error(None, text % {"label": self.label_of(name), "value": shown or _("keine Angabe")})
        self._rows_stand_for_new_ones(name.removeprefix(ROWS))

    def _row_sets(self) -> dict[str, Any]:
        return {name: each for name, each in getattr(self, "formsets", {}).items() if name not in OWN_WAYS}

    def _stored_rows(self, row_set: Any) -> list[dict[str, Any]]:
        fields = {name: each for name, each in row_set.empty_form.fields.items() if name not in NOT_OF_THE_ROW}
        return [
            {name: plain_value(field, field_value(row, name)) for name, field in fields.items()}
            for row in getattr(self.instance, row_set.rel_name).all()
        ]

    def _sent_rows(self, row_set: Any) -> list[dict[str, Any]]:
        return [
            {name: plain_value(field, form[name].data) for name, field in form.fields.items() if _is_of_row(name)}
            for form in _in_sent_order(row_set)
        ]

    def _rows_stand_for_new_ones(self, key: str) -> None:
        """The rows that they were may be gone; whoever sends them again writes them in the place of those."""
        old = self.formsets[key]
        data = self.data.copy()
        data[f"{old.prefix}-INITIAL_FORMS"] = "0"
        for form in old.forms:
            data[form.add_prefix("id")] = ""
        self.formsets[key] = type(old)(data, instance=self.instance, prefix=old.prefix, **self._for_rows(old))

    @staticmethod
    def _for_rows(row_set: Any) -> dict[str, Any]:
        return {"form_kwargs": row_set.form_kwargs}

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After a draft was saved in the background the page goes on from there."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()  # type: ignore[misc]
        if self.present is not None:
            self.present = {**self.present, **self._values_of(self.instance)}
            updates.append((self.add_prefix(OPENED), self._stamp()))
        return updates


def whole_row(form_class: Any, *, latest: Any = None) -> Any:
    """The form class, for a row that others may change meanwhile. ``latest``: see :class:`CmsRowForm`."""
    made = _whole_row(form_class)
    return made if latest is None else type(made)(made.__name__, (made,), {"latest": latest})


@cache
def _whole_row(form_class: Any) -> Any:
    if issubclass(form_class, WholeRowForm):
        return form_class
    return type(form_class)(form_class.__name__, (CmsRowForm, form_class), {"__module__": form_class.__module__})


def field_value(row: Any, name: str) -> Any:
    return row._meta.get_field(name).value_from_object(row)


def _in_sent_order(row_set: Any) -> list[Any]:
    """Its forms that are to stay, as typed: Django has ``ordered_forms`` only where nothing in them is wrong."""
    stored = row_set.initial_form_count()
    kept = [form for at, form in enumerate(row_set.forms) if at < stored or form.has_changed()]
    return sorted((form for form in kept if not _checked(form).get(DELETION_FIELD_NAME)), key=_place)


def _checked(form: Any) -> dict[str, Any]:
    form.is_valid()
    return dict(form.cleaned_data)


def _place(form: Any) -> float:
    """What has no place comes last, as in Django."""
    place = _checked(form).get(ORDERING_FIELD_NAME)
    return math.inf if place is None else place


def _is_of_row(name: str) -> bool:
    return name not in NOT_OF_THE_ROW


def _tag_names(value: Any) -> list[str]:
    """Of what was typed, or of tags."""
    return sorted(parse_tags(value) if isinstance(value, str) else [tag.name for tag in value or ()])


def _without_keys(value: Any) -> Any:
    """Blocks, and paragraphs of rich text, get keys by chance where they have none."""
    if isinstance(value, str):
        return KEY_OF_PARAGRAPH.sub("", value)
    if isinstance(value, dict):
        return {name: _without_keys(each) for name, each in value.items() if name != "id" or "type" not in value}
    return [_without_keys(each) for each in value] if isinstance(value, list | tuple) else value
