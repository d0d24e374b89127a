"""What really happens, kind by kind: who gets which mail by which rule, for every level, read before the digest or not.

Beside the member who chose a level stands one who chose to be mailed at once: what is silent for the one has happened.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from dkbm.accounts.domain.messages import write_to
from dkbm.accounts.models import Person
from dkbm.editorial.models import BlickpunktIndexPage, BlickpunktPage
from dkbm.events.domain.mails import tell_announced
from dkbm.notifications.domain.digest import write_digests
from dkbm.notifications.domain.reading import mark_all_read
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import DIGESTS, Level, Rule
from dkbm.notifications.kinds import Kind, kind_of, optional_kinds
from dkbm.notifications.models import Mail, Notification
from dkbm.savedsearch.domain.looking import tell_new_hits
from dkbm.savedsearch.domain.searches import save_search
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.groups import name_of_group
from dkbm.tenancy.visitor import visitor_of
from forum.domain.mails import tell_of_mentions
from forum.domain.mentions import find_mentions, keep_mentions
from forum.domain.polls import PollData, close_poll, start_poll, vote
from forum.domain.topics import mark_answer
from goodpractice.domain.saving import ItemValues, save_item
from goodpractice.models import Transfergegenstand, TransfergegenstandPage
from tests.factories.catalogue import make_entry
from tests.factories.events import make_event
from tests.factories.forum import answer, make_topic, space_of
from tests.factories.groups import join_group, make_subgroup, make_workgroup
from tests.factories.people import make_person
from workgroups.domain import mails as group_mails
from workgroups.domain.announcements import send_announcement
from workgroups.models import Workgroup


class Scene:
    """An AG with two members whom things concern, and one who causes them; what has happened so far is forgotten."""

    def __init__(self) -> None:
        self.cause = make_person("Anna Verden", roles=("editor", "manager"))
        self.maria, self.control = make_person("Maria Kröger"), make_person("Otto Kontrolle")
        self.ag = make_workgroup("ag1", number=1, name="Daten")
        for person in (self.cause, self.maria, self.control):
            join_group(self.ag, person)
        self.topic = make_topic(self.cause, space=space_of(self.ag), announce=False)
        self.draft = _draft()
        self.item = save_item(
            Transfergegenstand(slug="bildungsbuero"),
            ItemValues(title="Bildungsbüro", kind="angebot", visibility="members"),
        )
        Mail.objects.all().delete()
        Notification.objects.all().delete()


def _draft() -> BlickpunktPage:
    page = BlickpunktPage(title="Sechs Eckpunkte", slug="sechs", year=2026, summary="Worum es geht.", live=False)
    draft: BlickpunktPage = BlickpunktIndexPage.objects.get().add_child(instance=page)
    return draft


def _publish(page: Page, editor: Person) -> None:
    page.save_revision(user=editor, clean=False).publish(user=editor)


def _example(scene: Scene) -> None:
    page = TransfergegenstandPage.objects.get(pk=scene.item.page_id)
    page.summary = "Ein Büro für alle Fragen der Bildung."
    _publish(page, scene.cause)


def _meeting(scene: Scene) -> None:
    event = make_event("Klausurtag")
    group = name_of_group(scene.ag.pk)
    assert group is not None
    tell_announced(event=event, group=group, by=scene.cause.pk)


def _subgroup(scene: Scene) -> Workgroup:
    return make_subgroup(scene.ag)


def _letters(scene: Scene) -> None:
    for person in (scene.maria, scene.control):
        write_to(
            visitor=visitor_of(scene.cause), person=person, subject="Frage", text="Kommen Sie?", shows_address=False
        )


def _found(scene: Scene) -> None:
    for person in (scene.maria, scene.control):
        save_search(q="xylothek", type="", chosen={}, visitor=visitor_of(person))
    make_entry("Xylothek", key="1")
    for person in (scene.maria, scene.control):
        tell_new_hits(person_id=person.pk)


def _accepted(scene: Scene) -> None:
    for person in (scene.maria, scene.control):
        topic = make_topic(scene.cause, space=space_of(scene.ag), is_question=True, announce=False)
        mark_answer(topic=topic, post=answer(topic, person, announce=False), visitor=visitor_of(scene.cause))


def _named(scene: Scene) -> None:
    """Alone: who wants to hear nothing of it is told of the answer as all are (``tests/forum``)."""
    post = answer(scene.topic, scene.cause, "@Maria Kröger, @Otto Kontrolle: wer weiß es?", announce=False)
    keep_mentions(post, find_mentions(post.text, post.topic.space))
    tell_of_mentions(post)


def _poll(scene: Scene) -> None:
    poll = start_poll(topic=scene.topic, visitor=visitor_of(scene.cause), data=PollData("Wo?", ["Hier", "Dort"]))
    for person in (scene.maria, scene.control):
        vote(poll=poll, visitor=visitor_of(person), choices=[0])
    close_poll(poll=poll, visitor=visitor_of(scene.cause))


HAPPENINGS: dict[str, Callable[[Scene], Any]] = {
    "catalogue.example": _example,
    "editorial.issue": lambda scene: _publish(scene.draft, scene.cause),
    "event.announced": _meeting,
    "forum.accepted": _accepted,
    "forum.mention": _named,
    "forum.poll_ended": _poll,
    "forum.reply": lambda scene: answer(scene.topic, scene.cause),
    "forum.topic": lambda scene: make_topic(scene.cause, space=space_of(scene.ag), title="Neues Thema"),
    "group.announcement": lambda scene: send_announcement(
        group=scene.ag, visitor=visitor_of(scene.cause), subject="Termin", text="Kommen Sie!", selection="everybody:"
    ),
    "group.invited": lambda scene: group_mails.invited(
        _subgroup(scene), [scene.maria, scene.control], by=scene.cause, message="Kommen Sie dazu?"
    ),
    "group.subgroup_founded": lambda scene: group_mails.subgroup_founded(_subgroup(scene), by=scene.cause),
    "member.message": _letters,
    "search.found": _found,
}

ROWS = [
    (kind, level, is_read)
    for kind, level, is_read in product(HAPPENINGS, Level, (False, True))
    # To who wants no letters nobody can write one: tests/accounts.
    if (kind != "member.message" or level == Level.AT_ONCE)
    # What a group writes to its members stands on the platform in any case.
    and (kind != "group.announcement" or level != Level.OFF)
]


@pytest.fixture
def scene(in_niedersachsen: BoundNetwork) -> Scene:
    return Scene()


def test_table_has_every_kind_that_can_be_chosen() -> None:
    assert set(HAPPENINGS) == {kind.key for kind in optional_kinds()}
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("kind", "level", "is_read"), ROWS)
def test_level_of_a_kind(scene: Scene, kind: str, level: Level, is_read: bool) -> None:
    set_wish(kind=kind, person=scene.maria, level=level)
    set_wish(kind=kind, person=scene.control, level=Level.AT_ONCE)
    HAPPENINGS[kind](scene)
    told = {row.person: row for row in Notification.objects.filter(kind=kind).select_related("person")}
    assert (told[scene.maria].level, told[scene.maria].rule) == (level, Rule.KIND)
    assert (told[scene.control].level, told[scene.control].rule) == (Level.AT_ONCE, Rule.KIND)
    assert at_once(kind) == {scene.control} | ({scene.maria} if level == Level.AT_ONCE else set())
    if is_read:
        mark_all_read(person=scene.maria)
    assert digests(scene) == ([f"digest.{level}"] if level in DIGESTS and not is_read else [])


def at_once(kind: str) -> set[Person]:
    return {mail.recipient for mail in Mail.objects.filter(kind=kind).select_related("recipient")}


def digests(scene: Scene) -> list[str]:
    """Kinds of the digests that are due tomorrow; those of the control are empty and therefore none."""
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for level in DIGESTS:
        write_digests(level=level, due=tomorrow)
    mails = Mail.objects.filter(kind__startswith="digest.").select_related("recipient")
    assert {mail.recipient for mail in mails} <= {scene.maria}
    return [mail.kind for mail in mails]


def test_mandatory_kinds_have_no_level_to_choose() -> None:
    kind: Kind = kind_of("event.registered")
    assert (kind.optional, kind.by_group, kind.level) == (False, False, Level.AT_ONCE)
