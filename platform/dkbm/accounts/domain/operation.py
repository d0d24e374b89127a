"""Operators: numbers of all networks, and entering one with a reason, for half an hour, written into both logs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.domain import join_links
from dkbm.accounts.domain.roles import grant_role
from dkbm.accounts.errors import NotAllowed, ensure
from dkbm.accounts.rules import may_manage_people
from dkbm.audit.log import record
from dkbm.cms.domain.legal_pages import UnfinishedPage, unfinished_by_network
from dkbm.core.addresses import normal_address
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import all_networks, base_url
from dkbm.tenancy.models import Membership
from dkbm.tenancy.operation import inside, membership_numbers
from dkbm.tenancy.people import person_id_for_address
from dkbm.tenancy.visitor import Visitor

VISIT = timedelta(minutes=30)


@dataclass(frozen=True)
class Visit:
    """An operator's stay in a network; the session keeps it."""

    network_id: int
    until: datetime
    reason: str


@dataclass(frozen=True)
class NetworkNumbers:
    """A line of the operators' list. ``last_activity``: the last sign-in of anybody, ``None`` without one."""

    network: BoundNetwork
    url: str
    members: int
    managers: int
    waiting: int
    last_activity: datetime | None
    unfinished: list[UnfinishedPage]


def network_numbers() -> list[NetworkNumbers]:
    """Members, open requests and last activity of every network, by name."""
    active, waiting = Q(state=MembershipState.ACTIVE), Q(state=MembershipState.REQUESTED)
    numbers = membership_numbers(
        Q(person__stands_for_function=False),
        members=Count("pk", filter=active, distinct=True),
        managers=Count("pk", filter=active & Q(roles__contains=[Role.MANAGER]), distinct=True),
        waiting=Count("pk", filter=waiting & Q(person__emailaddress__verified=True), distinct=True),
        last=Max("person__last_login"),
    )
    unfinished = unfinished_by_network()
    networks = sorted(all_networks(), key=lambda network: network.name)
    return [_numbers(each, numbers.get(each.id, {}), unfinished.get(each.id, [])) for each in networks]


def _numbers(network: BoundNetwork, row: dict[str, Any], unfinished: list[UnfinishedPage]) -> NetworkNumbers:
    return NetworkNumbers(
        network=network,
        url=base_url(network),
        members=row.get("members", 0),
        managers=row.get("managers", 0),
        waiting=row.get("waiting", 0),
        last_activity=row.get("last"),
        unfinished=unfinished,
    )


def enter(*, visitor: Visitor, network_id: int, reason: str) -> Visit:
    """Begin a visit; called on the front door. Logged in the platform's and in the network's own log.

    Raises ``NotAllowed`` for anybody but an operator, ``LookupError`` for an unknown network.
    """
    if not visitor.is_operator:
        raise NotAllowed(_("Das darf nur der Betrieb."))
    person = visitor.person
    with transaction.atomic():
        with inside(network_id) as network:
            record(action="operator.entered", actor=person, reason=reason)
        record(action="operator.entered", actor=person, reason=reason, network=network.name)
    return Visit(network_id, timezone.now() + VISIT, reason)


def leave_network(*, visitor: Visitor, visit: Visit) -> None:
    """End a visit before its time; logged in both logs."""
    person = visitor.person
    with transaction.atomic():
        with inside(visit.network_id) as network:
            record(action="operator.left", actor=person)
        record(action="operator.left", actor=person, network=network.name)


@transaction.atomic
def appoint_manager(*, email: str, visitor: Visitor, reason: str) -> Membership | None:
    """Make the owner of a mail address manager of the bound network; called inside a visit.

    A member gets the role at once (returned). Anybody else gets a link that admits with this role. Raises
    ``NotAllowed``.
    """
    ensure(may_manage_people(visitor))
    address = normal_address(email)
    person_id = person_id_for_address(address)
    membership = Membership.objects.filter(person_id=person_id, state=MembershipState.ACTIVE).first()
    if person_id is not None and membership is not None:
        return grant_role(membership=membership, role=Role.MANAGER, visitor=visitor, reason=reason)
    join_links.send(email=address, admits=True, roles=(Role.MANAGER,))
    record(action="manager.invited", actor=visitor.person, reason=reason, address=address)
    return None
