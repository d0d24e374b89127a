"""Threads from files."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dkbm.accounts.domain.people import create_author
from dkbm.accounts.models import Person
from dkbm.cms.models import NetworkTag
from dkbm.notifications.models import Mail
from dkbm.search.domain.queries.entries import find
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.imports import ImportedPost, ImportedTopic, import_topic
from forum.domain.posts import delete_post, edit_post
from forum.domain.queries.unread import unread_count
from forum.domain.spaces import network_space
from forum.domain.topics import delete_topic, mark_answer
from forum.models import Post, Topic
from tests.factories.forum import answer, make_topic


def day(number: int) -> datetime:
    return datetime(2024, 2, number, tzinfo=ZoneInfo("Europe/Berlin"))


def thread(**changes: Any) -> Topic:
    asker = create_author(function="bildungsmonitoring", municipality=None)
    helper = create_author(function="koko", municipality=None)
    fields: dict[str, Any] = {
        "slug": "kleinraeumige-daten",
        "title": "Kleinräumige Daten",
        "opening": ImportedPost(asker, day(6), "Wie schneidet ihr zu?"),
        "replies": [
            ImportedPost(helper, day(7), "Sozialräume", accepted=True),
            ImportedPost(asker, day(8), "Danke"),
        ],
        "is_question": True,
        "tags": [NetworkTag.objects.get_or_create(slug="daten", defaults={"name": "Daten"})[0]],
    }
    return import_topic(space=network_space(), thread=ImportedTopic(**{**fields, **changes}))


def test_thread_keeps_dates_authors_and_answer(in_niedersachsen: BoundNetwork, stranger: Person) -> None:
    topic = thread()
    assert list(topic.posts.values_list("created", "text")) == [
        (day(6), "Wie schneidet ihr zu?"),
        (day(7), "Sozialräume"),
        (day(8), "Danke"),
    ]
    assert (topic.created, topic.last_post_at, topic.post_count) == (day(6), day(8), 3)
    assert topic.solved_post is not None
    assert topic.solved_post.text == "Sozialräume"
    assert [tag.name for tag in topic.tags.all()] == ["Daten"]
    assert Mail.objects.count() == 0
    assert unread_count(visitor_of(stranger)) == 0
    assert SearchEntry.objects.get(slug="kleinraeumige-daten").visibility == "members"


def test_twice_loaded_is_the_same_as_once(in_niedersachsen: BoundNetwork) -> None:
    first = thread()
    before = list(Post.objects.order_by("pk").values())
    assert thread().pk == first.pk
    assert list(Post.objects.order_by("pk").values()) == before
    assert Topic.objects.count() == 1


def test_loaded_again_it_follows_the_file_and_keeps_what_members_wrote(
    in_niedersachsen: BoundNetwork, stranger: Person, asker: Person
) -> None:
    topic = thread()
    edit_post(post=topic.posts.get(number=3), visitor=visitor_of(topic.author), text="Von Hand geändert")
    own = answer(topic, stranger, "Bei uns auch")
    author = topic.author
    topic = thread(
        title="Neuer Titel",
        tags=[],
        opening=ImportedPost(author, day(6), "Neuer Text"),
    )
    assert (topic.title, list(topic.tags.all())) == ("Neuer Titel", [])
    assert list(topic.posts.values_list("text", flat=True)) == [
        "Neuer Text",
        "Sozialräume",
        "Von Hand geändert",
        "Bei uns auch",
    ]
    assert topic.last_post == own


def found_by(words: str, person: Person) -> list[str]:
    found = find(q=words, visitor=visitor_of(person))
    return [hit.slug for hit in found[:20]]


def test_changed_text_is_found_by_its_new_words(in_niedersachsen: BoundNetwork, stranger: Person) -> None:
    topic = thread()
    thread(opening=ImportedPost(topic.author, day(6), "Wer nimmt **Einzugsgebiete**?"))
    assert (found_by("Einzugsgebiete", stranger), found_by("schneidet", stranger)) == ([topic.slug], [])
    assert SearchEntry.objects.get(slug=topic.slug).body == "Wer nimmt Einzugsgebiete?\nSozialräume\nDanke"


def test_opening_that_a_member_wrote_stays_the_only_one(in_niedersachsen: BoundNetwork, stranger: Person) -> None:
    own = make_topic(stranger, space=network_space())
    Topic.objects.filter(pk=own.pk).update(slug="kleinraeumige-daten")
    before = own.posts.get().text
    topic = thread()
    assert (topic.pk, list(topic.posts.values_list("text", flat=True))) == (own.pk, [before, "Sozialräume", "Danke"])


def accepting(topic: Topic, *accepted: int) -> Topic:
    """The thread from a file that marks these posts, by number, as what helped."""
    posts = topic.posts.filter(number__in=(2, 3))
    replies = [ImportedPost(each.author, each.created, each.text or "Danke", each.number in accepted) for each in posts]
    return thread(replies=replies)


def test_deleted_thread_stays_deleted(in_niedersachsen: BoundNetwork, manager: Person) -> None:
    topic = thread()
    delete_topic(topic=topic, visitor=visitor_of(manager), reason="Veraltet.")
    more = ImportedPost(topic.author, day(9), "Noch eine Antwort")
    assert thread(opening=ImportedPost(topic.author, day(6), "Neuer Text"), replies=[more, more, more]).pk == topic.pk
    assert set(topic.posts.values_list("text", flat=True)) == {""}
    assert not SearchEntry.objects.filter(slug=topic.slug).exists()


def test_answer_follows_the_file(in_niedersachsen: BoundNetwork) -> None:
    topic = thread()
    assert topic.solved_post == topic.posts.get(number=2)
    assert accepting(topic, 3).solved_post == topic.posts.get(number=3)
    assert accepting(topic).solved_post is None


def test_deleted_post_is_no_answer_of_the_file(in_niedersachsen: BoundNetwork) -> None:
    topic = thread()
    post = topic.posts.get(number=3)
    delete_post(post=post, visitor=visitor_of(post.author))
    assert accepting(topic, 3).solved_post is None


def test_mark_on_what_a_member_wrote_stays(in_niedersachsen: BoundNetwork, stranger: Person, manager: Person) -> None:
    topic = thread()
    own = answer(topic, stranger, "Bei uns auch")
    mark_answer(topic=topic, post=own, visitor=visitor_of(manager))
    assert accepting(topic, 3).solved_post == own
