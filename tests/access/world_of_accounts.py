"""What managers decide about: requests, invitations, the log."""

from __future__ import annotations

from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.models import AdmissionRequest, JoinLink
from dkbm.audit.log import record
from dkbm.tenancy.models import Membership
from tests.access.worlds import World, builder


@builder
def decisions(world: World) -> None:
    waiting = Membership.objects.get(person=world.people["waiting"])
    AdmissionRequest.objects.create(membership=waiting, state=AdmissionState.OPEN)
    JoinLink.objects.create(email=f"{world.marker.lower()}-eingeladen@example.org")
    manager = world.people["manager"]
    record(action="role.granted", actor=manager, subject=manager, reason=world.text("Grund"), role="manager")
