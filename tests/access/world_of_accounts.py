"""What managers decide about: requests, invitations, the log."""

from __future__ import annotations

from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.models import AdmissionRequest, Function, JoinLink
from dkbm.audit.log import record
from dkbm.tenancy.models import Membership
from tests.access.worlds import World, builder
from tests.factories.portraits import put_portrait


@builder
def decisions(world: World) -> None:
    waiting = Membership.objects.get(person=world.people["waiting"])
    AdmissionRequest.objects.create(membership=waiting, state=AdmissionState.OPEN)
    JoinLink.objects.create(email=f"{world.marker.lower()}-eingeladen@example.org")
    manager = world.people["manager"]
    function = Function.objects.create(slug=world.slug("funktion"), label=world.text("Funktion"), order=99)
    world.add("function", function.pk)
    world.add("other_function", Function.objects.exclude(pk=function.pk).order_by("order", "pk")[1].pk)
    for person in world.people.values():
        world.add("portrait", put_portrait(person, shown_to="members").key)
    record(action="role.granted", actor=manager, subject=manager, reason=world.text("Grund"), role="manager")
