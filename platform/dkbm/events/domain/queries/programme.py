"""The programme of an event as its page shows it: lines by time, parallel ones together."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from dkbm.accounts.domain.queries.functions import function_labels
from dkbm.accounts.models import line_of
from dkbm.cms.models import NetworkTag
from dkbm.events.models import Event, ProgrammeItem, Registration
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network


@dataclass(frozen=True)
class Line:
    """An item; ``lead``: "Bildungsmanagement, Landkreis Diepholz"; ``mine``: the visitor has a seat in it."""

    item: ProgrammeItem
    lead: str
    topics: list[str]
    mine: bool


@dataclass(frozen=True)
class TimeSlot:
    """What runs at one time; several lines are to be chosen among."""

    starts: datetime.time
    ends: datetime.time
    lines: list[Line] = field(default_factory=list)

    @property
    def parallel(self) -> bool:
        return len(self.lines) > 1


def with_taken(items: QuerySet[ProgrammeItem]) -> QuerySet[ProgrammeItem]:
    """Each item with ``taken``: seats that are given away."""
    return items.annotate(taken=Count("seats"))


def programme_of(event: Event, registration: Registration | None) -> list[TimeSlot]:
    """All lines in the order of time, with taken seats; six queries at most, whatever the length."""
    items = list(with_taken(event.programme.all()))
    held = set(registration.seats.values_list("item_id", flat=True)) if registration else set()
    leads = lead_lines({item.lead for item in items if item.lead})
    topics = _topic_names({slug for item in items for slug in item.topics})
    slots: dict[tuple[str, object], TimeSlot] = {}
    for item in items:
        key = (item.slot, None) if item.slot else ("", item.pk)
        slot = slots.setdefault(key, TimeSlot(item.starts, item.ends))
        slot.lines.append(
            Line(item, leads.get(item.lead, ""), [topics.get(slug, slug) for slug in item.topics], item.pk in held)
        )
    return list(slots.values())


def lead_lines(leads: Iterable[str]) -> dict[str, str]:
    """ "function@municipality" or "function@network" in words; what is unknown stays out."""
    parts = {lead: lead.partition("@")[::2] for lead in leads}
    places = {slug for _function, slug in parts.values()}
    names = dict(Municipality.objects.filter(slug__in=places).values_list("slug", "name")) if places else {}
    names[require_network().slug] = ""  # line_of() names the agency itself
    labels = function_labels() if parts else {}
    return {
        lead: line_of(function, labels[function], names[place])
        for lead, (function, place) in parts.items()
        if function in labels and place in names
    }


def _topic_names(slugs: set[str]) -> dict[str, str]:
    return dict(NetworkTag.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}
