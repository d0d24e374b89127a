"""Two steps at the same moment, with real threads and commits."""

from __future__ import annotations

from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.groups import make_colleague, make_workgroup
from tests.meanwhile import meanwhile
from workgroups.domain.groups import put_in_group
from workgroups.models import GroupMembership


def test_somebody_is_put_in_a_group_twice_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        group, person = make_workgroup("ag1"), make_colleague()
    with meanwhile(committed_network, lambda: put_in_group(workgroup=group, person=person)) as second:
        put_in_group(workgroup=group, person=person)
    assert second.result().is_active
    with bind(committed_network):
        assert GroupMembership.objects.get(workgroup=group, person=person).is_active
