"""New hits are told once, as the person may see them now, and never what they wrote."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from dkbm.notifications.domain.digest import write_digests
from dkbm.notifications.domain.queries.notifications import rows_of
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.savedsearch.domain.looking import people_with_alerts, tell_new_hits
from dkbm.savedsearch.domain.searches import save_search
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.domain.index import index_sections
from dkbm.search.domain.queries import matching
from dkbm.search.models import SearchEntry
from dkbm.search.registry import Entry
from dkbm.search.types import type_keys
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.visitor import visitor_of
from tests.factories import catalogue
from tests.factories.files import make_document
from tests.factories.forum import answer, make_topic, space_of
from tests.factories.groups import join_group, make_workgroup
from tests.factories.people import make_person
from workgroups.models import GroupMembership

Q = "xylothek"


def make_entry(title: str, **values: Any) -> None:
    """Keys are ids, as those of real things."""
    catalogue.make_entry(title, **{"key": str(900_000 + sum(map(ord, title))), **values})


def save(person: Any, q: str = Q, **values: Any) -> SavedSearch:
    return save_search(**{"q": q, "type": "", "chosen": {}, "visitor": visitor_of(person), **values})


def told(person: Any) -> list[str]:
    """Look for new hits; sentences of what is told now."""
    before = set(Notification.objects.values_list("pk", flat=True))
    tell_new_hits(person_id=person.pk)
    new = Notification.objects.filter(person=person).exclude(pk__in=before).order_by("group", "pk")
    return [row.sentence for row in rows_of(new)]


def digest() -> list[str]:
    write_digests(level=Level.DAILY, due=timezone.now() + datetime.timedelta(minutes=1))
    return list(Mail.objects.filter(kind="digest.daily").order_by("pk").values_list("body", flat=True))


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork) -> Any:
    return make_person("Maria Kröger")


def test_what_is_new_is_told_once_in_the_digest(maria: Any) -> None:
    make_entry("Xylothek alt")
    save(maria)
    assert told(maria) == []
    for number in range(5):
        make_entry(f"Xylothek {number}", type="transfergegenstand")
    assert told(maria) == [
        "Neu zu Ihrer Suche „xylothek“: „Xylothek 4“, „Xylothek 3“, „Xylothek 2“ und 2 weitere Treffer."
    ]
    assert told(maria) == []
    (body,) = digest()
    assert "Neu zu Ihrer Suche „xylothek“" in body
    SearchEntry.objects.get(title="Xylothek 4").delete()
    assert told(maria) == []
    make_entry("Xylothek 4", type="transfergegenstand")
    assert told(maria) == []


def test_old_hit_that_takes_the_place_of_a_newer_one_is_no_news(maria: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_OF_A_TYPE", 2)
    now = timezone.now()
    for days in (1, 2, 3):
        make_entry(f"Xylothek {days}", date=now - datetime.timedelta(days=days))
    save(maria)
    SearchEntry.objects.get(title="Xylothek 1").delete()
    assert told(maria) == []
    make_entry("Xylothek 4", date=now + datetime.timedelta(minutes=1))
    assert told(maria) == ["Neu zu Ihrer Suche „xylothek“: „Xylothek 4“."]


def test_further_section_of_a_thing_is_no_news(maria: Any) -> None:
    save(maria)
    make_entry("Xylothek", key="7")
    assert len(told(maria)) == 1
    more = Entry("topic", "7/2", "x", "Xylothek", "xylothek", "/x/", "public", continues=True)
    index_sections(type="topic", keys=["7/2"], entries=[more])
    assert told(maria) == []


@pytest.mark.parametrize(
    "type", ["transfergegenstand", "topic", "page", "event", "publication", "workgroup", "person", "document"]
)
def test_each_role_is_told_of_each_type_what_it_may_see(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, media: Any, type: str
) -> None:
    assert type in type_keys()
    with bind(bayern):
        stranger = make_person()
        save(stranger)
    with bind(niedersachsen):
        group = make_workgroup("ag7", number=7)
        people = {"member": make_person(), "insider": make_person(), "manager": make_person(roles=("manager",))}
        join_group(group, people["insider"])
        for person in people.values():
            save(person)
        if type == "document":
            make_document("Xylothek")
        else:
            make_entry("Xylothek", key="1", type=type, visibility="group", group_id=group.pk)
        sees = set(people) if type == "document" else {"insider", "manager"}
        for who, person in people.items():
            assert bool(told(person)) == (who in sees), who
    with bind(bayern):
        assert told(stranger) == []


def test_who_lost_the_group_gets_nothing_of_it(maria: Any) -> None:
    group = make_workgroup("ag7", number=7)
    join_group(group, maria)
    save(maria)
    make_entry("Xylothek offen", type="transfergegenstand")
    make_entry("Xylothek geheim", visibility="group", group_id=group.pk)
    assert sorted(told(maria)) == [
        "Neu zu Ihrer Suche „xylothek“: „Xylothek geheim“.",
        "Neu zu Ihrer Suche „xylothek“: „Xylothek offen“.",
    ]
    GroupMembership.objects.filter(person=maria).delete()
    (body,) = digest()
    assert ("offen" in body, "geheim" in body) == (True, False)
    make_entry("Xylothek geheimer", visibility="group", group_id=group.pk)
    assert told(maria) == []


def test_nobody_is_told_of_what_they_wrote(maria: Any) -> None:
    group = make_workgroup("ag7", number=7)
    otto = make_person("Otto Meyer")
    for person in (maria, otto):
        join_group(group, person)
        save(person)
    topic = make_topic(maria, title="Xylothek gesucht", space=space_of(group))
    assert told(maria) == []
    assert told(otto) == ["Neu zu Ihrer Suche „xylothek“: „Xylothek gesucht“."]
    other = make_topic(otto, title="Etwas anderes", space=space_of(group))
    answer(other, maria, "Dazu passt unsere Xylothek.")
    assert told(maria) == []
    assert told(otto) == []
    assert topic.pk


def test_whoever_is_no_member_any_more_is_asked_for_no_longer(maria: Any) -> None:
    save(maria)
    silent = make_person()
    SavedSearch.objects.filter(pk=save(silent).pk).update(alert=False)
    assert people_with_alerts() == [maria.pk]
    maria.memberships.update(state=MembershipState.LEFT)
    make_entry("Xylothek")
    assert (people_with_alerts(), told(maria), told(silent)) == ([], [], [])


def test_deleted_search_stands_in_no_digest(maria: Any) -> None:
    search = save(maria)
    make_entry("Xylothek")
    assert len(told(maria)) == 1
    search.delete()
    assert digest() == []


def test_some_of_the_words_are_no_hit(maria: Any) -> None:
    save(maria, q="xylothek klavierstunde")
    make_entry("Xylothek")
    assert told(maria) == []
    make_entry("Klavierstunde in der Xylothek")
    assert len(told(maria)) == 1
