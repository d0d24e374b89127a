"""On which list every table stands: a network's, a person's, common to all, or nobody's business.

Own models classify themselves: a ``network`` field (with ``root_is_common``, when rows without a network may be read by
all), ``network_via``, a parent that does, or ``common_because`` with the reason. The models of others are written down
here and in ``core_models``; what is on no list fails the system check, gets no grant and so stays closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.conf import settings
from django.db import models

from .core_models import BY_COLUMN, BY_COLUMN_OR_ROOT, PERSON_PATH


class Kind(Enum):
    NETWORK = "network_id is a field of the model"
    HIDDEN = "network_id is a column that the database fills"
    NETWORK_ITSELF = "the networks"
    PERSON = "people, seen where they belong"
    OF_PERSON = "rows of a person, seen where that person belongs"
    COMMON = "common to all networks, read only"
    CLOSED = "nobody but the owner"


@dataclass(frozen=True)
class Table:
    """``root``: rows without a network (the tree's root) may be read by all. ``column``: the person's key."""

    name: str
    kind: Kind
    reason: str = ""
    root: bool = False
    column: str = ""


COMMON = {
    "auth.permission": "names of rights, made by migrations",
    "contenttypes.contenttype": "names of models, made by migrations",
    "wagtailcore.locale": "content languages are the same for all networks (design, section 3)",
    "wagtailcore.page": "not used: the project has a page model of its own",
    "wagtailembeds.embed": "previews of foreign pages, keyed by their public address",
}
"""Somebody else's model -> why all networks may read it. Only the owner writes these."""

CLOSED = {
    "wagtailadmin.admin": "holds the name of a right, never a row",
}

COMMON_TABLES = {"django_migrations": "read by /readyz to see that the database is migrated"}
HIDDEN_TABLES = {"django_cache": "cache entries carry the network in key and column"}


def classify(model: type[models.Model]) -> Table | None:
    """The list a model's table stands on, ``None`` when nobody has decided."""
    meta = model._meta
    label, name = meta.label_lower, meta.db_table
    if label == "tenancy.network":
        return Table(name, Kind.NETWORK_ITSELF)
    if label == settings.AUTH_USER_MODEL.lower():
        return Table(name, Kind.PERSON)
    if label in PERSON_PATH:
        return Table(name, Kind.OF_PERSON, column=f"{PERSON_PATH[label]}_id")
    if label in COMMON:
        return Table(name, Kind.COMMON, COMMON[label])
    if label in CLOSED:
        return Table(name, Kind.CLOSED, CLOSED[label])
    if label in BY_COLUMN or label in BY_COLUMN_OR_ROOT:
        return Table(name, Kind.HIDDEN, root=label in BY_COLUMN_OR_ROOT)
    if any(field.name == "network" for field in meta.local_fields):
        return Table(name, Kind.NETWORK, root=getattr(model, "root_is_common", False))
    if hasattr(model, "network_via") or _has_scoped_parent(model):
        return Table(name, Kind.HIDDEN, reason="part of its parent")
    if reason := getattr(model, "common_because", ""):
        return Table(name, Kind.COMMON, reason)
    if meta.auto_created:
        return _classify_through(model)
    return None


def _has_scoped_parent(model: type[models.Model]) -> bool:
    """Table of a subclass (a page type, a task type): the parent's row says whose it is."""
    parents = [parent for parent in model._meta.parents if not parent._meta.abstract]
    return any((table := classify(parent)) and table.kind in {Kind.NETWORK, Kind.HIDDEN} for parent in parents)


def _classify_through(model: type[models.Model]) -> Table:
    """Table of a many-to-many relation: a network's as soon as one side is."""
    sides = [field.remote_field.model for field in model._meta.local_fields if field.remote_field]
    kinds = {table.kind for side in sides if (table := classify(side))}
    if kinds & {Kind.NETWORK, Kind.HIDDEN, Kind.PERSON}:
        return Table(model._meta.db_table, Kind.HIDDEN, reason="relation")
    return Table(model._meta.db_table, Kind.COMMON, "relation between common rows")


def all_models() -> list[type[models.Model]]:
    """Every model with a table of its own, relations included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True, include_swapped=False)
        if model._meta.managed and not model._meta.proxy
    ]


def all_tables() -> list[Table]:
    """Every classified table, by name; models that nobody has classified are left out (the check finds them)."""
    tables = {table.name: table for model in all_models() if (table := classify(model))}
    tables |= {name: Table(name, Kind.COMMON, reason) for name, reason in COMMON_TABLES.items()}
    tables |= {name: Table(name, Kind.HIDDEN, reason) for name, reason in HIDDEN_TABLES.items()}
    return [tables[name] for name in sorted(tables)]
