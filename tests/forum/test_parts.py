"""The registry of parts with a kind of its own, as an app would add it; and the count of changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import Visitor, visitor_of
from forum import parts
from forum.domain.posts import edit_post
from forum.domain.queries.parts import parts_since
from forum.domain.revisions import StaleTopic, next_revision
from forum.domain.topics import close_topic, mark_answer
from forum.enums import MISSED_AT_ONCE
from forum.errors import ForumRefusal
from forum.models import Topic
from forum.parts import Action, Done, Item, Part, act, register_part
from tests.architecture.imports_graph import own_sources
from tests.factories.forum import answer
from tests.forum.live_scene import ClientOf


@dataclass
class Lamp:
    """Something small on a topic's page that everybody may switch on and off."""

    number: int
    revision: int = 0
    is_on: bool = False


class SwitchForm(forms.Form):
    lamp = forms.IntegerField(error_messages={"invalid": "Bitte wählen Sie eine Lampe."})
    on = forms.BooleanField(required=False)


class Lamps:
    """A kind of part without a table."""

    def __init__(self) -> None:
        self.lamps: list[Lamp] = []

    def changed_since(self, topic: Topic, revision: int, limit: int) -> list[Item]:
        changed = sorted((lamp.revision, lamp.number) for lamp in self.lamps if lamp.revision > revision)
        return [Item(number, revision, self.lamps[number]) for revision, number in changed[:limit]]

    def switch(self, *, topic: Topic, visitor: Visitor, lamp: int, on: bool) -> Done:
        if not visitor.is_member:
            raise ForumRefusal("Lampen schalten nur Mitglieder.")
        self.lamps[lamp] = Lamp(lamp, next_revision(topic), on)
        return Done("Geschaltet.", topic.get_absolute_url())


