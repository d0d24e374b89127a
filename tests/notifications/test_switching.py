"""The link of a mail: says why, switches, and is set off by nobody who only looks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dkbm.notifications.domain.explaining import SENTENCES, explain
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import set_default_level, wishes_of
from dkbm.notifications.enums import Level, Rule
from dkbm.notifications.models import Notification, Wish
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from forum.domain.subscriptions import wishes_of_topic
from tests.factories.forum import make_space, make_topic
from tests.factories.people import make_person

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def browser(network: BoundNetwork) -> Client:
    return Client(headers={"host": network.host}, enforce_csrf_checks=True)


def link_of(person: Any, rule: Rule, kind: str = "forum.reply", **fields: Any) -> str:
    row = Notification.objects.create(
        kind=kind, person=person, about_label="x.y", about_key="1", path="/", rule=rule, **fields
    )
    return why_path(person.pk, notification=row.pk)


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("group", ["", "AG 1"])
def test_every_rule_has_a_sentence(rule: Rule, group: str) -> None:
    sentence = explain(rule, kind="Antwort", group=group, level=Level.DAILY)
    assert "%" not in sentence
    assert sentence.endswith(".")
    assert set(SENTENCES) == set(Rule)


def test_looking_changes_nothing(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        link = link_of(person, Rule.NETWORK, level=Level.DAILY)
    for method in ("get", "head"):
        answer = getattr(browser(niedersachsen), method)(link)
        assert answer.status_code == 200
    assert "Sie haben dazu nichts gewählt." in browser(niedersachsen).get(link).content.decode()
    with bind(niedersachsen):
        assert not Wish.objects.exists()


def test_one_click_mutes_the_topic_that_one_follows(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        topic = make_topic(person, space=make_space(person))
        link = link_of(person, Rule.WROTE, topic=topic.pk)
    for _time in range(2):
        assert browser(niedersachsen).post(link, ONE_CLICK).status_code == 200
    with bind(niedersachsen):
        assert wishes_of_topic(topic.pk) == {person.pk: False}
        assert not Wish.objects.exists()


@pytest.mark.parametrize("rule", [Rule.GROUP, Rule.GENERAL, Rule.NETWORK, Rule.OFFICE])
def test_one_click_ends_the_mails_of_the_group(niedersachsen: BoundNetwork, rule: Rule) -> None:
    with bind(niedersachsen):
        person = make_person()
        topic = make_topic(person, space=make_space(person))
        group = topic.space.workgroup_id
        link = link_of(person, rule, group=group, topic=topic.pk)
        waits = Notification.objects.create(
            kind="forum.reply", person=person, about_label="x.y", about_key="2", path="/", level=Level.DAILY,
            rule=Rule.NETWORK, group=group, topic=topic.pk,
        )  # fmt: skip
    assert browser(niedersachsen).post(link, ONE_CLICK).status_code == 200
    with bind(niedersachsen):
        assert wishes_of(person).groups == {group: Level.BELL}
        waits.refresh_from_db()
        assert waits.level == Level.BELL


def test_one_click_ends_the_kind(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        link = link_of(person, Rule.KIND, kind="catalogue.example")
    assert browser(niedersachsen).post(link, ONE_CLICK).status_code == 200
    with bind(niedersachsen):
        assert wishes_of(person).kinds == {"catalogue.example": Level.BELL}


def test_one_click_ends_digests(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        set_default_level(Level.DAILY)
        link = why_path(person.pk, digest=Level.DAILY)
    assert "Überblick" in browser(niedersachsen).get(link).content.decode()
    assert browser(niedersachsen).post(link, ONE_CLICK).status_code == 200
    with bind(niedersachsen):
        assert wishes_of(person).general == Level.BELL


def test_what_is_mandatory_stays(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        link = link_of(make_person(), Rule.MANDATORY, kind="role.changed")
    answer = browser(niedersachsen).post(link, ONE_CLICK)
    assert answer.status_code == 200
    assert "kann nicht abbestellt werden" in answer.content.decode()
    with bind(niedersachsen):
        assert not Wish.objects.exists()


@pytest.mark.parametrize("state", [MembershipState.LEFT, None])
def test_who_has_left_reads_a_friendly_page(niedersachsen: BoundNetwork, state: str | None) -> None:
    with bind(niedersachsen):
        person = make_person()
        link = link_of(person, Rule.KIND, kind="catalogue.example")
        if state:
            Membership.objects.filter(person=person).update(state=state)
        else:
            Membership.objects.filter(person=person).delete()
    for answer in (browser(niedersachsen).get(link), browser(niedersachsen).post(link, ONE_CLICK)):
        assert answer.status_code == 200
        assert "keine E-Mails mehr" in answer.content.decode()
    with bind(niedersachsen):
        assert not Wish.objects.exists()


def test_link_of_another_network_or_person_is_none(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        person, other = make_person(), make_person("Ute Emden")
        link = link_of(person, Rule.KIND, kind="catalogue.example")
        row = Notification.objects.get()
        mixed = why_path(other.pk, notification=row.pk)
    assert browser(bayern).get(link).status_code == 410
    assert browser(bayern).post(link, ONE_CLICK).status_code == 410
    assert browser(niedersachsen).get(f"{link[:-2]}x/").status_code == 410
    assert browser(niedersachsen).post(mixed, ONE_CLICK).status_code == 200
    with bind(niedersachsen):
        assert not Wish.objects.exists()


def test_deleted_notification_is_known_by_its_mail(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        tell(
            kind="catalogue.example",
            people=[person],
            about=person,
            path="/",
            context={"title": "Beispiel", "municipality": "", "excerpt": ""},
        )
        row = Notification.objects.get()
        Notification.objects.filter(pk=row.pk).update(level=Level.AT_ONCE)
        link = why_path(person.pk, notification=row.pk)
        Notification.objects.all().delete()
    page = browser(niedersachsen).get(link)
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"was": "gruppe", "group": "weekly"}, {"groups": {0: Level.WEEKLY}}),
        ({"was": "anlass", "kind": "off"}, {"kinds": {"forum.reply": Level.OFF}}),
        ({"was": "thema", "topic": "ja"}, {"topic": True}),
        ({"was": "thema", "topic": "nein"}, {"topic": False}),
        ({"was": "pause", "paused_until": "9999-01-01"}, {}),
        ({"was": "gruppe", "group": "off"}, {}),
        ({"was": "passwort"}, {}),
        ({}, {}),
    ],
)
def test_each_switch(niedersachsen: BoundNetwork, sent: dict[str, str], expected: dict[str, Any]) -> None:
    with bind(niedersachsen):
        person = make_person()
        topic = make_topic(person, space=make_space(person))
        group = topic.space.workgroup_id
        link = link_of(person, Rule.GROUP, group=group, topic=topic.pk)
    answer = browser(niedersachsen).post(link, sent)
    assert answer.status_code == (302 if expected else 422)
    with bind(niedersachsen):
        wishes = wishes_of(person)
        assert dict(wishes.groups) == ({group: Level.WEEKLY} if "groups" in expected else {})
        assert dict(wishes.kinds) == expected.get("kinds", {})
        topic_wish = wishes_of_topic(topic.pk).get(person.pk)
        if "topic" in expected:
            assert topic_wish is expected["topic"]
        assert wishes.paused_until is None


def test_kind_and_group_are_named(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person()
        topic = make_topic(person, space=make_space(person))
        title = topic.space.workgroup.title
        link = link_of(person, Rule.GENERAL, group=topic.space.workgroup_id, topic=topic.pk, level=Level.WEEKLY)
    page = browser(niedersachsen).get(link).content.decode()
    assert title in page
    assert "wöchentlich" in page
