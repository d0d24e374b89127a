"""What a network's managers see of people: requests, members, trusted domains, the log."""

from __future__ import annotations

from dkbm.accounts.domain.audit import record
from dkbm.accounts.enums import AdmissionState, Function
from dkbm.accounts.models import AdmissionRequest, JoinLink, Profile, TrustedMailDomain
from dkbm.tenancy.models import Membership
from tests.access.worlds import World, builder


@builder
def people(world: World) -> None:
    for role, person in world.people.items():
        membership = Membership.objects.get(person=person)
        world.add(f"membership_of_{role}", membership.pk)
        world.add("membership", membership.pk)
        about = world.text("stellt sich vor")
        Profile.objects.create(person=person, function=Function.KOKO, phone=world.text("Telefon"), about=about)
    waiting = Membership.objects.get(person=world.people["waiting"])
    AdmissionRequest.objects.create(membership=waiting, state=AdmissionState.OPEN)
    domain = TrustedMailDomain.objects.create(domain=f"{world.marker.lower()}.example.org")
    world.add("trusted_domain", domain.pk)
    JoinLink.objects.create(email=f"{world.marker.lower()}-eingeladen@example.org")
    manager = world.people["manager"]
    record(action="role.granted", actor=manager, subject=manager, reason=world.text("Grund"), role="manager")
