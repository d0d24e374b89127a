"""The page of a topic as people use it: without JavaScript."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.topics import close_topic, delete_topic, mark_answer
from forum.models import Post, Space, Topic
from tests.factories.forum import answer, make_topic
from tests.forum.topic_pages import ClientOf, post_ids, thread_of

TOO_LONG = "Ihr Text hat 200.000 Zeichen, ein Beitrag fasst höchstens 20.000. Bitte kürzen oder teilen Sie ihn."


def textarea(html: str) -> str:
    found = re.search(r'<textarea name="text".*?>\r?\n?(.*?)</textarea>', html, re.DOTALL)
    assert found is not None
    return unescape(found[1])


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


def test_answer_that_helped_is_quoted_below_the_title(
    client: Client, topic: Topic, helper: Person, asker: Person
) -> None:
    post = answer(topic, helper, "Zwei Seiten Vorlage reichen. Alles andere kommt in die Anlage.")
    assert "Was geholfen hat:" not in client.get(topic.get_absolute_url()).text
    topic.refresh_from_db()
    mark_answer(topic=topic, post=post, visitor=visitor_of(asker))
    page = client.get(topic.get_absolute_url()).text
    above, below = page.split("<article", 1)
    assert "„Zwei Seiten Vorlage reichen. Alles andere kommt in die Anlage.“" in above
    name = f'<a href="{reverse("accounts:person", args=[helper.pk])}">{helper.get_full_name()}</a>'
    assert f"Antwort von {name}" in " ".join(above.split())
    assert f'<a href="{post.get_absolute_url()}" data-print="no">Zur Antwort</a>' in above
    assert below.count("Hat geholfen</span>") == 1


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
    assert "beantwortet</span>" in page
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
