"""Founding, closing, archiving; what importers call."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from dkbm.notifications.models import Mail
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import (
    make_colleague,
    make_member,
    make_subgroup,
    make_workgroup,
    row_of,
)
from workgroups.domain.ending import close_subgroup
from workgroups.domain.founding import found_subgroup
from workgroups.domain.groups import put_in_group
from workgroups.domain.imports import import_subgroup, import_workgroup
from workgroups.domain.queries.groups import readable_group_ids
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup, WorkgroupIndexPage, WorkgroupPage

AG1 = {
    "slug": "ag1-bildungsmanagement",
    "number": 1,
    "name": "Kommunales Bildungsmanagement",
    "founded": 2017,
    "description": "Hier treffen sich alle, die Bildung planen.",
    "aims": ["Bildungsverantwortliche an einen Tisch bringen", "Trends <früh> erkennen"],
    "member_functions": ["Bildungsmanagement", "KoKo (Koordination Neuzugewanderte)", "Koordination Sprachförderung"],
}


def test_workgroup_comes_with_a_published_page(in_niedersachsen: BoundNetwork) -> None:
    group = import_workgroup(**AG1)
    assert group.title == "AG 1 Kommunales Bildungsmanagement"
    assert group.founded == datetime.date(2017, 1, 1)
    assert group.member_functions == ["bildungsmanagement", "koko", "sprachfoerderung"]
    page = group.page
    assert (page.title, page.slug, page.live) == (group.title, group.slug, True)
    assert page.introduction == AG1["description"]
    assert "<li>Trends &lt;früh&gt; erkennen</li>" in str(page.aims)
    assert page.url == "/ag/ag1-bildungsmanagement/"
    assert page.get_parent().slug == "ag"


def test_creating_again_updates_and_keeps_what_editors_wrote(in_niedersachsen: BoundNetwork) -> None:
    first = import_workgroup(**AG1)
    page = first.page
    page.introduction = "Von der Redaktion."
    page.save_revision().publish()
    Workgroup.objects.filter(pk=first.pk).update(question="Wie gelingt es?")
    second = import_workgroup(**{**AG1, "name": "Bildungsmanagement", "description": "Anders."})
    assert (second.pk, second.question) == (first.pk, "Wie gelingt es?")
    page = WorkgroupPage.objects.get()
    assert (page.title, page.introduction) == ("AG 1 Bildungsmanagement", "Von der Redaktion.")
    assert WorkgroupIndexPage.objects.count() == 1


def test_same_slug_in_two_networks(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(bayern):
        other = import_workgroup(**AG1)
        person = make_member(other)
        make_subgroup(other)
    with bind(niedersachsen):
        group = import_workgroup(**AG1)
        make_subgroup(group)
        assert group.pk != other.pk
        assert [each.pk for each in Workgroup.objects.workgroups()] == [group.pk]
        assert WorkgroupPage.objects.count() == 1
        manager = make_colleague(roles=("manager",))
        assert other.pk not in readable_group_ids(visitor_of(manager))
        assert group.memberships.filter(person_id=person.pk).count() == 0


@pytest.mark.parametrize("slug", ["neu", "netzweit", "-", "a--b", "AG1", "ag_1"])
def test_slugs_that_no_group_may_have(in_niedersachsen: BoundNetwork, slug: str) -> None:
    with pytest.raises(ValidationError) as error:
        import_workgroup(slug=slug, name="Name", number=7)
    assert list(error.value.message_dict) == ["slug"]


def test_two_ags_cannot_share_a_number(in_niedersachsen: BoundNetwork) -> None:
    make_workgroup("eins", number=1)
    with pytest.raises(GroupRefusal, match="Diese Nummer hat schon eine andere Arbeitsgruppe"):
        make_workgroup("zwei", number=1)


TEXTS = {"name": "Größe & Zuschnitt", "question": "Wie?", "expected_result": "Papier"}


def test_member_founds_a_subgroup_and_leads_it(in_niedersachsen: BoundNetwork) -> None:
    ag = make_workgroup()
    person, other = make_member(ag), make_member(ag)
    group, namesake = (
        found_subgroup(workgroup=ag, visitor=visitor_of(founder), **TEXTS) for founder in (person, other)
    )
    assert [group.slug, namesake.slug] == ["uag-groesse-zuschnitt", "uag-groesse-zuschnitt-2"]
    assert (row_of(group, person).office, group.founder) == ("lead", person)


def test_founding_sent_twice_founds_once(in_niedersachsen: BoundNetwork) -> None:
    ag, elsewhere = make_workgroup(), make_workgroup()
    person = make_member(ag)
    put_in_group(workgroup=elsewhere, person=person)
    asked = {"visitor": visitor_of(person), **TEXTS}
    first = found_subgroup(workgroup=ag, **asked)
    assert found_subgroup(workgroup=ag, **asked) == first
    with pytest.raises(GroupRefusal, match="gerade eine Unterarbeitsgruppe dieses Namens") as error:
        found_subgroup(workgroup=ag, **{**asked, "question": "Und jetzt?"})  # nothing typed gets lost
    assert error.value.field == "name"
    assert found_subgroup(workgroup=elsewhere, **asked) != first
    close_subgroup(group=first, result="Ein Papier.", visitor=asked["visitor"])
    again = found_subgroup(workgroup=ag, **asked)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10, seconds=1)):
        later = found_subgroup(workgroup=ag, **asked)
    assert len({first.pk, again.pk, later.pk}) == 3


def test_founding_needs_membership_and_a_day_to_come(in_niedersachsen: BoundNetwork) -> None:
    ag = make_workgroup(number=1, name="Bildung")
    person, member = make_colleague(), make_member(ag)
    texts = {"name": "Titel", "question": "Wie?", "expected_result": "Papier"}
    with pytest.raises(GroupRefusal, match="können nur die Mitglieder von „AG 1 Bildung“ gründen"):
        found_subgroup(workgroup=ag, visitor=visitor_of(person), **texts)
    with pytest.raises(GroupRefusal) as error:
        found_subgroup(workgroup=ag, visitor=visitor_of(member), until=datetime.date(2020, 1, 1), **texts)
    assert error.value.field == "until"
    assert Workgroup.objects.subgroups().count() == 0


def test_closing_keeps_the_result_and_tells_the_members(in_niedersachsen: BoundNetwork) -> None:
    ag = make_workgroup()
    group, lead = make_subgroup(ag), make_member(ag)
    put_in_group(workgroup=group, person=lead, office="lead")
    member = make_member(group)
    with pytest.raises(GroupRefusal) as error:
        close_subgroup(group=group, result=" ", visitor=visitor_of(lead))
    assert error.value.field == "result"
    closed = close_subgroup(group=group, result="Ein Papier.", visitor=visitor_of(lead))
    assert (closed.state, closed.result) == ("closed", "Ein Papier.")
    assert list(Mail.objects.values_list("kind", "address")) == [("group.closed", member.email)]
    with pytest.raises(GroupRefusal, match="abgeschlossen"):
        close_subgroup(group=group, result="Noch eins.", visitor=visitor_of(lead))


def test_import_of_a_subgroup_is_idempotent(in_niedersachsen: BoundNetwork) -> None:
    ag = make_workgroup()
    founder = make_colleague()
    for _ in range(2):
        group = import_subgroup(
            workgroup=ag,
            slug="uag-verbleib",
            title="Verbleib",
            founder=founder,
            founded=datetime.date(2023, 2, 28),
            closed=datetime.date(2024, 1, 1),
            result="Muster",
        )
    assert (group.state, group.founder) == ("closed", founder)
    assert [(row_of(each, founder).state, row_of(each, founder).office) for each in (ag, group)] == [
        ("active", ""),
        ("active", "lead"),
    ]
    assert Workgroup.objects.subgroups().count() == 1


def test_groups_are_found_by_whom_they_concern(in_niedersachsen: BoundNetwork) -> None:
    ag = import_workgroup(**AG1)
    make_subgroup(ag)
    entries = SearchEntry.objects.filter(type="workgroup").order_by("pk")
    assert [(each.title, each.url, each.visibility, each.group_id) for each in entries] == [
        ("AG 1 Kommunales Bildungsmanagement", "/ag/ag1-bildungsmanagement/", "public", None),
        ("Kleinräumige Daten", "/ag/ag1-bildungsmanagement/uag-daten/", "group", ag.pk),
    ]
