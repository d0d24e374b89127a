"""Topics in the index: an entry for each page, so that a post is found wherever it stands."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.search.domain.index import compare_index, rebuild_index
from dkbm.search.domain.queries.entries import find
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import bind_all
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post, edit_post
from forum.domain.searching import all_entries, index_topic
from forum.domain.topics import delete_topic, mark_answer
from forum.models import Post, Topic
from tests.factories.forum import answer

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ROWS_READ = (
    "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)"
)
TABLES = ["forum_post", "search_searchentry"]


def lengthen(topic: Topic, count: int, *, author: Person | None = None, text: str = "Wort{number}") -> None:
    """Posts up to number ``count``, a minute apart, as an import would leave them."""
    topic.refresh_from_db()
    numbers = range(topic.last_number + 1, count + 1)
    moment = [START + datetime.timedelta(minutes=number) for number in range(count + 1)]
    Post.objects.bulk_create(
        Post(
            topic=topic,
            number=number,
            author=author or topic.author,
            created=moment[number],
            text=(words := text.format(number=number)),
            plain=words,
        )
        for number in numbers
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=count, post_count=count, last_post_at=moment[count])
    topic.refresh_from_db()
    index_topic(topic)


def hits(q: str, person: Person) -> list[str]:
    found = find(q=q, visitor=visitor_of(person))
    urls = [hit.url for hit in found[0:100]]
    assert len(urls) == found.count()
    return urls


def address(topic: Topic, page: int) -> str:
    return f"{topic.get_absolute_url()}?seite={page}"


def keys(topic: Topic) -> list[str]:
    return sorted(SearchEntry.objects.filter(type="topic", slug=topic.slug).values_list("key", flat=True))


def test_word_of_a_late_post_is_found_with_the_address_of_its_page(topic: Topic, asker: Person) -> None:
    lengthen(topic, 2000)
    assert hits('"Wort1990"', asker) == [address(topic, 40)]
    assert hits('"Wort50"', asker) == [address(topic, 1)]
    assert hits('"Wort51"', asker) == [address(topic, 2)]
    entry = SearchEntry.objects.get(key=f"{topic.pk}/40")
    assert (entry.title, entry.date) == (topic.title, START + datetime.timedelta(minutes=2000))


def test_title_and_tags_are_found_once_however_long_the_topic(topic: Topic, asker: Person) -> None:
    lengthen(topic, 101)
    assert hits("Kooperationsvereinbarung", asker) == [address(topic, 1)]
    assert hits("Kommunales", asker) == [address(topic, 1)]


def test_page_of_long_posts_keeps_every_word(topic: Topic, asker: Person) -> None:
    lengthen(topic, 50, text="Anfang " * 2_800 + "Ende{number}")
    assert keys(topic) == sorted([f"{topic.pk}", *(f"{topic.pk}/1/{number}" for number in range(2, 11))])
    assert hits("Ende49", asker) == [address(topic, 1)]
    Post.objects.filter(topic=topic, number__gt=2).update(plain="kurz")
    index_topic(topic)
    assert keys(topic) == [f"{topic.pk}"]


def cost_of_a_reply(topic: Topic, author: Person) -> tuple[int, int]:
    """Queries, and rows of posts and entries that they read."""
    with bind_all("statistics as autovacuum would make them", as_owner=True), connection.cursor() as cursor:
        cursor.execute("ANALYZE forum_post, search_searchentry, tenancy_membership")
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        cursor.execute(ROWS_READ, [TABLES])
        before = cursor.fetchone()[0]
        answer(topic, author)
        cursor.execute(ROWS_READ, [TABLES])
        return len(queries), cursor.fetchone()[0] - before


def test_reply_writes_its_page_alone_however_long_the_topic(topic: Topic, asker: Person, helper: Person) -> None:
    lengthen(topic, 19)
    cost_of_a_reply(topic, helper)  # its words are new to the network
    short = cost_of_a_reply(topic, helper)
    lengthen(topic, 2019)
    long = cost_of_a_reply(topic, helper)
    assert topic.posts.count() == 2020
    assert long[0] == short[0]
    assert long[1] <= short[1]
    assert set(hits('"seit 2024"', asker)) == {address(topic, 1), address(topic, 41)}


def test_changed_and_deleted_posts_are_followed_on_their_page(topic: Topic, asker: Person) -> None:
    lengthen(topic, 52)
    post = topic.posts.get(number=51)
    edit_post(post=post, visitor=visitor_of(asker), text="Zebra")
    assert (hits("Zebra", asker), hits('"Wort51"', asker)) == ([address(topic, 2)], [])
    for number, left in ((51, [f"{topic.pk}", f"{topic.pk}/2"]), (52, [f"{topic.pk}"])):
        delete_post(post=topic.posts.get(number=number), visitor=visitor_of(asker))
        assert keys(topic) == left
    assert "topic" not in compare_index()


def test_title_is_found_when_the_first_page_is_empty(topic: Topic, asker: Person) -> None:
    lengthen(topic, 51)
    topic.posts.filter(number__lte=50).update(plain="", text="", deleted=timezone.now())
    index_topic(topic)
    assert hits("Kooperationsvereinbarung", asker) == [address(topic, 1)]
    assert keys(topic) == [f"{topic.pk}", f"{topic.pk}/2"]


def test_deleted_topic_leaves_nothing(topic: Topic, asker: Person, manager: Person) -> None:
    lengthen(topic, 120)
    assert len(keys(topic)) == 3
    delete_topic(topic=topic, visitor=visitor_of(manager), reason="Veraltet.")
    assert keys(topic) == []


def test_marked_answer_changes_nothing_of_the_entry(topic: Topic, asker: Person, helper: Person) -> None:
    mark_answer(topic=topic, post=answer(topic, helper), visitor=visitor_of(asker))
    assert "topic" not in compare_index()


def test_new_index_has_the_entries_that_changes_write(topic: Topic) -> None:
    lengthen(topic, 120)
    written = list(SearchEntry.objects.filter(type="topic").order_by("key").values("key", "body", "date", "document"))
    SearchEntry.objects.filter(type="topic").delete()
    assert rebuild_index()["topic"] == 3
    assert list(SearchEntry.objects.filter(type="topic").order_by("key").values(*written[0])) == written


def test_entries_are_made_page_by_page(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of a large forum is made anew without all of its texts in memory."""
    lengthen(topic, 2000)
    read: list[Any] = []
    entries = all_entries()
    with CaptureQueriesContext(connection) as queries:
        for _entry in entries:
            read.append(len(queries))
    assert [later - earlier for earlier, later in pairwise(read)] == [1] * 39
