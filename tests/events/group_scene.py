"""An AG with its event, and somebody for each way to stand to it."""

from __future__ import annotations

from typing import Any

from dkbm.events.domain.editing import EventData
from dkbm.events.models import Event
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.events import make_event
from tests.factories.groups import (
    join_group,
    make_member,
    make_workgroup,
)
from tests.factories.people import make_person
from workgroups.domain.members import leave_group

MARKER = "Markerklausur"


def people(network: BoundNetwork, bayern: BoundNetwork) -> dict[str, Any]:
    """Somebody for each way to stand to AG 1, and an event for AG 1 alone with registration."""
    with bind(bayern):
        foreign = make_person(roles=("manager", "editor"))
    with bind(network):
        ag = make_workgroup("ag1", number=1)
        made = {
            "guest": None,
            "waiting": make_person(state="requested"),
            "asked": make_person(),
            "other_group": make_member(make_workgroup("ag2", number=2), office="speaker"),
            "left": make_member(ag),
            "editor": make_person(roles=("editor",)),
            "foreign": foreign,
            "member": make_member(ag),
            "speaker": make_member(ag, office="speaker"),
            "manager": make_person(roles=("manager",)),
        }
        join_group(ag, made["asked"], state="requested")
        leave_group(workgroup=ag, visitor=visitor_of(made["left"]))
        make_event(MARKER, slug="klausur", kind="ag_treffen", visibility="group", workgroup="ag1", theme=MARKER)
    return made


def data_of(event: Event, **changes: Any) -> EventData:
    event.refresh_from_db()
    return EventData(**{**{name: getattr(event, name) for name in EventData.__dataclass_fields__}, **changes})
