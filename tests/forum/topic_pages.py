"""What tests read of a topic's page, and long topics."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from forum.models import Space, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person

ClientOf = Callable[..., Client]


def post_ids(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-part="post:(\d+)"', html)]


def thread_of(space: Space, people: int, posts: int) -> Topic:
    writers = [make_person(f"Person {number}") for number in range(people)]
    topic = make_topic(writers[0], space=space, is_question=True, announce=False)
    for number in range(1, posts):
        answer(topic, writers[number % people], f"Beitrag {number}", announce=False)
    return topic