@pytest.fixture
def lamps(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Lamps:
    lamps = Lamps()
    monkeypatch.setattr(parts, "_parts", dict(parts._parts))
    part = '<b data-part="lamp:{{ row.number }}">{{ row.is_on|yesno:"an,aus" }}</b>'
    loaders = [("django.template.loaders.locmem.Loader", {"probe/_lamp.html": part})]
    (engine,) = settings.TEMPLATES
    own = engine["OPTIONS"].get("loaders", [])
    options = {key: value for key, value in engine["OPTIONS"].items() if key != "loaders"}
    own = own or ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": {**options, "loaders": [*loaders, *own]}}]
    register_part(
        Part(
            kind="lamp",
            template="probe/_lamp.html",
            changed_since=lamps.changed_since,
            rows=lambda topic, things: things,
            actions={"switch": Action(SwitchForm, lamps.switch)},
        )
    )
    return lamps


@pytest.fixture
def visitor(helper: Person) -> Visitor:
    return visitor_of(helper)


def names(html: str) -> list[str]:
    return re.findall(r'data-part="([a-z]+:\d+)"', html)


def test_new_kind_is_sent_caught_up_on_and_acted_on(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    lamps: Lamps,
    topic: Topic,
    helper: Person,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    lamps.lamps = [Lamp(0)]
    client = client_of(in_niedersachsen, helper)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{topic.get_absolute_url()}aktion/", {"do": "lamp.switch", "lamp": "0", "on": "on"})
    assert response["Location"] == topic.get_absolute_url()
    element = '<b data-part="lamp:0">an</b>'
    assert sent == [{"type": "parts", "revision": 2, "parts": [{"part": "lamp:0", "html": element}]}]
    missed = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": 1}).text
    assert (names(missed), element in missed) == (["lamp:0"], True)


@pytest.mark.parametrize(
    ("do", "values", "reason"),
    [
        ("lamp.break", {"lamp": "0"}, "Das ist hier nicht möglich."),
        ("lamp", {"lamp": "0"}, "Das ist hier nicht möglich."),
        ("nothing.switch", {}, "Das ist hier nicht möglich."),
        ("", {}, "Das ist hier nicht möglich."),
        ("lamp.switch", {"lamp": "x"}, "Bitte wählen Sie eine Lampe."),
        ("lamp.switch", {"lamp": ["0", "1"]}, "Bitte wählen Sie eine Lampe."),
    ],
)
def test_unknown_actions_and_wrong_values_are_refused(
    lamps: Lamps, topic: Topic, visitor: Visitor, do: str, values: dict[str, Any], reason: str
) -> None:
    lamps.lamps = [Lamp(0)]
    with pytest.raises(ForumRefusal) as refusal:
        act(topic=topic, visitor=visitor, do=do, values=values)
    assert (refusal.value.reason, lamps.lamps) == (reason, [Lamp(0)])


def reached(topic: Topic, visitor: Visitor, revision: int) -> tuple[int, list[int], bool]:
    missed = parts_since(topic, visitor, revision=revision)
    return missed.revision, [part.row.number for part in missed.parts], missed.is_cut


def test_cut_never_divides_a_change(lamps: Lamps, topic: Topic, visitor: Visitor) -> None:
    together = 3
    lamps.lamps = [Lamp(number, 5 + number) for number in range(MISSED_AT_ONCE - 1)]
    last = lamps.lamps[-1].revision + 1
    lamps.lamps += [Lamp(MISSED_AT_ONCE - 1 + number, last) for number in range(together)]
    topic.revision = last
    before = list(range(MISSED_AT_ONCE - 1))
    assert reached(topic, visitor, 4) == (last - 1, before, True)
    assert reached(topic, visitor, 5) == (last - 1, before[1:], True)
    assert reached(topic, visitor, 7) == (last, list(range(3, MISSED_AT_ONCE + 2)), False)
    assert reached(topic, visitor, last - 1) == (last, lamps_of(last, lamps), False)


def lamps_of(revision: int, lamps: Lamps) -> list[int]:
    return [lamp.number for lamp in lamps.lamps if lamp.revision == revision]


def test_kinds_come_in_the_order_of_their_changes(
    lamps: Lamps, topic: Topic, visitor: Visitor, helper: Person, asker: Person
) -> None:
    post = answer(topic, helper)
    lamps.lamps = [Lamp(0)]
    topic.refresh_from_db()
    act(topic=topic, visitor=visitor, do="lamp.switch", values={"lamp": "0"})
    edit_post(post=post, visitor=visitor, text="Ergänzt")
    close_topic(topic=topic, visitor=visitor_of(asker))
    topic = Topic.objects.select_related("space__workgroup", "solved_post").get(pk=topic.pk)
    missed = parts_since(topic, visitor, revision=1)
    assert [part.template for part in missed.parts] == [
        "probe/_lamp.html",
        "forum/_post.html",
        "forum/_state.html",
        "forum/_reply.html",
    ]
    assert (missed.revision, topic.revision) == (5, 5)


def test_change_with_more_parts_than_fit_is_an_error(lamps: Lamps, topic: Topic, visitor: Visitor) -> None:
    lamps.lamps = [Lamp(number, 9) for number in range(MISSED_AT_ONCE + 1)]
    topic.revision = 9
    with pytest.raises(ValueError, match="Change 9 of topic"):
        parts_since(topic, visitor, revision=1)


def test_what_changes_while_somebody_asks_is_for_the_next_time(lamps: Lamps, topic: Topic, visitor: Visitor) -> None:
    topic.revision = 2
    lamps.lamps = [Lamp(0, 2), *(Lamp(number, 2 + number) for number in range(1, MISSED_AT_ONCE + 1))]
    assert reached(topic, visitor, 1) == (2, [0], False)


def test_no_revision_is_given_twice(topic: Topic) -> None:
    other = Topic.objects.get(pk=topic.pk)
    assert (next_revision(topic), next_revision(topic)) == (2, 3)
    with pytest.raises(StaleTopic):
        next_revision(other)
    assert (Topic.objects.get(pk=topic.pk).revision, other.revision) == (3, 1)


def test_parts_of_one_change_share_its_revision(topic: Topic, asker: Person, helper: Person) -> None:
    first, second = answer(topic, helper), answer(topic, helper, "Noch etwas")
    for post in (first, second):
        mark_answer(topic=topic, post=post, visitor=visitor_of(asker))
    topic.refresh_from_db()
    numbers = set(topic.posts.filter(number__gt=1).values_list("revision", flat=True))
    assert (numbers, topic.revision, topic.state_revision) == ({5}, 5, 5)


def test_revisions_are_counted_in_one_place() -> None:
    counting = re.compile(r"revision \+= |revision \+ 1|F\(\"revision\"\)")
    assert [
        module for module, text in own_sources().items() if module.startswith("forum.") and counting.search(text)
    ] == ["forum.domain.revisions"]


@pytest.mark.parametrize("posts", [1, 3])
def test_catching_up_takes_the_same_queries_for_any_number_of_parts(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    topic: Topic,
    asker: Person,
    helper: Person,
    posts: int,
    django_assert_num_queries: Any,
) -> None:
    client: Client = client_of(in_niedersachsen, helper)
    client.get(topic.get_absolute_url())
    for number in range(posts):
        answer(topic, (asker, helper)[number % 2], f"Antwort {number}")
    close_topic(topic=topic, visitor=visitor_of(asker))
    with django_assert_num_queries(CATCH_UP_QUERIES):
        missed = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": 1}).text
    assert len(names(missed)) == 2 * posts + 2  # with how helpful each post is


CATCH_UP_QUERIES = 10
"""Session 1, account 1, membership 1, space 1, group membership 1, topic 1, tags 1, posts 1, authors 1, look 1, unread
counter 1."""
