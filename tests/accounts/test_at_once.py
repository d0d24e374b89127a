"""Two people at the same moment, with real threads and commits."""

from __future__ import annotations

import pytest

from dkbm.accounts.domain import admission, join_links
from dkbm.accounts.domain.errors import NotAllowed
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership
from tests.accounts.conftest import PASSWORD
from tests.factories.people import make_person
from tests.meanwhile import meanwhile


def test_last_two_managers_cannot_both_leave_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (Membership.objects.get(person=make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
    with meanwhile(committed_network, lambda: admission.leave(membership=two)) as second:
        admission.leave(membership=one)
    with pytest.raises(NotAllowed, match="Sie sind die einzige Netzwerkleitung"):
        second.result()
    with bind(committed_network):
        assert Membership.objects.get(roles__contains=[Role.MANAGER]) == two


def test_two_links_to_one_mailbox_are_followed_at_once(committed_network: BoundNetwork) -> None:
    email = f"zwei@{committed_network.slug}.example.org"
    joining = join_links.Joining("transferagentur", None, "", "Zoe", "Zwei", PASSWORD)
    with bind(committed_network):
        asking, inviting = (
            join_links.token_for(join_links.send(email=email, admits=admits)) for admits in (False, True)
        )
    with meanwhile(committed_network, lambda: join_links.accept(inviting, joining)) as second:
        join_links.accept(asking, joining)
    assert second.result().is_active
    with bind(committed_network):
        assert Membership.objects.get(person__email=email).is_active
