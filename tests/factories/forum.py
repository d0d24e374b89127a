"""Spaces and topics; call inside a binding."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.models import Person
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import publish_post
from forum.domain.spaces import network_space, space_of
from forum.domain.topics import start_topic
from forum.models import Post, Space, Topic
from tests.factories.groups import make_group
from tests.factories.people import make_person


def make_space(*members: Person, **fields: Any) -> Space:
    """The space of a new AG with these members."""
    return space_of(make_group("Kommunales Bildungsmanagement", *members, **fields))


def make_topic(
    author: Person | None = None,
    *,
    space: Space | None = None,
    title: str = "Hat jemand eine Kooperationsvereinbarung?",
    text: str = "Unser Rechtsamt fragt nach Mustern.",
    answers: int = 0,
    **fields: Any,
) -> Topic:
    """A topic in the network-wide space unless told otherwise; ``answers`` by as many different people."""
    author = author or make_person("Anna Verden")
    topic = start_topic(space=space or network_space(), visitor=visitor_of(author), title=title, text=text, **fields)
    for number in range(answers):
        answer(topic, make_person(f"Antwort {number}"), text=f"Antwort Nummer {number}", announce=False)
    topic.refresh_from_db()
    return topic


def answer(topic: Topic, author: Person, text: str = "Ja, seit 2024.", **fields: Any) -> Post:
    return publish_post(topic=topic, visitor=visitor_of(author), text=text, **fields)
