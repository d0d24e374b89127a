"""A post that is found helpful: once a person, counted at the post, without names."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.helpful import set_helpful
from forum.domain.posts import delete_post
from forum.errors import ForumRefusal
from forum.models import HelpfulMark, Post, Topic
from tests.factories.forum import answer
from tests.forum.live_scene import ClientOf


def count(post: Post, person: Person, wanted: bool = True) -> int:
    return set_helpful(post=post, visitor=visitor_of(person), wanted=wanted).helpful_count


def test_each_person_counts_once(topic: Topic, asker: Person, helper: Person, manager: Person) -> None:
    post = answer(topic, helper)
    assert [count(post, asker), count(post, asker), count(post, manager)] == [1, 1, 2]
    assert [count(post, asker, False), count(post, asker, False)] == [1, 1]
    HelpfulMark.objects.update(person=None)  # whoever goes leaves the mark
    assert count(post, asker) == 2


def test_own_deleted_and_foreign_posts_are_refused(
    topic: Topic, asker: Person, helper: Person, stranger: Person
) -> None:
    post = answer(topic, helper)
    for person in (helper, stranger):
        with pytest.raises(ForumRefusal):
            count(post, person)
    delete_post(post=post, visitor=visitor_of(helper))
    with pytest.raises(ForumRefusal):
        count(post, asker)


def test_mark_is_sent_as_a_small_part_to_all(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    topic: Topic,
    helper: Person,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
    asker: Person,
) -> None:
    post = answer(topic, helper)
    client: Client = client_of(in_niedersachsen, asker)
    with django_capture_on_commit_callbacks(execute=True):
        values = {"do": "helpful.set", "beitrag": post.pk, "wert": "1"}
        assert client.post(f"{topic.get_absolute_url()}aktion/", values)["Location"] == post.get_absolute_url()
    (part,) = sent[-1]["parts"]
    assert part["part"] == f"helpful:{post.pk}"
    assert "1 findet das hilfreich" in part["html"]
    assert "Anna Verden" not in part["html"]
    page = client.get(topic.get_absolute_url()).text
    assert page.count('aria-pressed="true"') == 1
    missed = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": 2}).text
    assert missed.count("data-part=") == 1
