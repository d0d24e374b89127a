"""A new topic of a group: its members find it on their page, those in office and who asked for it get a mail."""

from __future__ import annotations

import pytest

from dkbm.accounts.models import Person
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.spaces import space_of
from forum.domain.topics import delete_topic
from forum.models import Topic
from tests.factories.forum import make_topic
from tests.factories.groups import join_group, make_concept_group, make_group, make_member, make_subgroup
from tests.factories.people import make_person
from workgroups.domain.mail_texts import set_mails_link_only
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def group(in_niedersachsen: BoundNetwork) -> Workgroup:
    return make_group(slug="ag1", name="Daten")


@pytest.fixture
def author(group: Workgroup) -> Person:
    return make_member(group, "Anna Verden")


def begin(group: Workgroup, author: Person, title: str = "Wer hat Muster?") -> Topic:
    return make_topic(author, space=space_of(group), title=title)


def told() -> set[object]:
    return set(Notification.objects.filter(kind="forum.topic").values_list("person_id", flat=True))


def mailed() -> set[object]:
    return set(Mail.objects.filter(kind="forum.topic").values_list("recipient_id", flat=True))


def test_members_are_told_and_the_offices_mailed(group: Workgroup, author: Person) -> None:
    speaker, deputy = (make_member(group, office=office) for office in ("speaker", "deputy"))
    members = [make_member(group) for _ in range(2)]
    asked, left, locked = (make_person() for _ in range(3))
    join_group(group, asked, state="requested")
    join_group(group, left, state="left")
    join_group(group, locked)
    Person.objects.filter(pk=locked.pk).update(is_active=False)
    make_person(roles=("manager",))
    topic = begin(group, author)
    assert told() == {person.pk for person in (speaker, deputy, *members)}
    assert mailed() == {speaker.pk, deputy.pk}
    row = Notification.objects.filter(person=members[0]).get()
    assert row.path == topic.get_absolute_url()
    assert sentence_of(row) == "Anna Verden hat in „Daten“ ein Thema begonnen: „Wer hat Muster?“."
    mail = Mail.objects.filter(recipient=speaker).get()
    assert mail.subject == "[Daten] Wer hat Muster?"
    assert "Unser Rechtsamt fragt nach Mustern." in mail.body


def test_speaker_who_begins_it_is_not_told(group: Workgroup) -> None:
    begin(group, make_member(group, office="speaker"))
    assert (told(), mailed()) == (set(), set())


def test_lead_of_a_subgroup_is_mailed_and_the_ag_around_it_not_told(group: Workgroup, author: Person) -> None:
    speaker = make_member(group, office="speaker")
    lead = make_member(group)
    subgroup = make_subgroup(group, founder=lead)
    join_group(subgroup, author)
    begin(subgroup, author)
    assert (told(), mailed()) == ({lead.pk}, {lead.pk})
    assert speaker.pk not in told()


def test_who_follows_is_mailed_as_far_as_they_may_read(group: Workgroup, author: Person) -> None:
    member, manager, stranger = make_member(group), make_person(roles=("manager",)), make_person()
    for person in (member, manager, stranger, author):
        set_wish(kind="forum.topic", person=person, level=Level.AT_ONCE)
    begin(group, author)
    assert told() == mailed() == {member.pk, manager.pk}


def test_speaker_may_do_without_mails(group: Workgroup, author: Person) -> None:
    speaker = make_member(group, office="speaker")
    set_wish(kind="forum.topic", person=speaker, level=Level.BELL)
    begin(group, author)
    assert (told(), mailed()) == ({speaker.pk}, set())


def test_topic_of_the_whole_network_is_told_to_all_and_waits_for_their_digest() -> None:
    member, follower = make_person(), make_person()
    set_wish(kind="forum.topic", person=follower, level=Level.AT_ONCE)
    make_topic()
    assert (told(), mailed()) == ({member.pk, follower.pk}, {follower.pk})
    assert Notification.objects.get(person=member).level == Level.DAILY


def test_mails_of_a_group_that_decided_so_carry_a_link_only(group: Workgroup, author: Person) -> None:
    speaker = make_member(group, office="speaker")
    set_mails_link_only(group=group, visitor=visitor_of(speaker), wanted=True)
    topic = begin(group, author)
    mail = Mail.objects.get(recipient=speaker, kind="forum.topic")
    assert "Unser Rechtsamt" not in mail.body
    assert topic.get_absolute_url() in mail.body
    with pytest.raises(GroupRefusal):
        set_mails_link_only(group=group, visitor=visitor_of(author), wanted=False)


def test_import_tells_nobody(group: Workgroup, author: Person) -> None:
    make_member(group, office="speaker")
    make_topic(author, space=space_of(group), announce=False)
    assert told() == set()


def test_concept_group_hears_of_its_topics() -> None:
    concept = make_concept_group()
    author, other = make_person(), make_person()
    for person in (author, other):
        join_group(concept, person)
    begin(concept, author)
    assert (told(), mailed()) == ({other.pk}, set())


def test_deleted_topic_is_shown_as_deleted(group: Workgroup, author: Person) -> None:
    from dkbm.notifications.domain.queries.notifications import rows_of

    make_member(group)
    topic = begin(group, author)
    delete_topic(topic=topic, visitor=visitor_of(author))
    assert [row.is_gone for row in rows_of(Notification.objects.all())] == [True]
