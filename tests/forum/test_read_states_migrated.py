"""How far people had read becomes what they have left to read."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind_all
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post
from forum.models import ReadState, Topic
from tests.factories.forum import answer
from tests.factories.people import make_person
from tests.forum.news import unread_of

OLD, NEW = [("forum", "0005_words_for_tags")], [("forum", "0008_young_topics_of_a_tag")]


def test_marks_become_ranges(
    in_niedersachsen: BoundNetwork, topic: Topic, asker: Person, helper: Person, stranger: Person
) -> None:
    posts = [answer(topic, helper if number % 2 else asker, f"Nummer {number}") for number in range(2, 8)]
    delete_post(post=posts[4], visitor=visitor_of(asker))
    make_person("Später Dazu", roles=("manager",))
    with bind_all("migration", as_owner=True), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate(OLD)
        cursor.execute("DELETE FROM forum_readstate")
        cursor.execute(
            "INSERT INTO forum_readstate (network_id, person_id, topic_id, last_post_id, at)"
            " VALUES (%s, %s, %s, %s, now())",
            [in_niedersachsen.id, asker.pk, topic.pk, posts[2].pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate(NEW)
    assert unread_of(topic) == {
        "Anna Verden": (range(5, 6), range(7, 8)),  # the fourth was the last that she had seen, the sixth is gone
        "Bernd Oldenburg": (range(1, 3), range(4, 5)),
    }
    shown = ReadState.objects.order_by("person__last_name").values_list("shown", "unread_count")
    assert list(shown) == [(0, 3), (4, 2)]
