"""Registry: what happens to each relation when the person goes, and whether it is part of their data export.

Every app declares the relations to ``AUTH_USER_MODEL`` of its own models in ``ready()``, and the columns that name
people without one; tests find those that nobody has declared. Nothing erases or exports by this registry yet: it is
the list by which that is to be built, and by which somebody does it by hand until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.conf import settings
from django.db import models

OnErasure = Literal["keep_anonymous", "delete", "keep_with_reason"]
OnColumnErasure = Literal["blank", "delete", "keep_with_reason", "no_person"]


@dataclass(frozen=True)
class Column:
    """``note``: what it holds and how the person's rows are found; for ``keep_with_reason`` the reason."""

    model: str
    field: str
    on_erasure: OnColumnErasure
    note: str


@dataclass(frozen=True)
class Relation:
    """``model``: label ``app.model`` in lower case. ``reason``: why it is kept, for ``keep_with_reason``."""

    model: str
    field: str
    on_erasure: OnErasure
    export: bool
    reason: str = ""


_relations: dict[tuple[str, str], Relation] = {}
_columns: dict[tuple[str, str], Column] = {}


def register_relation(
    model: type[models.Model] | str, field: str, *, on_erasure: OnErasure, reason: str = "", export: bool
) -> None:
    """Declare the relation ``field`` of ``model`` to a person.

    ``keep_anonymous``: the row stays, the name goes. ``delete``: the row goes. ``keep_with_reason``: row and
    name stay for ``reason``. Raises ``ValueError`` for a missing reason or a relation declared twice.
    """
    label = model.lower() if isinstance(model, str) else model._meta.label_lower
    if on_erasure == "keep_with_reason" and not reason:
        raise ValueError(f"{label}.{field}: say why the person stays in this row.")
    entry = Relation(label, field, on_erasure, export, reason)
    if _relations.get((label, field), entry) != entry:
        raise ValueError(f"{label}.{field} is declared twice, differently.")
    _relations[label, field] = entry


def relations() -> dict[tuple[str, str], Relation]:
    """All declared relations by model label and field name."""
    return dict(_relations)


def register_column(model: str, field: str, *, on_erasure: OnColumnErasure, note: str) -> None:
    """Declare a column that can name a person without pointing to one.

    ``blank``: the row stays, the value goes. ``delete``: the row goes. ``no_person``: it names nobody. Raises
    ``ValueError`` for a column declared twice, differently.
    """
    entry = Column(model, field, on_erasure, note)
    if _columns.get((model, field), entry) != entry:
        raise ValueError(f"{model}.{field} is declared twice, differently.")
    _columns[model, field] = entry


def columns() -> dict[tuple[str, str], Column]:
    """All declared columns by model label and field name."""
    return dict(_columns)


def columns_that_may_name_people() -> set[tuple[str, str]]:
    """Every mail address and every JSON of an installed model: what one looks like, and what may hold anything."""
    return {
        (model._meta.label_lower, field.name)
        for model in apps.get_models(include_auto_created=False)
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField | models.JSONField)
    }


def relations_to_people() -> set[tuple[str, str]]:
    """Every foreign key, one-to-one and many-to-many field of an installed model that points to a person.

    Tables of many-to-many fields that Django makes itself are named by that field.
    """
    person = settings.AUTH_USER_MODEL.lower()
    found = set()
    for model in apps.get_models(include_auto_created=False):
        meta = model._meta
        for field in [*meta.local_fields, *meta.local_many_to_many]:
            target = field.remote_field.model if field.remote_field else None
            own_side = meta.label_lower == person and field.many_to_many
            if own_side or (isinstance(target, type) and concrete_label(target) == person):
                found.add((meta.label_lower, field.name))
    return found


def concrete_label(model: type[models.Model]) -> str:
    """Label of the model that owns the table; a proxy points to its parent's."""
    return (model._meta.concrete_model or model)._meta.label_lower
