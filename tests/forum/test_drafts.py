"""Drafts on the server: one a person and place, there on every device, gone when they were sent."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dkbm.accounts.hooks import run_departure
from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.answers import publish_answer
from forum.domain.drafts import DraftData, forget_old_drafts, save_draft
from forum.domain.topics import close_topic
from forum.models import Draft, Post, Space, Topic
from tests.factories.forum import answer
from tests.forum.live_scene import ClientOf
from workgroups.models import GroupMembership


@pytest.fixture
def client(in_niedersachsen: BoundNetwork, client_of: ClientOf, helper: Person) -> Client:
    return client_of(in_niedersachsen, helper)


def texts() -> list[str]:
    return list(Draft.objects.order_by("pk").values_list("text", flat=True))


def test_answer_is_there_on_the_next_device(
    client: Client, client_of: ClientOf, topic: Topic, helper: Person, in_niedersachsen: BoundNetwork
) -> None:
    key, url = str(uuid.uuid4()), topic.get_absolute_url()
    saved = client.post(f"{url}entwurf/", {"text": "Bei uns ist das\r\n", "client_key": key}).json()["saved"]
    assert saved == f"{timezone.localtime():%H:%M}"
    client.post(f"{url}entwurf/", {"text": "Bei uns ist das so:", "client_key": key})
    page = client_of(in_niedersachsen, helper).get(url).text
    assert texts() == ["Bei uns ist das so:"]
    assert ("Bei uns ist das so:</textarea>" in page, f'value="{key}"' in page, "Entwurf von" in page) == (True,) * 3
    quote = client.get(f"{url}?zitat={topic.posts.get().pk}").context["reply"].form["text"].value()
    assert quote.startswith("Bei uns ist das so:\n\n> **Anna Verden:**")


def test_sent_draft_is_gone_and_what_comes_late_is_nothing(client: Client, topic: Topic) -> None:
    sent = {"text": "Bei uns ist das so.", "client_key": str(uuid.uuid4())}
    url = topic.get_absolute_url()
    client.post(f"{url}entwurf/", sent)
    client.post(url, sent)
    assert texts() == []
    assert client.post(f"{url}entwurf/", sent).json() == {"saved": None}
    assert texts() == []


def test_answer_by_mail_leaves_the_draft(client: Client, topic: Topic, helper: Person) -> None:
    key = str(uuid.uuid4())
    client.post(f"{topic.get_absolute_url()}entwurf/", {"text": "Ausführlich", "client_key": key})
    publish_answer(key=topic.pk, visitor=visitor_of(helper), text="Kurz per Mail", client_key=uuid.uuid4())
    assert texts() == ["Ausführlich"]


def test_two_tabs_with_one_draft_post_once(client: Client, topic: Topic) -> None:
    url, key = topic.get_absolute_url(), str(uuid.uuid4())
    client.post(f"{url}entwurf/", {"text": "Einmal", "client_key": key})
    tabs = [client.get(url).context["reply"].form for _tab in range(2)]
    for form in tabs:
        client.post(url, {"text": form["text"].value(), "client_key": str(form["client_key"].value())})
    assert topic.posts.count() == 2


def test_new_topic_is_kept_with_all_its_fields(client: Client, space: Space) -> None:
    key = str(uuid.uuid4())
    sent = {"title": "Wer hat", "text": "", "is_question": "nein", "tags": "Daten, Ganztag", "client_key": key}
    client.post(f"/forum/{space.slug}/entwurf/", sent)
    form = client.get(f"/forum/{space.slug}/neu/").context["form"]
    assert [form[name].value() for name in ("title", "text", "is_question", "tags")] == [
        "Wer hat",
        "",
        "nein",
        "Daten, Ganztag",
    ]
    client.post(
        f"/forum/{space.slug}/neu/",
        {"title": "Wer hat Muster?", "text": "Wir suchen.", "is_question": "ja", "client_key": key},
    )
    assert texts() == []


def test_change_of_a_post_is_kept_apart_from_the_answer(client: Client, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    url = topic.get_absolute_url()
    client.post(f"{url}beitrag/{post.pk}/entwurf/", {"text": "Ja, seit 2025."})
    client.post(f"{url}entwurf/", {"text": "Noch etwas"})
    edit = f"{url}beitrag/{post.pk}/bearbeiten/"
    page = client.get(edit)
    assert page.context["form"]["text"].value() == "Ja, seit 2025."
    stamp = page.context["form"]["opened"].value()
    sent = client.post(edit, {"text": "Ja, seit 2025.", "opened": stamp})
    assert sent.status_code == 302, sent.context["form"].errors
    assert (texts(), Post.objects.get(pk=post.pk).text) == (["Noch etwas"], "Ja, seit 2025.")
    client.post(f"{url}beitrag/{post.pk}/entwurf/", {"text": "Ja, seit 2025.\r\n"})
    assert texts() == ["Noch etwas"]


@pytest.mark.parametrize("text", ["x" * 100_001, "x" * 200_000])
def test_what_is_too_long_is_refused_and_the_one_before_stays(client: Client, topic: Topic, text: str) -> None:
    url = f"{topic.get_absolute_url()}entwurf/"
    client.post(url, {"text": "Kurz"})
    assert client.post(url, {"text": text}).status_code == 422
    assert texts() == ["Kurz"]


def test_drafts_are_listed_and_thrown_away(client: Client, topic: Topic, asker: Person, helper: Person) -> None:
    url = topic.get_absolute_url()
    client.post(f"{url}entwurf/", {"text": "Noch nicht fertig"})
    foreign = save_draft(visitor=visitor_of(asker), space=topic.space, topic=topic, data=DraftData("Von Anna"))
    page = client.get("/forum/-/entwuerfe/").text
    assert ("Noch nicht fertig" in page, topic.title in page, "Von Anna" in page) == (True, True, False)
    own = Draft.objects.get(person=helper)
    assert client.post(f"/forum/-/entwuerfe/{foreign.pk}/verwerfen/").status_code == 404  # type: ignore[union-attr]
    dropped = client.post(f"/forum/-/entwuerfe/{own.pk}/verwerfen/", {"zurueck": "1"})
    assert dropped["Location"] == f"{url}#antworten"
    assert f'data-draft-sent="thema-{topic.pk}-antwort"' in client.get(url).text
    assert texts() == ["Von Anna"]


def test_who_may_not_read_any_more_keeps_the_own_words_alone(client: Client, topic: Topic, helper: Person) -> None:
    client.post(f"{topic.get_absolute_url()}entwurf/", {"text": "Noch nicht fertig"})
    GroupMembership.objects.filter(person=helper).update(state="left")
    page = client.get("/forum/-/entwuerfe/").text
    assert ("Noch nicht fertig" in page, topic.title in page) == (True, False)
    assert client.post(f"{topic.get_absolute_url()}entwurf/", {"text": "Mehr"}).status_code == 404


def test_draft_survives_the_end_of_a_topic_and_is_forgotten_after_long(
    client: Client, topic: Topic, asker: Person
) -> None:
    url = topic.get_absolute_url()
    client.post(f"{url}entwurf/", {"text": "Noch nicht fertig"})
    close_topic(topic=topic, visitor=visitor_of(asker))
    assert client.post(url, {"text": "Noch nicht fertig"}).status_code == 422
    assert texts() == ["Noch nicht fertig"]
    assert forget_old_drafts() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=91), tick=False):
        assert forget_old_drafts() == 1


def test_who_leaves_the_network_leaves_no_draft(client: Client, topic: Topic, asker: Person, helper: Person) -> None:
    client.post(f"{topic.get_absolute_url()}entwurf/", {"text": "Noch nicht fertig"})
    save_draft(visitor=visitor_of(asker), space=topic.space, topic=topic, data=DraftData("Von Anna"))
    run_departure(Membership.objects.get(person=helper))
    assert texts() == ["Von Anna"]


def test_enter_in_a_line_publishes_and_throws_nothing_away(client: Client, space: Space) -> None:
    """It presses the first button of the form."""
    url = f"/forum/{space.slug}/neu/"
    client.post(f"/forum/{space.slug}/entwurf/", {"text": "Noch nicht fertig", "title": "Treffen"})
    form = client.get(url).text.partition("<form class=")[2]
    assert 0 < form.index("Thema veröffentlichen") < form.index("Entwurf verwerfen")


def test_draft_costs_the_page_no_query(client: Client, topic: Topic, django_assert_num_queries: Any) -> None:
    client.post(f"{topic.get_absolute_url()}entwurf/", {"text": "Noch nicht fertig"})
    client.get(topic.get_absolute_url())
    with django_assert_num_queries(11):
        client.get(topic.get_absolute_url())
