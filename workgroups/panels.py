"""What groups show on the home page, on the pages of a person, and of their meetings on their own."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token

from dkbm.events.domain.queries.events import next_meetings
from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain.queries.announcements import pinned
from workgroups.domain.queries.overview import contacts_of, first_group, front_groups, groups_seen_of, my_groups
from workgroups.models import Workgroup

MEETINGS_OF_GROUP = 3


def groups_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Meine Gruppen", for members; ``None`` for everybody else."""
    return {"groups": my_groups(request.visitor)} if request.visitor.is_member else None


def announcements_to_network(request: NetworkRequest) -> dict[str, Any] | None:
    """What was written to all of the network, until it is read."""
    return _pinned(request, None) if request.visitor.is_member else None


def announcements_to_group(request: NetworkRequest, group: Workgroup) -> dict[str, Any] | None:
    return _pinned(request, group)


def _pinned(request: NetworkRequest, group: Workgroup | None) -> dict[str, Any] | None:
    rows = pinned(request.visitor, group)
    return {"rows": rows, "csrf_token": get_token(request)} if rows else None


def requests_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Among what is open for the visitor: requests that they decide on."""
    groups = [line for line in my_groups(request.visitor) if line.requests]
    return {"groups": groups} if groups else None


def speaker_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """For whoever came lately: whom to ask in their group, or at all."""
    visitor = request.visitor
    if not visitor.came_lately:
        return None
    group = first_group(visitor)
    return {"group": group, "contacts": contacts_of(group) if group else []}


def groups_of_person(request: NetworkRequest, person: Any) -> dict[str, Any] | None:
    """On a member's page: their groups, as far as the visitor may know of them."""
    groups = groups_seen_of(person, request.visitor)
    return {"groups": groups} if groups else None


def meetings_panel(request: NetworkRequest, group: Workgroup) -> dict[str, Any]:
    """The next dates of a group that the visitor may read."""
    visitor = request.visitor
    rows = next_meetings(group_id=group.pk, visitor=visitor, number=MEETINGS_OF_GROUP)
    return {
        "group": group,
        "next": rows[0] if rows else None,
        "later": rows[1:],
        "may_organise": rules.may_organise(visitor, group),
    }


def number_panel(request: NetworkRequest) -> dict[str, Any] | None:
    number = len(front_groups(request.visitor))
    return {"number": number} if number else None


def joining_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Welche Gruppe passt zu mir?": the AGs that one may ask to join."""
    groups = front_groups(request.visitor)
    return {"groups": groups} if groups else None
