"""Reading examples: what a reader may see, in which order, and what fits an example."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from dkbm.tenancy.visitor import Visitor
from goodpractice.enums import ItemState, ItemVisibility
from goodpractice.models import ContactPerson, ItemEckpunkt, ItemTopic, Transfergegenstand

RELATED = 3
CHECKED_FOR = timedelta(days=365)


def listed_items() -> QuerySet[Transfergegenstand]:
    """What stands in the catalogue: not archived, and with a text that has been published once."""
    items: QuerySet[Transfergegenstand] = Transfergegenstand.objects.filter(
        state=ItemState.PUBLISHED, page__first_published_at__isnull=False
    )
    return items


def checks_due() -> QuerySet[Transfergegenstand]:
    """What was checked a year ago or never, the oldest first: contacts change jobs."""
    before = timezone.localdate() - CHECKED_FOR
    due = listed_items().filter(Q(checked_on__isnull=True) | Q(checked_on__lt=before))
    return due.order_by(F("checked_on").asc(nulls_first=True), "pk")


def visible_items(visitor: Visitor) -> QuerySet[Transfergegenstand]:
    """What lists show: guests what is public, members all that is in the catalogue."""
    items = listed_items()
    if visitor.is_member:
        return items
    return items.filter(visibility=ItemVisibility.PUBLIC)


def with_rows(items: QuerySet[Transfergegenstand]) -> QuerySet[Transfergegenstand]:
    """All that a line of a list says: one further query for the Eckpunkte."""
    return items.select_related("municipality", "page__picture").prefetch_related(_eckpunkte())


def with_contact(items: QuerySet[Transfergegenstand]) -> QuerySet[Transfergegenstand]:
    """``contact_function`` and ``contact_unit`` of whom to call first, ``None`` without anybody; no query more.

    What a contact is called, the example's own page says to those who may know.
    """
    return items.annotate(contact_function=of_first_contact("function"), contact_unit=of_first_contact("unit"))


def of_first_contact(field: str) -> Subquery:
    """A field of whom to call first, to be asked with the examples."""
    contacts = ContactPerson.objects.filter(item=OuterRef("pk")).order_by("sort_order")
    return Subquery(contacts.values(field)[:1])


def with_labels(items: QuerySet[Transfergegenstand]) -> QuerySet[Transfergegenstand]:
    """All labels, contacts and the text."""
    return items.select_related("municipality", "page__picture").prefetch_related(
        _eckpunkte(),
        "topics",
        "phases",
        "programmes",
        "further_municipalities",
        Prefetch("contacts", ContactPerson.objects.select_related("municipality")),
    )


def _eckpunkte() -> Prefetch[Any]:
    return Prefetch("eckpunkt_links", ItemEckpunkt.objects.select_related("eckpunkt"))


def newest_items(visitor: Visitor, number: int) -> list[Transfergegenstand]:
    return list(with_rows(visible_items(visitor)).order_by("-published", "-pk")[:number])


def related_items(item: Transfergegenstand, visitor: Visitor) -> list[Transfergegenstand]:
    """Others about the same or from the same place, most in common first; ``item`` with all labels. One query.

    Near is what shares a topic or the municipality, without any topic what shows the same main Eckpunkt: of these
    there are few in a large catalogue. Among them also Eckpunkte and kind count.
    """
    topics = [topic.pk for topic in item.topics.all()]
    points = [link.eckpunkt_id for link in item.eckpunkt_links.all()]
    same_topic = ItemTopic.objects.filter(topic__in=topics)
    same_point = ItemEckpunkt.objects.filter(eckpunkt__in=points)
    near = (
        Q(pk__in=same_topic.values("item"))
        if topics
        else Q(pk__in=same_point.filter(eckpunkt=_first(points)).values("item"))
    )
    if item.municipality_id:
        near |= Q(municipality=item.municipality_id)
    score = 3 * _number(same_topic) + _number(same_point) + _one(Q(kind=item.kind))
    score += 2 * _one(Q(municipality=item.municipality_id)) if item.municipality_id else Value(0)
    items = visible_items(visitor).exclude(pk=item.pk).filter(near).select_related("municipality")
    return list(items.annotate(score=score).order_by("-score", "sort_title")[:RELATED])


def _first(points: list[int]) -> int:
    """No key is 0."""
    return points[0] if points else 0


def _number(links: QuerySet[Any]) -> Combinable:
    """How many of these the example has."""
    counted = links.filter(item=OuterRef("pk")).order_by().values("item").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


def _one(condition: Q) -> Combinable:
    return Case(When(condition, then=1), default=0)
