"""Whom a post names: who is meant, who is told, and what stands in the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dkbm.accounts.models import Person, Profile
from dkbm.core.markdown import render_markdown
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.enums import Level, Rule
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.mentions import find_mentions
from forum.domain.posts import delete_post, edit_post
from forum.domain.queries.mentions import suggestions
from forum.domain.rendering import render_anew
from forum.domain.subscriptions import unfollow_topic
from forum.domain.topics import mark_answer
from forum.errors import ForumRefusal
from forum.models import Post, PostMention, Space, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group
from tests.factories.people import function_named, make_person
from tests.forum.live_scene import ClientOf


def named(text: str, space: Space) -> list[tuple[str, Any]]:
    return [(each.name, each.person_id or each.office) for each in find_mentions(text, space)]


def member(space: Space, name: str, office: str = "") -> Person:
    person = make_person(name)
    assert space.workgroup is not None
    join_group(space.workgroup, person, office=office)
    return person


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@Anna Verden, wie war das?", "@Anna Verden"),
        ("Wie war das, @anna verden?", "@anna verden"),
        ("(@Anna Verden)", "@Anna Verden"),
        ("- **@Anna Verden** fragen", "@Anna Verden"),
        ("> Zitat\n\n@Anna Verden: ja", "@Anna Verden"),
    ],
)
def test_members_are_named_by_their_name(space: Space, asker: Person, text: str, name: str) -> None:
    assert named(text, space) == [(name, asker.pk)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Verden",
        "@Anna Verdener",
        "@Anna Verden-Meier",
        "post@Anna Verden",
        "> @Anna Verden schrieb",
        "`@Anna Verden`",
        "[@Anna Verden](https://x.example)",
        "@Clara Osterholz",
        "@Niemand Hier",
        "anna@example.org",
        "@" * 5_000,
    ],
)
def test_other_words_name_nobody(space: Space, stranger: Person, text: str) -> None:
    assert named(text, space) == []


def test_nobody_of_the_other_network_is_named(space: Space, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_person("Fremde Person")
    everybody = make_topic().space
    assert named("@Fremde Person", everybody) == []
    assert suggestions(everybody, visitor_of(make_person()), "Fremde") == []


def test_name_of_several_is_asked_about(space: Space, asker: Person) -> None:
    other = member(space, "Anna Verden")
    for person, function in ((asker, "bildungsmanagement"), (other, "bildungsmonitoring")):
        Profile.objects.create(person=person, function=function_named(function))
    with pytest.raises(ForumRefusal) as refused:
        find_mentions("Danke, @Anna Verden.", space)
    reason = str(refused.value.reason)
    assert "„@Anna Verden“ heißen hier mehrere." in reason
    assert "„@Anna Verden (Bildungsmonitoring)“" in reason
    assert named("@Anna Verden (Bildungsmonitoring) und", space) == [("@Anna Verden (Bildungsmonitoring)", other.pk)]
    offered = {each.text for each in suggestions(space, visitor_of(make_person()), "Anna")}
    assert offered == {"@Anna Verden (Bildungsmanagement)", "@Anna Verden (Bildungsmonitoring)"}


def test_more_than_twenty_are_too_many(space: Space) -> None:
    names = [f"Person {chr(65 + number)}x" for number in range(21)]
    for name in names:
        member(space, name)
    with pytest.raises(ForumRefusal, match="höchstens 20"):
        find_mentions(" ".join(f"@{name}," for name in names), space)


def test_offices_are_named_where_they_are(space: Space) -> None:
    speaker = member(space, "Sprecht Gern", office="speaker")
    for text in ("@Sprecherinnen: kommt ihr?", "@Sprecher/-innen", "@Sprecher*innen, bitte", "@Sprecherin"):
        assert [office for _name, office in named(text, space)] == ["speakers"]
    assert named("@Leitung @Sprechersache", space) == []
    post = answer(make_topic(speaker, space=space), make_person("X Y", roles=("manager",)), "@Sprecherinnen bitte")
    assert [row.person_id for row in Notification.objects.filter(kind="forum.mention")] == [speaker.pk]
    assert f'<a href="{space.workgroup.get_absolute_url()}" class="mention"' in post.html  # type: ignore[union-attr]


def test_whoever_is_named_is_told_once_and_not_of_the_answer_too(topic: Topic, asker: Person, helper: Person) -> None:
    post = answer(topic, helper, "@Anna Verden: @Anna Verden!")
    row = Notification.objects.get(person=asker)
    assert (row.kind, row.rule, row.level) == ("forum.mention", Rule.MENTIONED, Level.AT_ONCE)
    assert sentence_of(row) == f"Bernd Oldenburg hat Sie in „{topic.title}“ genannt."
    mail = Mail.objects.get(recipient=asker)
    assert mail.subject == f"Sie wurden genannt: {topic.title}"
    edit_post(post=post, visitor=visitor_of(helper), text="@Anna Verden: noch etwas")
    assert Notification.objects.filter(person=asker).count() == 1


def test_who_is_named_later_is_told_then(topic: Topic, space: Space, helper: Person) -> None:
    third = member(space, "Dritte Person")
    post = answer(topic, helper)
    Notification.objects.all().delete()
    edit_post(post=post, visitor=visitor_of(helper), text="@Dritte Person weiß das.")
    assert [row.person_id for row in Notification.objects.filter(kind="forum.mention")] == [third.pk]
    assert PostMention.objects.get().person_id == third.pk
    delete_post(post=post, visitor=visitor_of(helper))
    assert not PostMention.objects.exists()


def test_whoever_muted_the_topic_or_left_is_not_told(topic: Topic, asker: Person, helper: Person) -> None:
    unfollow_topic(topic=topic, visitor=visitor_of(asker))
    answer(topic, helper, "@Anna Verden")
    assert not Mail.objects.exists()


def test_naming_oneself_tells_nobody(topic: Topic, helper: Person) -> None:
    answer(topic, helper, "@Bernd Oldenburg war das.")
    assert not Notification.objects.filter(kind="forum.mention").exists()


@pytest.fixture
def page(in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person) -> Any:
    client: Client = client_of(in_niedersachsen, helper)
    return lambda **sent: (client.post if sent else client.get)(topic.get_absolute_url(), sent or None)


def test_name_leads_to_the_person_as_long_as_they_are_there(
    page: Any, topic: Topic, asker: Person, helper: Person
) -> None:
    answer(topic, helper, "Wie sagt <b>@Anna Verden</b>?")
    link = f'<a href="{reverse("accounts:person", args=[asker.pk])}" class="mention" rel="noopener nofollow ugc">'
    assert f"{link}@Anna Verden</a>" in page().text
    Membership.objects.filter(person=asker).update(state="left")
    html = page().text
    assert (link in html, "&lt;b&gt;@Anna Verden&lt;/b&gt;" in html) == (False, True)


def test_names_survive_a_new_renderer(page: Any, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper, "@Anna Verden")
    before = post.html
    Post.objects.filter(pk=post.pk).update(html_version=0, html="")
    assert render_anew() == 1
    post.refresh_from_db()
    assert ('class="mention"' in before, post.html) == (True, before)


def test_preview_shows_whom_it_names_and_tells_nobody(page: Any, topic: Topic) -> None:
    html = page(text="@Anna Verden?", vorschau="1").text
    assert 'class="mention"' in html
    assert not Notification.objects.filter(kind="forum.mention").exists()


def test_ambiguous_name_is_said_beside_the_field(page: Any, space: Space, topic: Topic) -> None:
    member(space, "Anna Verden")
    answer_page = page(text="Danke, @Anna Verden", client_key="")
    assert (answer_page.status_code, "heißen hier mehrere" in answer_page.text) == (422, True)
    assert topic.posts.count() == 1


def test_name_is_never_markup() -> None:
    assert (
        render_markdown("@x", {"@x": 'javascript:"<script>'})
        == '<p><a class="mention" rel="noopener nofollow ugc">@x</a></p>\n'
    )


def test_suggestions_know_readers_alone(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    space: Space,
    helper: Person,
    stranger: Person,
    asker: Person,
    django_assert_num_queries: Any,
) -> None:
    address = reverse("forum:mentions", args=[space.slug])
    asked = client_of(in_niedersachsen, helper).get(address, {"anfang": "@an"}).json()
    assert [each["text"] for each in asked["suggestions"]] == ["@Anna Verden"]
    assert client_of(in_niedersachsen, stranger).get(address, {"anfang": "an"}).status_code == 403
    visitor = visitor_of(helper)
    assert [each.text for each in suggestions(space, visitor, "osterholz")] == []
    assert [each.text for each in suggestions(space, visitor, "")] == ["@Sprecher/-innen", "@Netzwerkleitung"]
    with django_assert_num_queries(2):
        suggestions(space, visitor, "ver")


def test_answer_that_helped_is_told_to_its_author(topic: Topic, asker: Person, helper: Person) -> None:
    post = answer(topic, helper)
    for _twice in range(2):
        mark_answer(topic=topic, post=post, visitor=visitor_of(asker))
        mark_answer(topic=topic, post=None, visitor=visitor_of(asker))
    row = Notification.objects.get(person=helper, kind="forum.accepted")
    assert row.path == post.get_absolute_url()
    assert sentence_of(row) == f"Anna Verden hat Ihre Antwort in „{topic.title}“ hervorgehoben: Sie hat geholfen."
