"""Into which space the threads of a file go, and that none goes there twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.forum import load_threads
from dkbm.imports.models import LoadedEntry
from dkbm.imports.schemas.forum import TopicEntry
from dkbm.tenancy.context import BoundNetwork, bind
from forum.domain.spaces import space_of
from forum.models import Post, Topic
from tests.factories.forum import make_topic
from tests.factories.groups import make_subgroup, make_workgroup
from tests.factories.people import make_person
from workgroups.models import Workgroup

FOUNDED, CLOSED = date(2024, 2, 20), date(2025, 6, 30)


def entry(**changes: Any) -> TopicEntry:
    fields = {
        "slug": "sozialindex",
        "workgroup": "ag2",
        "subgroup": "uag-daten",
        "title": "Ein Sozialindex",
        "author": "transferagentur@niedersachsen",
        "created": date(2024, 9, 17),
        "post": "Wer hat einen?",
        "replies": [{"author": "transferagentur@niedersachsen", "date": date(2024, 9, 18), "text": "Wir"}],
    }
    return TopicEntry(**{**fields, **changes})


def load(**changes: Any) -> list[str]:
    """Spaces in which the thread stands afterwards."""
    load_threads([entry(**changes)], Authors())
    return list(Topic.objects.filter(slug="sozialindex").order_by("pk").values_list("space__slug", flat=True))


@pytest.fixture
def groups(in_niedersachsen: BoundNetwork) -> Workgroup:
    """An AG and its sub-group, which worked for a while; returns the sub-group."""
    return make_subgroup(make_workgroup("ag2"), "uag-daten", founded=FOUNDED, closed=CLOSED)


@pytest.mark.parametrize(
    ("created", "space"),
    [
        (date(2024, 2, 19), "ag2"),
        (FOUNDED, "uag-daten"),
        (CLOSED, "uag-daten"),
        (date(2025, 7, 1), "ag2"),
    ],
)
def test_thread_goes_to_the_subgroup_that_worked_then(groups: Workgroup, created: date, space: str) -> None:
    assert load(created=created, replies=[]) == [space]


def test_thread_goes_to_the_group_when_nobody_knows_since_when_the_subgroup_works(groups: Workgroup) -> None:
    Workgroup.objects.filter(pk=groups.pk).update(founded=None)
    assert load() == ["ag2"]


def test_thread_goes_to_the_group_when_the_subgroup_is_anothers(groups: Workgroup) -> None:
    Workgroup.objects.filter(pk=groups.pk).update(parent=make_workgroup("ag3"))
    assert load() == ["ag2"]


def test_thread_goes_to_the_group_when_there_is_no_subgroup(groups: Workgroup) -> None:
    assert load(subgroup="uag-anderswo") == ["ag2"]
    assert load(subgroup=None) == ["ag2"]


def test_subgroup_of_the_other_network_is_none(groups: Workgroup, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_workgroup("ag2")
        assert load() == ["ag2"]
    assert not Topic.objects.exists()


def test_thread_in_the_groups_space_stays_there(groups: Workgroup) -> None:
    assert load(subgroup=None) == ["ag2"]
    before = list(Post.objects.values_list("pk", flat=True))
    assert load(title="Ein Sozialindex?") == ["ag2"]
    assert Topic.objects.get().title == "Ein Sozialindex?"
    assert list(Post.objects.values_list("pk", flat=True)) == before


def test_thread_in_the_subgroups_space_stays_there(groups: Workgroup) -> None:
    make_subgroup(Workgroup.objects.get(slug="ag2"), "uag-schule", founded=FOUNDED)
    assert load() == ["uag-daten"]
    assert load(subgroup=None) == ["uag-daten"]
    assert load(subgroup="uag-schule", title="Ein Sozialindex?") == ["uag-daten"]
    assert Topic.objects.get().title == "Ein Sozialindex?"


def test_loaded_thread_is_left_alone(groups: Workgroup) -> None:
    load()
    Topic.objects.update(title="Von Hand geändert")
    LoadedEntry.objects.get(kind="forenthema", key="ag2/sozialindex")
    assert load() == ["uag-daten"]
    assert Topic.objects.get().title == "Von Hand geändert"


def test_topic_that_a_member_began_is_not_the_files_thread(groups: Workgroup) -> None:
    person: Person = make_person("Anna Verden")
    own = make_topic(person, space=space_of(groups), title="Sozialindex", announce=False)
    assert (own.slug, load(created=date(2023, 1, 10))) == ("sozialindex", ["uag-daten", "ag2"])
    own.refresh_from_db()
    assert own.title == "Sozialindex"
