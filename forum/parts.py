"""Registry of the kinds of part: pieces of a topic's page that change while somebody has it open.

A post is a part, and so is the line with the topic's state. The row behind a part stores the topic's ``revision`` of
its last change (``domain/revisions.py``). Whoever has the page open gets the part by message, or asks for the parts
changed since the revision that the page shows; an element ``data-part="<kind>:<key>"`` is replaced by what comes.
Presence and typing are no parts: nobody has to catch up on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, QuerySet
from django.forms import Form
from django.utils.translation import gettext as _

from dkbm.tenancy.visitor import Visitor

from .errors import ForumRefusal
from .models import Topic


@dataclass(frozen=True)
class Item:
    """One part of a topic. ``thing``: the row behind it. ``key``: of this part among those of its kind in the topic."""

    key: int
    revision: int
    thing: Any


@dataclass(frozen=True)
class Done:
    """An action that worked: a sentence for the person, and the address to go on from without JavaScript."""

    text: str
    url: str


@dataclass(frozen=True)
class Action:
    """What readers may do with a part.

    ``run(topic=, visitor=, **cleaned_data of form)`` calls the domain function, which asks for the right. It may arrive
    twice, so it sets something rather than turning it over. Raises :class:`ForumRefusal`.
    """

    form: type[Form]
    run: Callable[..., Done]


ChangedSince = Callable[[Topic, int, int], Sequence[Item]]
Rows = Callable[[Topic, list[Any]], Sequence[Any]]
RowsFor = Callable[[Topic, list[Any], Visitor], Sequence[Any]]


@dataclass(frozen=True)
class Part:
    """A kind of part.

    ``changed_since(topic, revision, limit)``: the items that changed after ``revision``, the oldest change first; one
    query. One change has at most ``MISSED_AT_ONCE`` items. ``template`` draws ``row`` as one element with
    ``data-part``. ``rows(topic, things)``: a row for each thing, the same for all readers, in a literal number of
    queries; left out when every reader gets another one. ``rows_for(topic, things, visitor)``: for one reader, with
    the buttons that only they have (marked ``data-own``); ``None`` in place of what does not concern them.
    ``actions``: by name, see :func:`act`.
    """

    kind: str
    template: str
    changed_since: ChangedSince
    rows: Rows | None = None
    rows_for: RowsFor | None = None
    actions: Mapping[str, Action] = field(default_factory=dict)

    def name_of(self, item: Item) -> str:
        """As the page names it in ``data-part``."""
        return f"{self.kind}:{item.key}"

    def rows_of(self, topic: Topic, items: Sequence[Item], visitor: Visitor) -> list[Any]:
        """One row (or ``None``) an item, as this reader sees it."""
        things = [item.thing for item in items]
        if not things:
            return []
        if self.rows_for is not None:
            return list(self.rows_for(topic, things, visitor))
        return list(self.rows(topic, things)) if self.rows is not None else []


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Let parts of this kind change on open pages."""
    _parts[part.kind] = part


def registered_parts() -> list[Part]:
    return list(_parts.values())


def rows_since(rows: Callable[[Topic], Manager[Any] | QuerySet[Any]]) -> ChangedSince:
    """``Part.changed_since`` for a model with a ``revision``: ``rows(topic)`` are those of the topic."""

    def changed_since(topic: Topic, revision: int, limit: int) -> list[Item]:
        changed = rows(topic).filter(revision__gt=revision).order_by("revision", "pk")[:limit]
        return [Item(row.pk, row.revision, row) for row in changed]

    return changed_since


def topic_since(field_name: str) -> ChangedSince:
    """``Part.changed_since`` for what stands in the topic itself; the field holds the revision of the last change."""

    def changed_since(topic: Topic, revision: int, limit: int) -> list[Item]:
        last = getattr(topic, field_name)
        return [Item(topic.pk, last, topic)] if last > revision else []

    return changed_since


def act(*, topic: Topic, visitor: Visitor, do: str, values: Mapping[str, Any]) -> Done:
    """Do ``<kind>.<action>``, for example ``post.mark``, with what a form says: from the socket and from a POST alike.

    Raises :class:`ForumRefusal`, also for actions that there are not and for values that the form refuses.
    """
    kind, _dot, name = do.partition(".")
    action = _parts[kind].actions.get(name) if kind in _parts else None
    if action is None:
        raise ForumRefusal(_("Das ist hier nicht möglich."))
    form = action.form(values)
    if not form.is_valid():
        raise ForumRefusal(str(next(iter(form.errors.values()))[0]))
    return action.run(topic=topic, visitor=visitor, **form.cleaned_data)
