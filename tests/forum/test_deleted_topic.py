"""What is said before and after a topic is deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.topics import delete_topic
from forum.models import Topic
from tests.factories.forum import answer
from tests.factories.people import make_person

ClientOf = Callable[..., Client]
REASON = "Begründung: Enthält &lt;Namen&gt;."


@pytest.fixture
def client(in_niedersachsen: BoundNetwork, client_of: ClientOf, helper: Person) -> Client:
    return client_of(in_niedersachsen, helper)


def test_deleted_topic_says_why_to_those_who_could_read_it(
    client: Client,
    topic: Topic,
    asker: Person,
    manager: Person,
    stranger: Person,
    in_niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: ClientOf,
) -> None:
    delete_topic(topic=topic, visitor=visitor_of(manager), reason="Enthält <Namen>.")
    url = topic.get_absolute_url()
    for reader in (client, client_of(in_niedersachsen, asker), client_of(in_niedersachsen, manager)):
        response = reader.get(url)
        assert (response.status_code, response.text.count(REASON)) == (410, 1)
        assert topic.title not in response.text
    assert REASON in client.post(url, {"text": "Lang geschrieben"}).text
    with bind(bayern):
        elsewhere = make_person("Leitung Anderswo", roles=("manager",))
    outside = [(in_niedersachsen, stranger, 404), (in_niedersachsen, None, 403), (bayern, elsewhere, 404)]
    for network, person, status in outside:
        response = client_of(network, person).get(url)
        assert (response.status_code, REASON in response.text, topic.title in response.text) == (status, False, False)


def test_topic_that_its_author_deleted_gives_no_reason(client: Client, topic: Topic, asker: Person) -> None:
    delete_topic(topic=topic, visitor=visitor_of(asker))
    assert "Begründung" not in client.get(topic.get_absolute_url()).text


def test_form_says_where_the_reason_will_stand(
    topic: Topic, helper: Person, manager: Person, in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    client, of_topic = client_of(in_niedersachsen, manager), topic.get_absolute_url()
    at_topic = "Sie steht für alle, die das Thema lesen konnten, an dessen Stelle."
    at_post = "Sie steht für alle sichtbar an der Stelle des Beitrags."
    only = f"{of_topic}beitrag/{topic.posts.get().pk}/loeschen/"
    for url in (f"{of_topic}loeschen/", only):
        page = client.get(url).text
        assert (at_topic in page, at_post in page) == (True, False)
    assert "Mit ihm geht das Thema verloren" in client.get(only).text
    answer(topic, helper)
    page = client.get(only).text
    assert (at_topic in page, at_post in page, "Mit ihm geht das Thema verloren" in page) == (False, True, False)
