"""What groups add to sign-up, the person's own page, privacy and search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dkbm.accounts import signup_choices
from dkbm.accounts.domain.admission import refuse
from dkbm.privacy.registry import relations
from dkbm.search.domain.index import rebuild_index
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import (
    join_group,
    make_colleague,
    make_member,
    make_subgroup,
    make_workgroup,
    membership_of,
    row_of,
)
from workgroups.domain.joining import request_to_join
from workgroups.domain.queries.groups import groups_of
from workgroups.domain.queries.overview import my_groups
from workgroups.models import GroupMembership, Workgroup


def make_three_ags() -> list[Workgroup]:
    """Functions as the reference data name them."""
    return [
        make_workgroup(
            "ag1",
            number=1,
            member_functions=["Bildungsmanagement", "Leitung Bildungsbüro", "Koordination Sprachförderung"],
        ),
        make_workgroup("ag2", number=2, member_functions=["Bildungsmonitoring", "Statistikstelle"]),
        make_workgroup(
            "ag3",
            number=3,
            member_functions=[
                "KoKo (Koordination Neuzugewanderte)",
                "Integrationsbeauftragte",
                "Koordination Sprachförderung",
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("function", "slug"),
    [
        ("bildungsmonitoring", "ag2"),
        ("statistikstelle", "ag2"),
        ("koko", "ag3"),
        ("integrationsbeauftragte", "ag3"),
        ("bildungsmanagement", "ag1"),
        ("seniorenbuero", "ag1"),
    ],
)
def test_group_that_matches_the_function(in_niedersachsen: BoundNetwork, function: str, slug: str) -> None:
    make_three_ags()
    assert signup_choices.suggest(function) == slug


def test_function_that_two_groups_name_goes_where_it_stands_further_up(in_niedersachsen: BoundNetwork) -> None:
    make_workgroup("ag1", number=1, member_functions=["Bildungsmanagement", "Bildungskoordination", "sprachfoerderung"])
    make_workgroup("ag3", number=3, member_functions=["koko", "sprachfoerderung"])
    assert signup_choices.suggest("sprachfoerderung") == "ag3"


def test_archived_groups_are_not_offered(in_niedersachsen: BoundNetwork) -> None:
    make_three_ags()
    Workgroup.objects.filter(slug="ag1").update(state="archived")
    assert [value for value, _label, _text in signup_choices.choices()] == ["ag2", "ag3"]
    assert signup_choices.choices()[0] == (
        "ag2",
        "AG 2 Kommunales Bildungsmanagement",
        "Für Bildungsmonitoring, Statistikstelle",
    )


def test_one_admission_opens_the_chosen_group(in_niedersachsen: BoundNetwork) -> None:
    group = make_three_ags()[1]
    person = make_colleague(state="requested")
    membership = membership_of(person)
    signup_choices.on_requested(membership=membership, value="ag2")
    assert row_of(group, person).state == "requested"
    assert list(groups_of(person)) == []
    signup_choices.on_admitted(membership=membership, value="ag2")
    assert row_of(group, person).state == "active"


def test_refusal_by_the_network_ends_the_request_for_the_chosen_group(in_niedersachsen: BoundNetwork) -> None:
    group = make_three_ags()[1]
    leitung, person = make_colleague(roles=("manager",)), make_colleague(state="requested")
    signup_choices.on_requested(membership=membership_of(person), value="ag2")
    refuse(membership=membership_of(person), visitor=visitor_of(leitung), reason="Nein.")
    assert row_of(group, person).state == "left"
    Membership.objects.filter(person=person).update(state="requested")  # asks once more
    signup_choices.on_requested(membership=membership_of(person), value="ag2")
    assert row_of(group, person).state == "requested"


def test_choice_at_sign_up_is_a_new_request(in_niedersachsen: BoundNetwork) -> None:
    group = make_three_ags()[1]
    person = make_colleague(state="requested")
    before = join_group(group, person, state="refused", message="Darf ich?", reason="Nein.", decided_by=person)
    GroupMembership.objects.update(requested=timezone.now() - timedelta(days=400))
    signup_choices.on_requested(membership=membership_of(person), value="ag2")
    row = row_of(group, person)
    assert (row.pk, row.state, row.message, row.reason, row.decided_by) == (before.pk, "requested", "", "", None)
    assert row.requested > timezone.now() - timedelta(minutes=1)
    signup_choices.on_requested(membership=membership_of(person), value="ag2")
    assert row_of(group, person).requested == row.requested


@pytest.mark.parametrize(("second", "states"), [("ag1", ["requested", "left"]), ("", ["left"])])
def test_second_sign_up_with_another_choice_takes_the_first_one_back(
    in_niedersachsen: BoundNetwork, second: str, states: list[str]
) -> None:
    make_three_ags()
    person = make_colleague(state="requested")
    for value in ("ag2", second):
        signup_choices.on_requested(membership=membership_of(person), value=value)
    rows = GroupMembership.objects.filter(person=person).order_by("workgroup__slug")
    assert [row.state for row in rows] == states


def test_member_who_follows_an_invitation_keeps_requests_for_groups(in_niedersachsen: BoundNetwork) -> None:
    group = make_three_ags()[1]
    person = make_colleague()
    request_to_join(workgroup=group, visitor=visitor_of(person))
    signup_choices.on_requested(membership=membership_of(person), value="")
    assert row_of(group, person).state == "requested"


@pytest.mark.parametrize("value", ["gibt-es-nicht", "ag1"])
def test_choice_that_is_gone_is_tolerated(in_niedersachsen: BoundNetwork, value: str) -> None:
    make_workgroup("ag1")
    Workgroup.objects.update(state="archived")
    person = make_colleague(state="requested")
    signup_choices.on_requested(membership=membership_of(person), value=value)
    signup_choices.on_admitted(membership=membership_of(person), value=value)
    assert GroupMembership.objects.count() == 0


def test_own_page_lists_own_groups(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, name="Bildung")
        person = make_member(group, office="deputy")
        make_workgroup("ag2", number=2, name="Fremd")
    text = client_of(niedersachsen, person).get("/konto/").content.decode()
    assert "AG 1 Bildung" in text
    assert "Stellvertretung" in text
    assert "Fremd" not in text


def test_managers_are_reminded_of_requests_everywhere(in_niedersachsen: BoundNetwork) -> None:
    group, other = make_workgroup(), make_workgroup()
    person, manager = make_member(other), make_colleague(roles=("manager",))
    for asker in (make_colleague(), make_colleague(state="requested")):
        group.memberships.create(person=asker, state="requested")
    assert [(line.group, line.requests) for line in my_groups(visitor_of(manager))] == [(group, 1)]
    assert [(line.group, line.requests) for line in my_groups(visitor_of(person))] == [(other, 0)]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_my_groups(in_niedersachsen: BoundNetwork, django_assert_num_queries: Callable, rows: int) -> None:
    person = make_colleague()
    for n in range(rows):
        make_subgroup(make_workgroup(), f"uag-{n}", founder=person)
    visitor = visitor_of(person)
    with django_assert_num_queries(2):
        assert len([line.group.get_absolute_url() for line in my_groups(visitor)]) == 2 * rows


def test_relations_to_people_are_declared() -> None:
    declared = {key: entry.on_erasure for key, entry in relations().items() if key[0].startswith("workgroups.")}
    assert declared == {
        ("workgroups.workgroup", "founder"): "keep_anonymous",
        ("workgroups.groupmembership", "person"): "delete",
        ("workgroups.groupmembership", "decided_by"): "keep_anonymous",
        ("workgroups.announcement", "author"): "keep_anonymous",
        ("workgroups.announcementrecipient", "person"): "delete",
    }


def test_rebuilding_the_index_finds_every_group(in_niedersachsen: BoundNetwork) -> None:
    make_subgroup(make_workgroup())
    assert rebuild_index()["workgroup"] == 2
