"""A group that is closed or archived can only be read: every function that writes in a group is tried there."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

import dkbm.events.domain
import forum.domain
import workgroups.domain
from dkbm.accounts.models import Person
from dkbm.core.decisions import Refusal
from dkbm.events.domain.editing import EventData, create_event, edit_event, publish_event
from dkbm.events.enums import EventKind, Visibility
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, visitor_of
from forum.domain.answers import publish_answer
from forum.domain.helpful import set_helpful
from forum.domain.polls import PollData, close_poll, start_poll, vote
from forum.domain.posts import delete_post, edit_post, publish_post
from forum.domain.spaces import space_of
from forum.domain.topics import close_topic, delete_topic, mark_answer, reopen_topic, start_topic
from forum.models import Space, Topic
from forum.rules import may_delete_topic
from tests.factories.events import make_event
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group, make_colleague, make_member, make_workgroup, row_of
from tests.factories.people import make_person
from workgroups.domain.announcements import send_announcement
from workgroups.domain.concept import set_further_members
from workgroups.domain.editing import edit_subgroup, edit_workgroup
from workgroups.domain.ending import archive_workgroup, close_subgroup
from workgroups.domain.founding import found_subgroup
from workgroups.domain.inviting import invite
from workgroups.domain.joining import admit_to_group, join_subgroup, refuse_to_group, request_to_join
from workgroups.domain.mail_texts import set_mails_link_only
from workgroups.domain.members import add_to_group, remove_from_group
from workgroups.domain.offices import assign_offices
from workgroups.models import Workgroup

GONE = "archiviert"


class Scene:
    """An archived AG with a speaker, a member and a manager, a topic of the member and a draft of a meeting."""

    def __init__(self) -> None:
        self.manager = visitor_of(make_person("Doris Leitung", roles=("manager",)))
        self.group: Workgroup = make_workgroup("ag1", number=1)
        self.speaker = visitor_of(make_member(self.group, "Sabine Sprecherin", office="speaker"))
        self.member = visitor_of(make_member(self.group, "Mara Mitglied"))
        self.asked = make_colleague("Anton Anfrage")
        self.outside = make_colleague("Otto Draussen")
        join_group(self.group, self.asked, state="requested")
        self.space: Space = space_of(self.group)
        self.topic: Topic = make_topic(self.member.person, space=self.space, is_question=True)
        self.post = self.topic.posts.get()
        self.answer = answer(self.topic, self.speaker.person, announce=False)
        self.poll = start_poll(topic=self.topic, visitor=self.member, data=PollData("Wo?", ["Hier", "Dort"]))
        self.event = make_event("Sitzung", kind="ag_treffen", visibility="group", workgroup="ag1")
        self.draft = make_event("Entwurf", kind="ag_treffen", visibility="group", workgroup="ag1")
        type(self.draft).objects.filter(pk=self.draft.pk).update(state="draft")
        Workgroup.objects.filter(pk=self.group.pk).update(state="archived", closed=timezone.localdate())
        for each in (self.manager, self.speaker, self.member):
            each.forget()

    def data(self) -> EventData:
        today = timezone.localdate()
        return EventData(
            title="Treffen", kind=EventKind.AG_TREFFEN, visibility=Visibility.GROUP, group_id=self.group.pk,
            first_day=today, last_day=today,
        )  # fmt: skip


REFUSED: dict[Callable[..., Any], Callable[[Scene], Any]] = {
    start_topic: lambda s: start_topic(space=s.space, visitor=s.member, title="Neu", text="Text"),
    publish_post: lambda s: publish_post(topic=s.topic, visitor=s.manager, text="Text"),
    publish_answer: lambda s: publish_answer(key=s.topic.pk, visitor=s.member, text="Text", client_key=uuid4()),
    edit_post: lambda s: edit_post(post=s.post, visitor=s.member, text="Anders"),
    delete_post: lambda s: delete_post(post=s.answer, visitor=s.speaker),
    delete_topic: lambda s: delete_topic(topic=s.topic, visitor=s.member),
    mark_answer: lambda s: mark_answer(topic=s.topic, post=s.answer, visitor=s.member),
    close_topic: lambda s: close_topic(topic=s.topic, visitor=s.member),
    reopen_topic: lambda s: reopen_topic(topic=s.topic, visitor=s.manager),
    start_poll: lambda s: start_poll(topic=s.topic, visitor=s.member, data=PollData("Wann?", ["Bald", "Nie"])),
    set_helpful: lambda s: set_helpful(post=s.answer, visitor=s.member, wanted=True),
    vote: lambda s: vote(poll=s.poll, visitor=s.member, choices=[1]),
    close_poll: lambda s: close_poll(poll=s.poll, visitor=s.member),
    edit_workgroup: lambda s: edit_workgroup(group=s.group, visitor=s.manager, name="Anders", number=1),
    set_mails_link_only: lambda s: set_mails_link_only(group=s.group, visitor=s.speaker, wanted=True),
    archive_workgroup: lambda s: archive_workgroup(group=s.group, visitor=s.manager),
    found_subgroup: lambda s: found_subgroup(
        workgroup=s.group, visitor=s.member, name="Neu", question="Was?", expected_result="Das"
    ),
    request_to_join: lambda s: request_to_join(workgroup=s.group, visitor=visitor_of(s.outside)),
    admit_to_group: lambda s: admit_to_group(row=row_of(s.group, s.asked), visitor=s.manager),
    refuse_to_group: lambda s: refuse_to_group(row=row_of(s.group, s.asked), reason="Nein", visitor=s.speaker),
    add_to_group: lambda s: add_to_group(workgroup=s.group, person=s.outside, visitor=s.manager),
    remove_from_group: lambda s: remove_from_group(
        row=row_of(s.group, s.member.person), reason="Weg", visitor=s.manager
    ),
    assign_offices: lambda s: assign_offices(workgroup=s.group, holders={"speaker": None}, visitor=s.manager),
    set_further_members: lambda s: set_further_members(workgroup=s.group, people=[s.member.person], visitor=s.manager),
    send_announcement: lambda s: send_announcement(
        group=s.group, visitor=s.speaker, subject="Neu", text="Text", selection="everybody:"
    ),
    edit_event: lambda s: edit_event(event=s.event, data=s.data(), items=[], visitor=s.manager),
    publish_event: lambda s: publish_event(event=s.draft, visitor=s.manager),
    create_event: lambda s: create_event(data=s.data(), items=[], visitor=s.manager),
}
"""Each function that writes what a group has, tried by somebody who might do it were the group open."""

ALLOWED = {
    "forum.domain.posts.append_post": "a part of the two that write",
    "forum.domain.drafts.save_draft": "one's own words",
    "forum.domain.drafts.forget_draft": "one's own words",
    "forum.domain.drafts.forget_change": "one's own words",
    "forum.domain.drafts.drop_draft": "one's own words",
    "forum.domain.subscriptions.follow_topic": "one's own wish",
    "forum.domain.subscriptions.unfollow_topic": "one's own wish",
    "forum.domain.reading.mark_read": "how far one has read",
    "forum.domain.reading.mark_all_read": "how far one has read",
    "workgroups.domain.announcements.find_people": "only looks",
    "workgroups.domain.announcements.read_announcement": "what one has read",
    "forum.domain.spaces.ensure_spaces": "makes rooms to read in",
    "workgroups.domain.members.leave_group": "nobody is held in a group",
    "workgroups.domain.joining.withdraw_request": "nobody is held to a request",
    "workgroups.domain.founding.found_workgroup": "makes a new one",
    "workgroups.domain.founding.found_concept_group": "makes a new one",
    "dkbm.events.domain.editing.call_off_event": "people would come to a meeting that is not",
    "dkbm.events.domain.editing.discard_event": "a draft that can never be published",
    "dkbm.events.domain.registration.register": "the event was published before, and takes place",
}
ELSEWHERE = {join_subgroup, close_subgroup, edit_subgroup, invite}
"""Tried with a sub-group below."""


def writing_functions() -> dict[str, Callable[..., Any]]:
    """Public functions of the three domains that take the one who acts, those that only read left out."""
    found = {}
    for package in (forum.domain, workgroups.domain, dkbm.events.domain):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                made_here = function.__module__ == module.name and not name.startswith("_")
                keywords = inspect.signature(function).parameters.values()
                acts = any(each.name == "visitor" and each.kind is each.KEYWORD_ONLY for each in keywords)
                if made_here and acts and ".queries" not in module.name:
                    found[f"{module.name}.{name}"] = function
    return found


@pytest.fixture
def scene(in_niedersachsen: BoundNetwork) -> Scene:
    return Scene()


def test_every_function_that_writes_is_tried() -> None:
    tried = {f"{each.__module__}.{each.__name__}" for each in (*REFUSED, *ELSEWHERE)}
    assert set(writing_functions()) == tried | set(ALLOWED)


@pytest.mark.parametrize("function", REFUSED, ids=lambda each: str(each.__name__))
def test_nothing_is_written_in_an_archived_group(scene: Scene, function: Callable[..., Any]) -> None:
    with pytest.raises(Refusal) as refused:
        REFUSED[function](scene)
    assert GONE in refused.value.reason or "keine Termine" in refused.value.reason


@pytest.fixture
def subgroup(in_niedersachsen: BoundNetwork) -> tuple[Workgroup, Visitor]:
    """A sub-group that its lead has closed, with the one topic in it, of the lead."""
    ag = make_workgroup("ag1", number=1)
    lead = visitor_of(make_member(ag, "Lea Leitung"))
    group = found_subgroup(workgroup=ag, visitor=lead, name="Daten", question="Was?", expected_result="Das")
    make_topic(lead.person, space=space_of(group), title="Das Ergebnis")
    return close_subgroup(group=group, result="Siehe das Thema", visitor=lead), lead


def test_author_keeps_the_only_topic_of_a_closed_subgroup(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], subgroup: tuple[Workgroup, Visitor]
) -> None:
    topic = Topic.objects.get()
    post = topic.posts.get().pk
    browser = client_of(niedersachsen, subgroup[1].person)
    for path in (f"{topic.get_absolute_url()}loeschen/", f"{topic.get_absolute_url()}beitrag/{post}/loeschen/"):
        page = browser.post(path)
        assert (page.status_code, "abgeschlossen und kann nur noch gelesen werden" in page.text) == (403, True)
    with bind(niedersachsen):
        assert Topic.objects.get().deleted is None


@pytest.mark.parametrize(
    "write",
    [
        lambda group, lead: close_subgroup(group=group, result="Neu", visitor=lead),
        lambda group, lead: join_subgroup(group=group, visitor=lead),
        lambda group, lead: invite(group=group, people=[make_member(group.ag, "Nele Neu")], visitor=lead),
        lambda group, lead: edit_subgroup(group=group, name="A", question="B?", expected_result="C", visitor=lead),
    ],
)
def test_closed_subgroup_takes_nobody_and_no_second_result(
    subgroup: tuple[Workgroup, Visitor], write: Callable[..., Any]
) -> None:
    with pytest.raises(Refusal, match="abgeschlossen"):
        write(*subgroup)


def test_managers_take_away_what_others_wrote_with_a_reason(scene: Scene) -> None:
    """What the law forbids goes from a closed group too, and stays in the log."""
    delete_post(post=scene.answer, visitor=scene.manager, reason="Persönliche Daten")
    delete_topic(topic=scene.topic, visitor=scene.manager, reason="Persönliche Daten")
    told = Mail.objects.filter(kind="forum.deleted").order_by("pk")
    assert [mail.recipient for mail in told] == [scene.answer.author, scene.topic.author]
    assert ["Persönliche Daten" in mail.body for mail in told] == [True, True]
    own = Topic.objects.filter(pk=make_own(scene).pk).get()
    assert not may_delete_topic(scene.manager, own)


def make_own(scene: Scene) -> Topic:
    Workgroup.objects.filter(pk=scene.group.pk).update(state="open")
    own = make_topic(scene.manager.person, space=space_of(Workgroup.objects.get(pk=scene.group.pk)))
    Workgroup.objects.filter(pk=scene.group.pk).update(state="archived")
    return own


def test_after_the_only_topic_is_deleted_one_stands_on_a_page_that_is_there(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], space: Space, asker: Person
) -> None:
    with bind(niedersachsen):
        topic = make_topic(asker, space=space)
    browser = client_of(niedersachsen, asker)
    page = browser.post(f"{topic.get_absolute_url()}loeschen/", follow=True)
    assert (page.status_code, page.redirect_chain) == (200, [(space.get_absolute_url(), 302)])
