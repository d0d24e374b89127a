"""The page of a topic as people use it: without JavaScript."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post, edit_post
from forum.domain.topics import close_topic, delete_topic, mark_answer
from forum.enums import MISSED_AT_ONCE
from forum.models import Post, ReadState, Space, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.forum.news import unread_of

ClientOf = Callable[..., Client]
TOO_LONG = "Ihr Text hat 200.000 Zeichen, ein Beitrag fasst höchstens 20.000. Bitte kürzen oder teilen Sie ihn."


def textarea(html: str) -> str:
    found = re.search(r'<textarea name="text".*?>\r?\n?(.*?)</textarea>', html, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def post_ids(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-part="post:(\d+)"', html)]


@pytest.fixture
def client(in_niedersachsen: BoundNetwork, client_of: ClientOf, helper: Person) -> Client:
    return client_of(in_niedersachsen, helper)


def test_page_shows_posts_in_order(client: Client, topic: Topic, helper: Person, asker: Person) -> None:
    ids = [topic.posts.get().pk, answer(topic, helper).pk, answer(topic, asker, "Danke").pk]
    response = client.get(topic.get_absolute_url())
    assert response.status_code == 200
    assert post_ids(response.text) == ids
    assert response.text.count("<h1>") == 1
    assert "Frage" in response.text


def test_long_topic_leads_to_the_answer_that_helped(
    client: Client, topic: Topic, helper: Person, asker: Person
) -> None:
    first, second = answer(topic, helper), answer(topic, asker)
    words = "Zur Antwort, die geholfen hat"
    for post, shown in ((first, False), (second, True)):
        topic.solved_post = post
        topic.save()
        page = client.get(topic.get_absolute_url()).text
        assert (f'<a href="{post.get_absolute_url()}" data-print="no">{words}</a>' in page) is (words in page) is shown


def test_wrong_slug_redirects_with_its_query(client: Client, topic: Topic) -> None:
    response = client.get(f"/forum/ag1/{topic.pk}-anders/?zitat=3")
    assert (response.status_code, response["Location"]) == (302, f"{topic.get_absolute_url()}?zitat=3")


def test_topic_in_the_wrong_space_is_missing(client: Client, topic: Topic) -> None:
    assert client.get(f"/forum/netzweit/{topic.pk}-{topic.slug}/").status_code == 404


def test_reply_leads_to_the_new_post_and_says_that_the_draft_arrived(client: Client, topic: Topic) -> None:
    response = client.post(topic.get_absolute_url(), {"text": "Ja, bei uns.", "client_key": str(uuid.uuid4())})
    post = Post.objects.get(number=2)
    assert (response.status_code, response["Location"]) == (302, f"{topic.get_absolute_url()}#beitrag-{post.pk}")
    page = client.get(topic.get_absolute_url()).text
    assert f'data-draft-sent="thema-{topic.pk}-antwort"' in page
    assert "Ja, bei uns." in page


def test_form_sent_twice_shows_one_post(client: Client, topic: Topic) -> None:
    data = {"text": "Ja, bei uns.", "client_key": str(uuid.uuid4())}
    first, second = (client.post(topic.get_absolute_url(), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert topic.posts.count() == 2


@pytest.mark.parametrize("text", ["", "   "])
def test_empty_reply_is_answered_beside_the_field(client: Client, topic: Topic, text: str) -> None:
    response = client.post(topic.get_absolute_url(), {"text": text})
    assert response.status_code == 422
    assert response.context["form"].errors == {"text": ["Bitte schreiben Sie einen Text."]}


def test_too_long_reply_keeps_every_character(client: Client, topic: Topic) -> None:
    text = "äöü <b>&amp;</b>" + "x" * 199_984
    assert len(text) == 200_000
    response = client.post(topic.get_absolute_url(), {"text": text})
    assert response.status_code == 422
    assert response.context["form"].errors == {"text": [TOO_LONG]}
    assert textarea(response.text) == text
    assert topic.posts.count() == 1


def test_reply_to_closed_topic_keeps_the_text(client: Client, topic: Topic, asker: Person) -> None:
    close_topic(topic=topic, visitor=visitor_of(asker))
    response = client.post(topic.get_absolute_url(), {"text": "Lang geschrieben"})
    assert response.status_code == 422
    assert "Dieses Thema ist abgeschlossen. Es nimmt keine Antworten mehr an." in response.text
    assert textarea(response.text) == "Lang geschrieben"
    assert "<textarea" not in client.get(topic.get_absolute_url()).text


def test_reply_to_deleted_topic_gives_the_text_back(client: Client, topic: Topic, asker: Person) -> None:
    delete_topic(topic=topic, visitor=visitor_of(asker))
    response = client.post(topic.get_absolute_url(), {"text": "Lang <geschrieben>"})
    assert response.status_code == 410
    assert "Dieses Thema wurde gelöscht" in response.text
    assert "Lang &lt;geschrieben&gt;" in response.text
    assert "Unser Rechtsamt" not in response.text
    taken = client.post("/forum/ag1/neu/", {"text": "Lang <geschrieben>", "uebernehmen": "1"})
    assert (taken.status_code, textarea(taken.text)) == (200, "Lang <geschrieben>")
    assert client.get(topic.get_absolute_url()).status_code == 410


def test_topic_deleted_while_the_form_is_sent_gives_the_text_back(
    client: Client, topic: Topic, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.views import topics

    publish = topics.publish_post

    def delete_first(**kwargs: Any) -> Post:
        delete_topic(topic=topic, visitor=visitor_of(manager), reason="Steht schon woanders.")
        return publish(**kwargs)

    monkeypatch.setattr(topics, "publish_post", delete_first)
    response = client.post(topic.get_absolute_url(), {"text": "Lang geschrieben"})
    assert response.status_code == 410
    assert "Lang geschrieben" in response.text
    assert "Begründung: Steht schon woanders." in response.text


def test_preview_publishes_nothing(client: Client, topic: Topic) -> None:
    response = client.post(topic.get_absolute_url(), {"text": "Das ist **wichtig**.", "vorschau": "1"})
    assert response.status_code == 200
    assert "<strong>wichtig</strong>" in response.text
    assert textarea(response.text) == "Das ist **wichtig**."
    assert topic.posts.count() == 1


def test_quote_fills_the_form(client: Client, topic: Topic, asker: Person) -> None:
    post = topic.posts.get()
    page = client.get(f"{topic.get_absolute_url()}?zitat={post.pk}").text
    assert textarea(page) == "> **Anna Verden:**\n>\n> Unser Rechtsamt fragt nach Mustern.\n\n"


@pytest.mark.parametrize("number", ["0", "abc", "9" * 30, "²"])
def test_quote_of_nothing_leaves_the_form_empty(client: Client, topic: Topic, number: str) -> None:
    assert textarea(client.get(topic.get_absolute_url(), {"zitat": number}).text) == ""


def test_quote_of_another_topic_leaves_the_form_empty(client: Client, topic: Topic) -> None:
    foreign = make_topic(text="Geheim").posts.get()
    assert textarea(client.get(topic.get_absolute_url(), {"zitat": foreign.pk}).text) == ""


def test_script_is_shown_as_text(client: Client, space: Space, asker: Person) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    topic = make_topic(asker, space=space, title=evil[:100], text=evil)
    page = client.get(topic.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


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


def test_edit_page_changes_own_post(client: Client, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    url = f"{topic.get_absolute_url()}beitrag/{post.pk}/bearbeiten/"
    assert textarea(client.get(url).text) == "Ja, seit 2024."
    assert client.post(url, {"text": "x" * 200_000}).status_code == 422
    response = client.post(url, {"text": "Seit 2025."})
    assert response["Location"] == post.get_absolute_url()
    assert ", bearbeitet <time" in client.get(topic.get_absolute_url()).text


def test_edit_page_of_others_says_why_and_keeps_the_text(client: Client, topic: Topic) -> None:
    url = f"{topic.get_absolute_url()}beitrag/{topic.posts.get().pk}/bearbeiten/"
    response = client.post(url, {"text": "Überschrieben"})
    assert response.status_code == 403
    assert "Ändern kann einen Beitrag nur, wer ihn geschrieben hat." in response.text
    assert textarea(response.text) == "Überschrieben"
    assert topic.posts.get().text == "Unser Rechtsamt fragt nach Mustern."


def test_deleted_post_leaves_a_sentence(client: Client, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    url = f"{topic.get_absolute_url()}beitrag/{post.pk}/loeschen/"
    assert "Diesen Beitrag löschen?" in client.get(url).text
    assert client.post(url)["Location"] == post.get_absolute_url()
    page = client.get(topic.get_absolute_url()).text
    assert "Dieser Beitrag wurde von der Person gelöscht, die ihn geschrieben hat." in page
    assert "seit 2024" not in page


def test_manager_must_give_a_reason(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person, manager: Person
) -> None:
    post = answer(topic, helper)
    client = client_of(in_niedersachsen, manager)
    url = f"{topic.get_absolute_url()}beitrag/{post.pk}/loeschen/"
    response = client.post(url, {"reason": ""})
    assert response.status_code == 422
    assert "Bitte begründen Sie die Löschung in einem Satz." in response.text
    client.post(url, {"reason": "Nennt einen Namen."})
    assert "gelöscht. Begründung: Nennt einen Namen." in client.get(topic.get_absolute_url()).text


def test_asker_marks_the_answer(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person, asker: Person
) -> None:
    post = answer(topic, helper)
    client = client_of(in_niedersachsen, asker)
    response = client.post(f"{topic.get_absolute_url()}aktion/", {"do": "post.mark", "beitrag": post.pk})
    assert response["Location"] == post.get_absolute_url()
    page = client.get(topic.get_absolute_url()).text
    assert 'class="post answer"' in page
    assert "Frage, beantwortet" in page
    client.post(f"{topic.get_absolute_url()}aktion/", {"do": "post.mark", "beitrag": ""})
    topic.refresh_from_db()
    assert topic.solved_post_id is None


def test_others_cannot_mark_an_answer(client: Client, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    page = client.post(f"{topic.get_absolute_url()}aktion/", {"do": "post.mark", "beitrag": post.pk}, follow=True).text
    assert "Als hilfreich markieren kann eine Antwort nur, wer gefragt hat, oder die Netzwerkleitung." in page
    topic.refresh_from_db()
    assert topic.solved_post_id is None


def test_asker_closes_and_opens_again(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, asker: Person
) -> None:
    client = client_of(in_niedersachsen, asker)
    url = f"{topic.get_absolute_url()}abschliessen/"
    assert "Wieder für Antworten öffnen" in client.post(url, follow=True).text
    assert "Thema abschließen" in client.post(url, {"wieder": "offen"}, follow=True).text


def test_mails_can_be_switched_off_on_the_page(client: Client, topic: Topic, helper: Person) -> None:
    answer(topic, helper)
    assert "weil Sie hier geschrieben haben" in client.get(topic.get_absolute_url()).text
    url = f"{topic.get_absolute_url()}mails/"
    assert "Sie bekommen zu diesem Thema keine E-Mails." in client.post(url, {"wunsch": "nein"}, follow=True).text
    assert "Sie hören per E-Mail von neuen Antworten." in client.post(url, {"wunsch": "ja"}, follow=True).text


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
    assert article.search(part)[0] == article.search(page)[0]  # type: ignore[index]


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


def thread_of(space: Space, people: int, posts: int) -> Topic:
    writers = [make_person(f"Person {number}") for number in range(people)]
    topic = make_topic(writers[0], space=space, is_question=True, announce=False)
    for number in range(1, posts):
        answer(topic, writers[number % people], f"Beitrag {number}", announce=False)
    return topic


@pytest.mark.parametrize(("people", "posts"), [(1, 20), (3, 20), (20, 20), (3, 40)])
def test_topic_page_takes_the_same_queries_for_any_number_of_authors(
    client: Client, space: Space, people: int, posts: int, django_assert_num_queries: Any
) -> None:
    topic = thread_of(space, people, posts)
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(TOPIC_PAGE_QUERIES):
        response = client.get(topic.get_absolute_url())
    assert len(post_ids(response.text)) == posts


def test_news_on_the_topic_page_take_no_query_more(
    client: Client, topic: Topic, asker: Person, django_assert_num_queries: Any
) -> None:
    client.get(topic.get_absolute_url())
    answer(topic, asker, "Neu")
    with django_assert_num_queries(TOPIC_PAGE_QUERIES):
        client.get(topic.get_absolute_url())


def test_marked_answer_takes_no_query_more(
    client: Client, topic: Topic, asker: Person, helper: Person, django_assert_num_queries: Any
) -> None:
    mark_answer(topic=topic, post=answer(topic, helper), visitor=visitor_of(asker))
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(TOPIC_PAGE_QUERIES):
        client.get(topic.get_absolute_url())


TOPIC_PAGE_QUERIES = 11
"""Network switch 1, session 1, account 2, membership 1, look 1, space 1, group membership 1, topic 1, tags 1, posts 1,
authors 1, unread counter 1, hosts."""
