"""Managers found AGs and change what is said about them."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.audit.models import AuditEntry
from dkbm.core.decisions import ALLOWED
from dkbm.notifications.models import Mail
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import make_colleague, make_concept_group, make_member, make_workgroup, row_of
from workgroups import rules
from workgroups.domain.editing import edit_workgroup
from workgroups.domain.ending import archive_workgroup
from workgroups.domain.founding import found_concept_group, found_workgroup
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def manager(in_niedersachsen: Any) -> Person:
    return make_colleague("Lena Leitung", roles=("manager",))


def test_concept_group_founded_at_the_same_moment_is_a_sentence(
    manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_concept_group()
    monkeypatch.setattr(rules, "may_found_concept_group", lambda visitor, has_one: ALLOWED)
    with pytest.raises(GroupRefusal, match="hat schon eine Konzeptgruppe"):
        found_concept_group(visitor=visitor_of(manager))
    assert Workgroup.objects.concept_groups().count() == 1


def found(manager: Person, **fields: Any) -> Workgroup:
    return found_workgroup(visitor=visitor_of(manager), **{"name": "Übergänge", **fields})


def test_founded_group_has_page_search_entry_and_log(manager: Person) -> None:
    group = found(manager, number=4, description="Schule und Beruf.", question="Wie gelingt er?")
    assert (group.slug, group.title, group.founder, group.state) == (
        "ag-4-uebergaenge",
        "AG 4 Übergänge",
        manager,
        "open",
    )
    assert (group.page.live, group.page.title, group.page.introduction) == (True, "AG 4 Übergänge", "Schule und Beruf.")
    entry = SearchEntry.objects.get(type="workgroup", key=str(group.pk))
    assert (entry.title, entry.visibility) == ("AG 4 Übergänge", "public")
    assert "Wie gelingt er?" in entry.body
    assert AuditEntry.objects.filter(action="group.founded", actor_id=manager.pk).count() == 1


def test_speaker_chosen_at_the_founding_is_its_first_member_and_is_told(manager: Person) -> None:
    speaker = make_colleague("Anna Eins")
    group = found(manager, speaker=speaker)
    row = row_of(group, speaker)
    assert (row.state, row.office) == ("active", "speaker")
    assert Mail.objects.get(kind="group.office").address == speaker.email


@pytest.mark.parametrize("fields", [{"state": "requested"}, {"state": "left"}, {"is_active": False}])
def test_speaker_must_be_an_active_member(manager: Person, fields: dict[str, Any]) -> None:
    speaker = make_colleague(**fields)
    with pytest.raises(GroupRefusal, match="Mitglied des Netzwerks") as error:
        found(manager, speaker=speaker)
    assert error.value.field == "speaker"
    assert Workgroup.objects.count() == 0


@pytest.mark.parametrize("roles", [(), ("editor",)])
def test_only_managers_found(roles: tuple[str, ...]) -> None:
    person = make_colleague(roles=roles)
    with pytest.raises(GroupRefusal, match="kann nur die Netzwerkleitung gründen"):
        found(person)


def test_number_is_given_once(manager: Person) -> None:
    found(manager, number=4)
    with pytest.raises(GroupRefusal) as error:
        found(manager, number=4, name="Andere")
    assert (str(error.value), error.value.field) == (
        "Diese Nummer hat schon eine andere Arbeitsgruppe.",
        "number",
    )


def test_number_of_another_network_does_not_count(manager: Person, bayern: BoundNetwork) -> None:
    with bind(bayern):
        other = make_workgroup("ag-4-uebergaenge", number=4)
    assert found(manager, number=4).slug == other.slug


def test_same_name_gets_another_address(manager: Person) -> None:
    assert [found(manager).slug, found(manager).slug] == ["ag-uebergaenge", "ag-uebergaenge-2"]


def test_name_without_letters_still_gets_an_address(manager: Person) -> None:
    assert found(manager, name="???").slug == "ag-2"


def test_editing_changes_the_page_and_keeps_the_address(manager: Person) -> None:
    group = found(manager, number=4, description="Alt.")
    edit_workgroup(group=group, visitor=visitor_of(manager), name="Neu", number=5, description="Neuer Text.")
    fresh = Workgroup.objects.select_related("page").get(pk=group.pk)
    assert (fresh.slug, fresh.title, fresh.description) == ("ag-4-uebergaenge", "AG 5 Neu", "Neuer Text.")
    assert (fresh.page.title, fresh.page.introduction, fresh.page.live) == ("AG 5 Neu", "Neuer Text.", True)
    assert SearchEntry.objects.get(type="workgroup", key=str(group.pk)).title == "AG 5 Neu"


def test_introduction_of_the_editors_stays(manager: Person) -> None:
    group = found(manager, description="Alt.")
    group.page.introduction = "Von der Redaktion."
    group.page.save_revision().publish()
    edit_workgroup(group=group, visitor=visitor_of(manager), name="Neu", description="Neuer Text.")
    fresh = Workgroup.objects.select_related("page").get(pk=group.pk)
    assert (fresh.page.title, fresh.page.introduction) == ("Neu", "Von der Redaktion.")


def test_draft_of_the_editors_is_not_published_by_an_edit(manager: Person) -> None:
    group = found(manager, description="Alt.")
    group.page.introduction = "Noch geheim."
    group.page.save_revision()
    edit_workgroup(group=group, visitor=visitor_of(manager), name="Neu", description="Neu.")
    page = Workgroup.objects.select_related("page").get(pk=group.pk).page
    assert (page.title, page.introduction) == ("Neu", "Neu.")
    assert page.get_latest_revision_as_object().introduction == "Noch geheim."


def test_concept_group_keeps_without_a_number(manager: Person) -> None:
    concept = make_concept_group()
    edit_workgroup(group=concept, visitor=visitor_of(manager), name="Kreis", number=3)
    assert Workgroup.objects.get(pk=concept.pk).title == "Kreis"


def test_archived_group_is_not_edited(manager: Person) -> None:
    group = found(manager)
    archive_workgroup(group=group, visitor=visitor_of(manager), result=" Ein Leitfaden. ")
    assert Workgroup.objects.get(pk=group.pk).result == "Ein Leitfaden."
    with pytest.raises(GroupRefusal, match="ist archiviert"):
        edit_workgroup(group=group, visitor=visitor_of(manager), name="Neu")


def test_members_of_an_archived_group_are_told_with_what_came_out_of_it(manager: Person) -> None:
    group = make_workgroup("ag1", number=1, name="Daten")
    member, _colleague = make_member(group), make_colleague()
    archive_workgroup(group=group, visitor=visitor_of(manager), result="Ein Leitfaden.")
    mail = Mail.objects.get(kind="group.archived")
    assert (mail.recipient, mail.subject) == (member, "„AG 1 Daten“ ist archiviert")
    assert "Ein Leitfaden." in mail.body
