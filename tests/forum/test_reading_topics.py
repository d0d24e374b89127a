"""What is news on a topic's page, and how it becomes read; what a page that stood open has missed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post, edit_post
from forum.enums import MISSED_AT_ONCE
from forum.models import ReadState, Space, Topic
from tests.factories.forum import answer, make_topic
from tests.forum.news import unread_of
from tests.forum.topic_pages import ClientOf, post_ids, thread_of


@pytest.fixture
def client(in_niedersachsen: BoundNetwork, client_of: ClientOf, helper: Person) -> Client:
    return client_of(in_niedersachsen, helper)


def test_reading_moves_the_line_of_what_is_new(client: Client, topic: Topic, asker: Person, helper: Person) -> None:
    assert "Ab hier neu für Sie" not in client.get(topic.get_absolute_url()).text
    read(client, topic, "1")
    new = answer(topic, asker, "Noch etwas")
    page = client.get(topic.get_absolute_url()).text
    assert page.index('id="neu"') < page.index(f'id="beitrag-{new.pk}"')
    assert unread_of(topic)["Bernd Oldenburg"] == (range(2, 3),)  # to look at it is not to have read it
    read(client, topic, "1-2")
    assert unread_of(topic)["Bernd Oldenburg"] == ()
    assert "Ab hier neu für Sie" not in client.get(topic.get_absolute_url()).text


def test_long_topic_opens_where_one_stopped(client: Client, topic: Topic, asker: Person, helper: Person) -> None:
    posts = [answer(topic, asker, f"Nummer {number}", announce=False) for number in range(2, 61)]
    assert len(post_ids(client.get(topic.get_absolute_url()).text)) == 50
    read(client, topic, "1-51")
    page = client.get(topic.get_absolute_url()).text
    assert post_ids(page) == [post.pk for post in posts[49:]]
    new = answer(topic, asker, "Nummer 61")
    posts += [answer(topic, asker, f"Nummer {number}") for number in range(62, 102)]
    read(client, topic, "101")
    assert post_ids(client.get(topic.get_absolute_url()).text)[10] == new.pk  # where the news begin
    assert f"{topic.get_absolute_url()}?seite=2#beitrag-{posts[58].pk}" == posts[58].get_absolute_url()


def test_missed_posts_come_as_the_page_draws_them(client: Client, topic: Topic, asker: Person, helper: Person) -> None:
    deleted, last = answer(topic, helper), answer(topic, asker, "Später")
    page = client.get(topic.get_absolute_url()).text
    delete_post(post=deleted, visitor=visitor_of(helper))
    part = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": 3}).text
    assert post_ids(part) == [deleted.pk]
    assert 'data-revision="4"' in part
    part = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": 1}).text
    assert post_ids(part) == [last.pk, deleted.pk]
    article = re.compile(rf'<article[^>]*id="beitrag-{last.pk}".*?</article>', re.DOTALL)
    drawn = [re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", article.search(each)[0]) for each in (part, page)]  # type: ignore[index]
    assert drawn[0] == drawn[1]


def test_page_of_many_misses_nothing_when_nobody_wrote(client: Client, space: Space) -> None:
    topic = thread_of(space, people=2, posts=71)
    for number, length in ((1, 50), (2, 21)):
        page = client.get(topic.get_absolute_url(), {"seite": number}).text
        assert len(post_ids(page)) == length
        found = re.search(r'data-revision="(\d+)".*?data-page="(\d+)" data-newest="(\d+)"', page, re.DOTALL)
        assert found is not None
        assert found.groups() == ("71", str(number), "71")
        part = client.get(f"{topic.get_absolute_url()}beitraege/", {"stand": found[1]}).text
        assert post_ids(part) == []


def test_many_missed_posts_come_in_parts_without_a_gap(client: Client, space: Space, asker: Person) -> None:
    topic = make_topic(asker, space=space, announce=False)
    ids = [answer(topic, asker, f"Beitrag {number}", announce=False).pk for number in range(MISSED_AT_ONCE + 1)]
    changed = topic.posts.get(pk=ids[0])
    edit_post(post=changed, visitor=visitor_of(asker), text="Später geändert")
    url = f"{topic.get_absolute_url()}beitraege/"
    part = client.get(url, {"stand": 1}).text
    assert 'data-revision="201" data-more>' in part
    assert post_ids(part) == ids[1:-1]
    rest = client.get(url, {"stand": 201}).text
    assert (post_ids(rest), 'data-revision="203">' in rest) == ([ids[-1], changed.pk], True)
    assert (f'data-part="state:{topic.pk}"' in part, f'data-part="state:{topic.pk}"' in rest) == (False, True)


def read(client: Client, topic: Topic, numbers: str) -> Any:
    """The page tells what was on the screen."""
    return client.post(f"{topic.get_absolute_url()}gelesen/", {"nummern": numbers})


def test_what_was_on_the_screen_is_read_in_whatever_order(
    client: Client, topic: Topic, asker: Person, helper: Person
) -> None:
    for number in range(2, 8):
        answer(topic, asker, f"Nummer {number}")
    assert read(client, topic, "5-6").status_code == 204
    read(client, topic, "2,3")
    assert unread_of(topic)["Bernd Oldenburg"] == (range(1, 2), range(4, 5), range(7, 8))
    read(client, topic, "7-999,0,x,-4,9-2,1-")
    assert unread_of(topic)["Bernd Oldenburg"] == (range(1, 2), range(4, 5))
    assert read(client, topic, "").status_code == 204
    assert ReadState.objects.get(person=helper).shown == 7


def test_page_that_was_read_is_told_how_much_is_news_now(client: Client, topic: Topic, asker: Person) -> None:
    answer(topic, asker, "Noch eine Frage")
    assert [read(client, topic, numbers)["News-Count"] for numbers in ("1", "2")] == ["1", "0"]


@pytest.mark.parametrize(
    ("marked", "sentence"),
    [(True, "Die Antwort ist hervorgehoben."), (False, "Keine Antwort ist mehr hervorgehoben.")],
)
def test_without_scripts_the_page_says_what_was_done(
    client_of: Any,
    niedersachsen: BoundNetwork,
    topic: Topic,
    asker: Person,
    helper: Person,
    marked: bool,
    sentence: str,
) -> None:
    post = answer(topic, helper)
    browser = client_of(niedersachsen, asker)
    sent = {"do": "post.mark", "beitrag": str(post.pk) if marked else ""}
    assert sentence in browser.post(f"{topic.get_absolute_url()}aktion/", sent, follow=True).text


def test_without_scripts_a_button_says_that_the_page_is_read(client: Client, topic: Topic) -> None:
    page = client.get(topic.get_absolute_url()).text
    assert '<input type="hidden" name="nummern" value="1">' in page
    response = client.post(f"{topic.get_absolute_url()}gelesen/", {"nummern": "1", "weiter": "1"})
    assert response["Location"] == f"{topic.get_absolute_url()}?seite=1"
    assert unread_of(topic)["Bernd Oldenburg"] == ()
    assert 'name="nummern"' not in client.get(topic.get_absolute_url()).text


def test_who_turns_the_page_has_read_the_one_before(client: Client, topic: Topic, asker: Person) -> None:
    for number in range(2, 61):
        answer(topic, asker, f"Nummer {number}")
    page = client.get(topic.get_absolute_url(), {"seite": 1}).text
    assert 'href="?seite=2&amp;gelesen=1-50"' in page
    response = client.get(topic.get_absolute_url(), {"seite": 2, "gelesen": "1-50"})
    assert response["Location"] == f"{topic.get_absolute_url()}?seite=2"
    assert unread_of(topic)["Bernd Oldenburg"] == (range(51, 61),)


def test_quoting_reads_nothing(client: Client, topic: Topic) -> None:
    client.get(topic.get_absolute_url(), {"zitat": topic.posts.get().pk})
    assert unread_of(topic)["Bernd Oldenburg"] == (range(1, 2),)
