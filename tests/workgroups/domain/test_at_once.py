"""Two steps at the same moment, with real threads and commits."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import make_colleague, make_member, make_workgroup
from tests.meanwhile import meanwhile
from workgroups.domain.founding import found_subgroup, found_workgroup
from workgroups.domain.groups import put_in_group
from workgroups.errors import GroupRefusal
from workgroups.models import GroupMembership, Workgroup


def test_somebody_is_put_in_a_group_twice_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        group, person = make_workgroup("ag1"), make_colleague()
    with meanwhile(committed_network, lambda: put_in_group(workgroup=group, person=person)) as second:
        put_in_group(workgroup=group, person=person)
    assert second.result().is_active
    with bind(committed_network):
        assert GroupMembership.objects.get(workgroup=group, person=person).is_active


TEXTS: dict[str, Any] = {"name": "Kleinräumige Daten", "question": "Wie?", "expected_result": "Papier"}


def test_one_person_founds_a_subgroup_twice_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        group = make_workgroup("ag1")
        person = make_member(group)
        asked = {"workgroup": group, "visitor": visitor_of(person), **TEXTS}
    with meanwhile(committed_network, lambda: found_subgroup(**asked)) as second:
        first = found_subgroup(**asked)
    assert second.result() == first
    with bind(committed_network):
        assert Workgroup.objects.subgroups().get() == first


def test_two_managers_give_one_number_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (visitor_of(make_colleague(roles=("manager",))) for _ in range(2))
    with meanwhile(committed_network, lambda: found_workgroup(visitor=two, name="Daten", number=4)) as second:
        found_workgroup(visitor=one, name="Übergänge", number=4)
    with pytest.raises(GroupRefusal, match="Diese Nummer hat schon eine andere Arbeitsgruppe") as error:
        second.result()
    assert error.value.field == "number"


def test_two_ags_found_a_subgroup_of_one_name_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = make_workgroup("ag1"), make_workgroup("ag2")
        person = make_member(one)
        put_in_group(workgroup=two, person=person)
        asked = {"visitor": visitor_of(person), **TEXTS}
    with meanwhile(committed_network, lambda: found_subgroup(workgroup=two, **asked)) as second:
        found_subgroup(workgroup=one, **asked)
    with pytest.raises(GroupRefusal, match="Gerade wurde eine Gruppe dieses Namens gegründet") as error:
        second.result()
    assert error.value.field == "name"
    with bind(committed_network):
        assert found_subgroup(workgroup=two, **asked).slug == "uag-kleinraeumige-daten-2"
