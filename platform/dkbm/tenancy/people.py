"""Door: whose account a mail address is, in whatever network, and in which ones a person is.

Sign-up and invitations need it: one account serves all networks, and who asks here may have one elsewhere.
The answer never reaches a page; only the owner of the mailbox hears of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from dkbm.core.addresses import normal_address

from .context import BoundNetwork, bind, bind_all
from .enums import MembershipState
from .hosts import all_networks
from .models import Membership


def person_id_for_address(email: str) -> UUID | None:
    """Key of the person who verified this address, else of the account that was opened with it."""
    address = normal_address(email)
    with bind_all("account of a mail address, for sign-up and invitation"):
        owner = EmailAddress.objects.filter(email=address, verified=True).values_list("user_id", flat=True).first()
        return owner or get_user_model().objects.filter(email=address).values_list("pk", flat=True).first()


def has_verified_account(email: str) -> bool:
    """Whether somebody has proven to own this address, in whatever network."""
    with bind_all("verified account of a mail address, for the page of a mailed link"):
        return EmailAddress.objects.filter(email=normal_address(email), verified=True).exists()


def each_network_of(person_id: UUID) -> Iterator[BoundNetwork]:
    """Bind one network after the other in which the person is an active member: the name is the same in all."""
    with bind_all("networks of a person, to tell them a new name"):
        rows = Membership.objects.filter(person_id=person_id, state=MembershipState.ACTIVE)
        ids = set(rows.values_list("network_id", flat=True))
    for network in all_networks():
        if network.id in ids:
            with bind(network):
                yield network
