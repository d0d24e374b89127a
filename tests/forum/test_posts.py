"""Writing, changing and deleting posts."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.audit.models import AuditEntry
from dkbm.notifications.domain.queries.notifications import notifications_of, rows_of, sentence_of
from dkbm.notifications.domain.telling_many import FEW
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post, edit_post, publish_post
from forum.domain.subscriptions import follow_topic, unfollow_topic
from forum.domain.topics import close_topic, delete_topic, mark_answer
from forum.errors import ForumRefusal
from forum.models import Post, Space, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group
from tests.factories.people import make_person
from tests.forum.news import unread_of
from workgroups.models import GroupMembership


def refusal(call: Any, **kwargs: Any) -> str:
    with pytest.raises(ForumRefusal) as caught:
        call(**kwargs)
    return caught.value.reason


def test_publish_post_counts_in_the_topic(topic: Topic, helper: Person) -> None:
    post = answer(topic, helper, text="  Ja, seit 2024.\r\n\r\nGern mehr.  ")
    topic.refresh_from_db()
    assert post.text == "Ja, seit 2024.\n\nGern mehr."
    assert (post.number, post.revision) == (2, 2)
    assert (topic.post_count, topic.last_number, topic.revision) == (2, 2, 2)
    assert (topic.last_post_id, topic.last_post_at) == (post.pk, post.created)


def test_publish_post_writes_search_entry_of_the_group(topic: Topic, helper: Person, space: Space) -> None:
    answer(topic, helper, text="Der **Kniff** war der [Fallbezug](https://x.example).")
    entry = SearchEntry.objects.get(type="topic", key=str(topic.pk))
    assert (entry.visibility, entry.group_id, entry.title) == ("group", space.workgroup_id, topic.title)
    assert entry.body == "Unser Rechtsamt fragt nach Mustern.\nDer Kniff war der Fallbezug."
    assert entry.url == f"{topic.get_absolute_url()}?seite=1"


def test_publish_post_mails_those_who_wrote_before(topic: Topic, asker: Person, helper: Person) -> None:
    answer(topic, helper)
    mail = Mail.objects.get()
    assert (mail.recipient_id, mail.kind) == (asker.pk, "forum.reply")
    assert mail.subject == "Re: [AG 1] Hat jemand eine Kooperationsvereinbarung?"
    assert "Ja, seit 2024." in mail.body
    assert "geantwortet (AG 1 Kommunales Bildungsmanagement):" in mail.body
    post = Post.objects.get(number=2)
    assert f"http://niedersachsen.localhost/forum/ag1/{topic.pk}-{topic.slug}/#beitrag-{post.pk}" in mail.body.replace(
        ":8000", ""
    )


def test_publish_post_mails_nobody_who_may_not_read_any_more(topic: Topic, helper: Person, asker: Person) -> None:
    GroupMembership.objects.filter(person=asker).update(state="left")
    answer(topic, helper)
    assert Mail.objects.count() == 0


def test_publish_post_mails_nobody_who_left_the_network(topic: Topic, helper: Person, asker: Person) -> None:
    Membership.objects.filter(person=asker).update(state="left")
    answer(topic, helper)
    assert Mail.objects.count() == 0


def test_publish_post_mails_managers_who_wrote(topic: Topic, helper: Person, manager: Person) -> None:
    answer(topic, manager, text="Willkommen")
    Mail.objects.all().delete()
    answer(topic, helper)
    assert set(Mail.objects.values_list("recipient_id", flat=True)) == {manager.pk, topic.author_id}


def test_mails_follow_the_own_wish(topic: Topic, asker: Person, helper: Person) -> None:
    third = make_person("Dritte Person")
    assert topic.space.workgroup is not None
    join_group(topic.space.workgroup, third)
    follow_topic(topic=topic, visitor=visitor_of(third))
    unfollow_topic(topic=topic, visitor=visitor_of(asker))
    answer(topic, helper)
    assert list(Mail.objects.values_list("recipient_id", flat=True)) == [third.pk]


def test_publish_post_tells_of_each_post_once(topic: Topic, asker: Person, helper: Person) -> None:
    first, second = answer(topic, helper), answer(topic, helper, text="Nachtrag")
    rows = Notification.objects.filter(person=asker, kind="forum.reply").order_by("told")
    assert [(row.about_label, row.about_key, row.path) for row in rows] == [
        ("forum.post", str(post.pk), post.get_absolute_url()) for post in (first, second)
    ]
    assert [sentence_of(row) for row in rows] == [
        "Bernd Oldenburg hat auf „Hat jemand eine Kooperationsvereinbarung?“ geantwortet."
    ] * 2
    assert set(rows[0].values) == {"writer", "title"}
    assert Mail.objects.count() == 2


def test_wish_for_replies_in_a_group_reaches_its_members_alone(topic: Topic, helper: Person) -> None:
    group = topic.space.workgroup
    assert group is not None
    member, stranger = make_person("Dritte Person"), make_person("Vierte Person")
    join_group(group, member)
    for person in (member, stranger):
        set_wish(kind="forum.reply", person=person, level=Level.AT_ONCE, group=group.pk)
    answer(topic, helper)
    assert set(Mail.objects.values_list("recipient_id", flat=True)) == {topic.author_id, member.pk}


def test_own_wish_about_the_topic_beats_the_one_about_the_group(topic: Topic, asker: Person, helper: Person) -> None:
    group = topic.space.workgroup
    assert group is not None
    set_wish(kind="forum.reply", person=asker, level=Level.OFF, group=group.pk)
    answer(topic, helper)
    assert not notifications_of(asker).exists()
    follow_topic(topic=topic, visitor=visitor_of(asker))
    answer(topic, helper, text="Nachtrag")
    assert notifications_of(asker).get().kind == "forum.reply"


def test_deleted_post_is_told_as_deleted(topic: Topic, asker: Person, helper: Person) -> None:
    first, second = answer(topic, helper), answer(topic, helper, text="Nachtrag")
    delete_post(post=first, visitor=visitor_of(helper))
    gone = {row.notification.about_key: row.is_gone for row in rows_of(notifications_of(asker))}
    assert gone == {str(first.pk): True, str(second.pk): False}
    delete_topic(topic=topic, visitor=visitor_of(make_person(roles=("manager",))), reason="Doppelt")
    told = [(row.notification.kind, row.is_gone) for row in rows_of(notifications_of(asker))]
    assert told == [("forum.deleted", False), ("forum.reply", True), ("forum.reply", True)]


def test_form_sent_twice_writes_one_post(topic: Topic, helper: Person) -> None:
    key = uuid.uuid4()
    first = answer(topic, helper, client_key=key)
    second = answer(topic, helper, client_key=key)
    assert second.pk == first.pk
    topic.refresh_from_db()
    assert topic.post_count == 2
    assert Mail.objects.count() == 1


def test_same_form_with_another_text_is_not_lost(topic: Topic, helper: Person) -> None:
    key = uuid.uuid4()
    answer(topic, helper, client_key=key)
    answer(topic, helper, text="Nachtrag", client_key=key)
    assert list(topic.posts.values_list("text", flat=True))[1:] == ["Ja, seit 2024.", "Nachtrag"]


def test_same_text_sent_from_two_tabs_is_one_post(topic: Topic, helper: Person, asker: Person) -> None:
    first = answer(topic, helper, client_key=uuid.uuid4())
    assert answer(topic, helper, client_key=uuid.uuid4()).pk == first.pk
    assert topic.posts.count() == 2
    answer(topic, asker, text="Danke!", client_key=uuid.uuid4())
    answer(topic, helper, client_key=uuid.uuid4())
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer(topic, helper, client_key=uuid.uuid4())
    assert topic.posts.count() == 5


def test_same_topic_begun_in_two_tabs_is_one_topic(helper: Person) -> None:
    def begin(title: str) -> Topic:
        return make_topic(helper, title=title, client_key=uuid.uuid4())

    assert begin("Wer kennt das?").pk == begin("Wer kennt das?").pk
    assert begin("Wer noch?").pk != begin("Wer kennt das?").pk


def test_same_form_key_of_another_author_is_another_post(topic: Topic, helper: Person, asker: Person) -> None:
    key = uuid.uuid4()
    answer(topic, helper, client_key=key)
    answer(topic, asker, client_key=key)
    assert topic.posts.count() == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  \n ", "Bitte schreiben Sie einen Text."),
        (
            "x" * 200_000,
            "Ihr Text hat 200.000 Zeichen, ein Beitrag fasst höchstens 20.000. Bitte kürzen oder teilen Sie ihn.",
        ),
    ],
)
def test_publish_post_refuses_empty_and_too_long_text(topic: Topic, helper: Person, text: str, sentence: str) -> None:
    assert refusal(publish_post, topic=topic, visitor=visitor_of(helper), text=text) == sentence
    assert topic.posts.count() == 1


def test_publish_post_takes_20000_characters_whatever_the_line_ends(topic: Topic, helper: Person) -> None:
    text = "x\r\n" * 9_999 + "xy"
    assert len(answer(topic, helper, text=text).text) == 20_000


def test_publish_post_refuses_outsiders(topic: Topic, stranger: Person) -> None:
    reason = refusal(publish_post, topic=topic, visitor=visitor_of(stranger), text="Hallo")
    assert reason == "Das sehen nur die Mitglieder von „AG 1 Kommunales Bildungsmanagement“."


def test_publish_post_refuses_in_closed_group(topic: Topic, helper: Person, space: Space) -> None:
    assert space.workgroup is not None
    space.workgroup.state = "archived"
    space.workgroup.save()
    reason = refusal(publish_post, topic=topic, visitor=visitor_of(helper), text="Hallo")
    assert reason == "„AG 1 Kommunales Bildungsmanagement“ ist archiviert und kann nur noch gelesen werden."


def test_publish_post_refuses_in_closed_topic(topic: Topic, helper: Person, asker: Person) -> None:
    close_topic(topic=topic, visitor=visitor_of(asker))
    reason = refusal(publish_post, topic=topic, visitor=visitor_of(helper), text="Hallo")
    assert reason == "Dieses Thema ist abgeschlossen. Es nimmt keine Antworten mehr an."


def test_import_tells_nobody_and_keeps_its_date(topic: Topic, stranger: Person) -> None:
    day = timezone.now().replace(year=2020)
    post = answer(topic, stranger, created=day, announce=False)
    topic.refresh_from_db()
    assert (post.created, topic.last_post_at) == (day, day)
    assert Mail.objects.count() == 0
    assert unread_of(topic) == {"Anna Verden": (), "Bernd Oldenburg": (range(1, 2),), "Clara Osterholz": ()}


def test_own_post_is_no_news_to_its_author(topic: Topic, asker: Person, helper: Person) -> None:
    answer(topic, helper)
    answer(topic, asker, text="Danke!")
    assert unread_of(topic) == {"Anna Verden": (range(2, 3),), "Bernd Oldenburg": (range(1, 2), range(3, 4))}


def test_edit_post_changes_text_and_search(topic: Topic, helper: Person) -> None:
    post = edit_post(post=answer(topic, helper), visitor=visitor_of(helper), text="Nein, seit 2025.")
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.text, post.edited is not None, post.revision, topic.revision) == ("Nein, seit 2025.", True, 3, 3)
    assert "seit 2025" in SearchEntry.objects.get(key=str(topic.pk)).body


def test_edit_post_with_same_text_is_no_edit(topic: Topic, helper: Person) -> None:
    post = edit_post(post=answer(topic, helper), visitor=visitor_of(helper), text="Ja, seit 2024. ")
    assert (post.edited, post.revision) == (None, 2)


def test_edit_post_refuses_others_and_managers(topic: Topic, asker: Person, helper: Person, manager: Person) -> None:
    post = answer(topic, helper)
    for person in (asker, manager):
        reason = refusal(edit_post, post=post, visitor=visitor_of(person), text="Neu")
        assert reason == "Ändern kann einen Beitrag nur, wer ihn geschrieben hat."


def test_edit_post_refuses_deleted_post(topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    delete_post(post=post, visitor=visitor_of(helper))
    reason = refusal(edit_post, post=post, visitor=visitor_of(helper), text="Neu")
    assert reason == "Dieser Beitrag wurde gelöscht und kann nicht mehr geändert werden."


def test_delete_own_post_keeps_its_place(topic: Topic, asker: Person, helper: Person) -> None:
    post = answer(topic, helper)
    mark_answer(topic=topic, post=post, visitor=visitor_of(asker))
    post = delete_post(post=post, visitor=visitor_of(helper))
    topic.refresh_from_db()
    assert (post.text, post.deleted is not None, post.deletion_reason) == ("", True, "")
    assert (topic.post_count, topic.last_number, topic.solved_post_id) == (1, 2, None)
    assert topic.last_post == topic.posts.get(number=1)
    assert "2024" not in SearchEntry.objects.get(key=str(topic.pk)).body


def test_delete_only_post_deletes_the_topic(topic: Topic, asker: Person) -> None:
    delete_post(post=topic.posts.get(), visitor=visitor_of(asker))
    topic.refresh_from_db()
    assert topic.deleted is not None
    assert not SearchEntry.objects.filter(key=str(topic.pk)).exists()


def test_delete_opening_post_with_answers_keeps_the_topic(topic: Topic, asker: Person, helper: Person) -> None:
    answer(topic, helper)
    delete_post(post=topic.posts.get(number=1), visitor=visitor_of(asker))
    topic.refresh_from_db()
    assert (topic.deleted, topic.post_count) == (None, 1)


def test_manager_deletes_with_reason_and_log(topic: Topic, helper: Person, manager: Person) -> None:
    post = answer(topic, helper)
    assert (
        refusal(delete_post, post=post, visitor=visitor_of(manager))
        == "Bitte begründen Sie, warum Sie den Beitrag löschen."
    )
    delete_post(post=post, visitor=visitor_of(manager), reason="Enthält einen Namen.")
    post.refresh_from_db()
    assert (post.text, post.deletion_reason) == ("", "Enthält einen Namen.")
    entry = AuditEntry.objects.get(action="forum.post_deleted")
    assert (entry.actor_id, entry.subject_id, entry.reason) == (manager.pk, helper.pk, "Enthält einen Namen.")


def test_reason_for_deleting_the_only_post_is_the_topics(topic: Topic, manager: Person) -> None:
    delete_post(post=topic.posts.get(), visitor=visitor_of(manager), reason="Enthält einen Namen.")
    topic.refresh_from_db()
    assert (topic.deleted is not None, topic.deletion_reason) == (True, "Enthält einen Namen.")


def test_own_topic_goes_without_a_reason(topic: Topic, asker: Person) -> None:
    delete_topic(topic=topic, visitor=visitor_of(asker), reason="Wird nicht gebraucht.")
    topic.refresh_from_db()
    assert (topic.deleted is not None, topic.deletion_reason) == (True, "")


def test_delete_post_refuses_others(topic: Topic, asker: Person, helper: Person) -> None:
    reason = refusal(delete_post, post=answer(topic, helper), visitor=visitor_of(asker))
    assert reason == "Löschen kann einen Beitrag nur, wer ihn geschrieben hat, oder die Netzwerkleitung."


def test_topic_of_the_other_network_is_not_there(in_niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    from dkbm.tenancy.context import bind

    with bind(bayern):
        foreign = make_topic()
    assert not Topic.objects.filter(pk=foreign.pk).exists()
    assert not Post.objects.exists()
    with pytest.raises(Topic.DoesNotExist):
        answer(foreign, make_person())


@pytest.mark.parametrize(("writers", "queries"), [(1, 29), (4, 29), (15, 19), (40, 19)])
def test_reply_takes_as_few_queries_whoever_has_written_before(
    topic: Topic, space: Space, asker: Person, writers: int, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(writers):
        person = make_person(f"Person {number}", password=None)
        join_group(space.workgroup, person)  # type: ignore[arg-type]
        answer(topic, person, announce=False)
    visitor = visitor_of(asker)
    with django_assert_num_queries(queries):
        publish_post(topic=topic, visitor=visitor, text="Danke euch allen")
    told = Notification.objects.filter(kind="forum.reply")
    assert told.count() == (writers + 1 if writers < FEW else 0)  # and who answered before
