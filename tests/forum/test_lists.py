"""Lists: spaces, topics of a space, what is new on the home page and in the header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.hooks import run_departure
from dkbm.accounts.models import Person
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post
from forum.domain.queries.home import group_tiles, home_topics
from forum.domain.queries.lists import Choice, place_from, topic_page
from forum.domain.queries.topics import space_list
from forum.domain.queries.unread import unread_count
from forum.domain.reading import mark_all_read, mark_read
from forum.domain.spaces import ensure_spaces, network_space, space_of
from forum.domain.topics import mark_answer
from forum.models import ReadState, Space, Topic
from forum.rules import may_read_space
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group, make_group
from tests.factories.people import make_person, settle
from workgroups.domain.queries.overview import my_groups
from workgroups.models import GroupMembership

ClientOf = Callable[..., Client]
INDEX_QUERIES = 10
SPACE_QUERIES = 13
GROUP_QUERIES = 17


def slugs(person: Person) -> list[str]:
    ensure_spaces(visitor=visitor_of(person))
    return [row.space.slug for row in space_list(visitor_of(person))[0]]


def test_spaces_are_the_own_ones_and_the_one_for_all(asker: Person, stranger: Person, manager: Person) -> None:
    make_group("Monitoring", slug="ag2", number=2)
    ag1 = make_group("Management", asker, slug="ag1", number=1)
    make_group("Indikatoren", asker, slug="uag-indikatoren", kind="subgroup", parent=ag1)
    make_group("Altes", asker, slug="ag0", number=9, state="archived")
    assert slugs(asker) == ["netzweit", "ag1", "uag-indikatoren", "ag0"]
    assert slugs(stranger) == ["netzweit"]
    assert slugs(manager) == ["netzweit", "ag1", "uag-indikatoren", "ag2", "ag0"]


def test_forum_leads_to_a_question_to_everybody(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, stranger: Person
) -> None:
    page = client_of(in_niedersachsen, stranger).get("/forum/").text
    assert '<a class="btn" href="/forum/netzweit/neu/">' in page


def test_space_of_a_group_is_made_once(in_niedersachsen: BoundNetwork) -> None:
    group = make_group(slug="ag1")
    assert space_of(group).pk == space_of(group).pk
    assert network_space().pk == network_space().pk


def test_news_are_posts_of_others_since_joining(topic: Topic, space: Space, asker: Person, helper: Person) -> None:
    assert unread_count(visitor_of(helper)) == 1  # the question itself
    answer(topic, helper)
    answer(topic, asker, "Danke")
    deleted = answer(topic, asker, "Vertippt")
    delete_post(post=deleted, visitor=visitor_of(asker))
    assert unread_count(visitor_of(helper)) == 2
    assert unread_count(visitor_of(asker)) == 1
    late = make_person("Später Dazu")
    assert space.workgroup is not None
    join_group(space.workgroup, late)
    assert unread_count(visitor_of(late)) == 0
    answer(topic, asker, "Noch etwas")
    assert unread_count(visitor_of(late)) == 1


def test_news_of_others_groups_are_nobodys_news(
    topic: Topic, helper: Person, stranger: Person, manager: Person
) -> None:
    assert unread_count(visitor_of(manager)) == 0  # came later
    answer(topic, helper)
    assert (unread_count(visitor_of(stranger)), unread_count(visitor_of(manager))) == (0, 1)


def test_whoever_loses_the_right_to_read_is_told_of_nothing(topic: Topic, space: Space, helper: Person) -> None:
    row = GroupMembership.objects.get(workgroup=space.workgroup, person=helper)
    row.delete()
    assert (unread_count(visitor_of(helper)), home_topics(visitor_of(helper)).news) == (0, [])
    run_departure(Membership.objects.get(person=helper))
    assert not ReadState.objects.filter(person=helper).exists()


@pytest.mark.parametrize("group", [False, True])
def test_readers_of_a_space_are_those_whom_the_rule_lets_read(
    space: Space, asker: Person, helper: Person, stranger: Person, manager: Person, group: bool
) -> None:
    join_group(space.workgroup, stranger, state="requested")  # type: ignore[arg-type]
    waiting, gone = make_person("Wartet Noch", state="requested"), make_person("Ging Fort", state="left")
    here = space if group else network_space()
    people = [asker, helper, stranger, manager, waiting, gone]
    allowed = [person for person in people if may_read_space(visitor_of(person), here)]
    make_topic(make_person("Eva Schreibt", roles=("manager",)), space=here)
    assert {row.person for row in ReadState.objects.filter(unread_count=1)} == set(allowed)
    assert len(allowed) == (3 if group else 4)


def test_from_a_hundred_on_nobody_counts(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, asker: Person, helper: Person
) -> None:
    for _number in range(98):
        answer(topic, asker)
    client = client_of(in_niedersachsen, settle(helper))
    assert '<span class="number">99</span>' in client.get("/forum/").text
    answer(topic, asker)
    assert '<span class="number">99+</span>' in client.get("/forum/").text
    assert "99+ neu" in client.get("/forum/").text
    assert "Für Sie sind 99+ Beiträge neu." in client.get("/").text
    assert "100 neu" in client.get("/forum/ag1/").text  # exact in the list of topics


def test_imported_posts_are_nobodys_news(topic: Topic, helper: Person, asker: Person) -> None:
    answer(topic, asker, announce=False)
    assert unread_count(visitor_of(helper)) == 1


def test_all_read_leaves_nothing_new(topic: Topic, helper: Person, asker: Person) -> None:
    answer(topic, asker, "Noch etwas")
    second = make_topic(asker)
    visitor = visitor_of(helper)
    rows = home_topics(visitor).news
    assert [(row.topic, row.unread) for row in rows] == [(second, 1), (topic, 2)]
    assert [row.topic for row in home_topics(visitor, 1).news] == [second]
    assert mark_all_read(visitor=visitor_of(helper)) == 2
    assert unread_count(visitor_of(helper)) == 0
    assert home_topics(visitor_of(helper)).news == []
    assert unread_count(visitor_of(asker)) == 0
    assert mark_all_read(visitor=visitor_of(helper)) == 0


def test_header_counts_in_one_query(topic: Topic, helper: Person, django_assert_num_queries: Any) -> None:
    visitor = visitor_of(helper)
    with django_assert_num_queries(1):
        assert unread_count(visitor) == 1


def titles(client: Client, query: str = "") -> list[str]:
    return [row.topic.title for row in client.get(f"/forum/ag1/{query}").context["page"].rows]


def test_topics_are_filtered_and_sorted(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person, helper: Person
) -> None:
    client = client_of(in_niedersachsen, helper)
    tag = NetworkTag.objects.create(name="Jobcenter", slug="jobcenter")
    solved = make_topic(asker, space=space, title="Gelöst", is_question=True, tags=[tag])
    mark_answer(topic=solved, post=answer(solved, helper), visitor=visitor_of(asker))
    open_question = make_topic(asker, space=space, title="Offen", is_question=True)
    mark_read(visitor=visitor_of(helper), topic=open_question, numbers=(range(1, 2),))
    make_topic(asker, space=space, title="Mitteilung", announce=False)
    assert titles(client) == ["Gelöst", "Mitteilung", "Offen"]  # the first has unread posts
    assert titles(client, "?sortieren=letzter-beitrag") == ["Mitteilung", "Offen", "Gelöst"]
    assert titles(client, "?zeigen=unbeantwortet") == ["Offen"]
    assert titles(client, "?zeigen=von-mir") == ["Gelöst"]
    assert titles(client, "?thema=jobcenter") == ["Gelöst"]
    assert titles(client, "?zeigen=unsinn&sortieren=unsinn&thema=unsinn&ab=unsinn") == [
        "Gelöst",
        "Mitteilung",
        "Offen",
    ]
    everything = titles(client, "")
    for nothing in ("", "%20", "unsinn"):
        assert titles(client, f"?thema={nothing}") == everything


def test_long_lists_have_pages(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    for number in range(27):
        make_topic(asker, space=space, title=f"Thema {number}")
    client = client_of(in_niedersachsen, asker)
    page = client.get("/forum/ag1/")
    assert ("Weitere Themen" in page.text, "Zum Anfang der Liste" in page.text) == (True, False)
    rest = client.get(f"/forum/ag1/?ab={page.context['page'].next}")
    assert ("Weitere Themen" in rest.text, "Zum Anfang der Liste" in rest.text) == (False, True)
    shown = [row.topic.title for each in (page, rest) for row in each.context["page"].rows]
    assert shown == [f"Thema {number}" for number in reversed(range(27))]


def test_pages_show_each_topic_once_news_first(space: Space, asker: Person, helper: Person) -> None:
    for number in range(60):
        make_topic(asker, space=space, title=f"Thema {number}", announce=number % 2 == 0)
    visitor, after, shown = visitor_of(helper), None, []
    for _page in range(3):
        page = topic_page(space, visitor, Choice(), after=after)
        shown += [int(row.topic.title.split()[1]) for row in page.rows]
        after = place_from(str(page.next))
    assert page.next is None
    assert shown == [*range(58, -1, -2), *range(59, 0, -2)]


@pytest.mark.parametrize(
    "text", ["", "neu", "neu--", "neu-1-", "neu-x-1", "anders-1-1", f"neu-{10**17}-1", "neu-1-1-1"]
)
def test_place_that_no_list_has_is_the_beginning(text: str) -> None:
    assert place_from(text) is None


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_spaces_takes_the_same_queries(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, asker: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        group = make_group(f"Gruppe {number}", asker)
        answer(make_topic(make_person(), space=space_of(group), announce=False), asker, announce=False)
    client = client_of(in_niedersachsen, asker)
    client.get("/forum/")
    with django_assert_num_queries(INDEX_QUERIES):
        assert len(client.get("/forum/").context["rows"]) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_topics_takes_the_same_queries(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    asker: Person,
    space: Space,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    tag = NetworkTag.objects.create(name="Jobcenter", slug="jobcenter")
    for _number in range(count):
        make_topic(make_person(), space=space, tags=[tag], answers=2, announce=False)
    client = client_of(in_niedersachsen, asker)
    client.get("/forum/ag1/")
    with django_assert_num_queries(SPACE_QUERIES):
        assert len(titles(client)) == count


def test_home_shows_what_is_new(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person
) -> None:
    client = client_of(in_niedersachsen, helper)
    page = client.get("/").text
    assert topic.get_absolute_url() in page
    assert "1 neu" in page
    response = client.post("/forum/-/gelesen/", {"zurueck": "start"})
    assert response["Location"] == "/"
    assert "Sie haben alles gelesen" in client.get("/").text
    assert "Neu in Ihren Gruppen" not in client_of(in_niedersachsen).get("/").text


def test_page_of_the_group_shows_its_latest_topics_to_readers_alone(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person, stranger: Person
) -> None:
    group = topic.space.workgroup
    assert group is not None
    page = client_of(in_niedersachsen, helper).get(group.get_absolute_url()).text
    assert "Zuletzt im Forum" in page
    assert topic.get_absolute_url() in page
    for person in (stranger, None):
        page = client_of(in_niedersachsen, person).get(group.get_absolute_url()).text
        assert "Zuletzt im Forum" not in page
        assert topic.title not in page


def test_page_of_a_silent_group_leads_to_its_first_topic(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, asker: Person
) -> None:
    make_group("Stille", asker, slug="stille")
    page = client_of(in_niedersachsen, asker).get("/ag/stille/").text
    assert '<a href="/forum/stille/neu/">Das erste Thema beginnen</a>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_group_page_do_not_grow_with_its_topics(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    space: Space,
    asker: Person,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _number in range(count):
        make_topic(make_person(), space=space, announce=False)
    client = client_of(in_niedersachsen, asker)
    client.get("/ag/ag1/")
    with django_assert_num_queries(GROUP_QUERIES):
        client.get("/ag/ag1/")


def test_empty_space_says_what_to_do(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    page = client_of(in_niedersachsen, asker).get("/forum/ag1/").text
    assert "Stellen Sie die erste Frage" in page
    assert 'href="/forum/ag1/neu/"' in page


def test_new_topic_is_published(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    client = client_of(in_niedersachsen, asker)
    tag = NetworkTag.objects.create(name="Jobcenter", slug="jobcenter")
    data = {"title": "  Wer hat  Erfahrung?", "text": "Mit Übergängen", "is_question": "ja", "tags": "jobcenter, "}
    preview = client.post("/forum/ag1/neu/", {**data, "vorschau": "1"})
    assert (preview.status_code, Topic.objects.count()) == (200, 0)
    response = client.post("/forum/ag1/neu/", data)
    topic = Topic.objects.get()
    assert response["Location"] == f"/forum/ag1/{topic.pk}-wer-hat-erfahrung/"
    assert (topic.title, topic.is_question, list(topic.tags.all())) == ("Wer hat Erfahrung?", True, [tag])
    assert client.post("/forum/ag1/neu/", data)["Location"].endswith("-wer-hat-erfahrung-2/")


def test_unknown_tag_is_refused_beside_its_field_and_everything_stays(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    NetworkTag.objects.create(name="Jobcenter", slug="jobcenter")
    data = {"title": "Wer hat Erfahrung?", "text": "Mit Übergängen", "is_question": "nein", "tags": "Jobcentre, X-Wort"}
    response = client_of(in_niedersachsen, asker).post("/forum/ag1/neu/", data)
    assert response.status_code == 422
    assert Topic.objects.count() == 0
    assert response.context["form"].errors == {
        "tags": [
            "„Jobcentre“ steht nicht in der Liste. Meinten Sie „Jobcenter“?",
            "„X-Wort“ steht nicht in der Liste. Bitte wählen Sie ein Wort der Liste, oder lassen Sie es weg.",
        ]
    }
    for kept in ('value="Wer hat Erfahrung?"', "Mit Übergängen</textarea>", 'value="Jobcentre, X-Wort"'):
        assert kept in response.text


def test_new_topic_keeps_what_was_typed(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    client = client_of(in_niedersachsen, asker)
    response = client.post("/forum/ag1/neu/", {"title": "t" * 161, "text": "x" * 200_000, "is_question": "nein"})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "title": ["Der Titel hat 161 Zeichen, höchstens 160 passen. Bitte kürzen Sie ihn."],
        "text": ["Ihr Text hat 200.000 Zeichen, ein Beitrag fasst höchstens 20.000. Bitte kürzen oder teilen Sie ihn."],
    }
    assert "x" * 200_000 in response.text
    assert "t" * 161 in response.text


def test_other_networks_spaces_are_not_listed(
    in_niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf, asker: Person
) -> None:
    with bind(bayern):
        topic = make_topic(title="BSEC")
        make_group("BSEC-Gruppe", slug="bsec")
    client = client_of(in_niedersachsen, asker)
    assert "BSEC" not in client.get("/forum/").text
    assert client.get("/forum/bsec/").status_code == 404
    assert client.get(f"/forum/netzweit/{topic.pk}-{topic.slug}/").status_code == 404


def test_whoever_never_had_news_is_not_told_to_have_read_everything(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, stranger: Person
) -> None:
    page = client_of(in_niedersachsen, settle(stranger)).get("/").text
    assert "Noch keine neuen Beiträge" in page
    assert "Sie haben alles gelesen" not in page
    assert "auf dem neuesten Stand" not in page


def test_newcomer_is_shown_how_to_begin_until_they_have_read(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person, asker: Person
) -> None:
    GroupMembership.objects.filter(person=asker).update(office="speaker")
    client = client_of(in_niedersachsen, helper)
    page = client.get("/").text
    assert "Willkommen in AG 1" in page
    assert page.count("<li><h3>") == 3
    assert topic.get_absolute_url() in page.partition("Darüber wird gerade gesprochen")[2]
    assert "Anna Verden" in page.partition("Wen Sie in AG 1 fragen können")[2]
    assert "Neu in Ihren Gruppen" not in page
    mark_read(visitor=visitor_of(helper), topic=topic, numbers=(range(1, 2),))
    page = client.get("/").text
    assert "Willkommen" not in page
    assert "Sie haben alles gelesen" in page


def test_newcomer_without_a_group_is_led_to_one(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, stranger: Person
) -> None:
    page = client_of(in_niedersachsen, stranger).get("/").text
    assert "<h3>Gruppe wählen</h3>" in page
    assert page.count("<li><h3>") == 3


def test_home_and_forum_name_questions_of_others_that_nobody_has_answered(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, asker: Person, helper: Person
) -> None:
    for person, is_asked in ((asker, False), (helper, True)):
        client = client_of(in_niedersachsen, settle(person))
        assert (topic.title in client.get("/").text.partition("Offen für Sie")[2]) is is_asked
        assert (topic.title in client.get("/forum/").text.partition("Wer weiß das?")[2]) is is_asked
    answer(topic, helper)
    assert "Frage ohne Antwort" not in client_of(in_niedersachsen, helper).get("/").text


def test_home_counts_what_is_new_in_each_group(topic: Topic, helper: Person, asker: Person) -> None:
    answer(topic, asker)
    visitor = visitor_of(helper)
    assert [(tile.line.group, tile.unread) for tile in group_tiles(my_groups(visitor), visitor)] == [
        (topic.space.workgroup, 2)
    ]


def test_row_shows_three_tags_and_the_number_of_the_others(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    tags = [NetworkTag.objects.create(name=f"Wort {letter}", slug=f"wort-{letter}") for letter in "abcde"]
    make_topic(asker, space=space, tags=tags)
    make_topic(asker, space=space, tags=tags[4:])
    response = client_of(in_niedersachsen, asker).get("/forum/ag1/")
    row = response.text.partition('<ul class="rows')[2].partition("</ul>")[0]
    assert "+2<span" in row
    assert [(tag.name, number) for tag, number in response.context["page"].tags][:2] == [("Wort e", 2), ("Wort a", 1)]
    narrowed = client_of(in_niedersachsen, asker).get("/forum/ag1/?thema=wort-e").context["page"].tags
    assert [tag.name for tag, _number in narrowed] == ["Wort a", "Wort b", "Wort c", "Wort d"]
