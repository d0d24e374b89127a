"""Events in the search."""

from __future__ import annotations

from collections.abc import Iterator

from dkbm.events import periods
from dkbm.events.enums import EventKind, EventState, Precision
from dkbm.events.facets import KIND
from dkbm.events.models import Event
from dkbm.municipalities.facets import MUNICIPALITY, municipality_values
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.facets import GROUP, YEAR, FacetValue, year_values
from dkbm.search.registry import Entry
from dkbm.tenancy.groups import GroupScope, scope_of_group

TYPE = "event"


def index_event(event: Event) -> None:
    """Write the event's entry, or take a draft's away; call it in the transaction of the change."""
    if event.is_draft:
        remove_object(type=TYPE, key=str(event.pk))
        return
    entry = entry_of(event)
    index_object(type=entry.type, key=entry.key, entry=entry)


def all_entries() -> Iterator[Entry]:
    scopes: dict[int, GroupScope | None] = {}
    for event in (
        Event.objects.exclude(state=EventState.DRAFT)
        .prefetch_related("programme")
        .select_related("municipality")
        .order_by("pk")
    ):
        yield entry_of(event, scopes)


def entry_of(event: Event, scopes: dict[int, GroupScope | None] | None = None) -> Entry:
    """``scopes``: of groups that were asked for before."""
    scopes = {} if scopes is None else scopes
    if event.group_id is not None and event.group_id not in scopes:
        scopes[event.group_id] = scope_of_group(event.group_id)
    scope = scopes.get(event.group_id) if event.group_id is not None else None
    programme = [text for item in event.programme.all() for text in (item.title, item.summary)]
    days = periods.in_words(event.first_day, event.last_day, event.precision)
    texts = [event.theme, event.summary, event.keynote_title, event.place, event.venue, *programme]
    return Entry(
        type=TYPE,
        key=str(event.pk),
        slug=event.slug,
        title=event.title,
        body="\n".join(text for text in texts if text),
        url=event.get_absolute_url(),
        visibility=event.visibility,
        group_id=event.group_id if event.is_for_group else None,
        date=event.first_day,
        unshown=days,
        period="" if event.first_day == event.last_day and event.precision == Precision.DAY else days,
        facets={
            KIND: [FacetValue(event.kind, EventKind(event.kind).label, EventKind.values.index(event.kind))],
            MUNICIPALITY: municipality_values(event.municipality),
            GROUP: [FacetValue(scope.slug, scope.title, scope.order)] if scope else [],
            YEAR: year_values(event.first_day.year),
        },
    )
