"""Polls: who may ask, vote, end and see what, and that each vote counts once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dkbm.accounts.models import Person, Profile
from dkbm.municipalities.models import Municipality
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.polls import PollData, close_due_polls, close_poll, start_poll, vote
from forum.domain.queries.polls import polls_of, sheet_of, vote_lines
from forum.domain.topics import close_topic, delete_topic
from forum.errors import ForumRefusal
from forum.models import Poll, PollVote, Space, Topic
from forum.parts import act
from forum.rules import may_export_poll, may_see_votes
from forum.text import checked_options
from tests.factories.forum import make_topic
from tests.factories.groups import join_group
from tests.factories.people import function_named, make_person
from tests.forum.live_scene import ClientOf
from tests.forum.reader import Reader
from tests.forum.threads import at_once
from tests.municipalities.register import add_municipalities

TOGETHER = ("Oldenburg", "Hannover", "Verden")


def ask(topic: Topic, person: Person, **fields: Any) -> Poll:
    fields = {"question": "Wo treffen wir uns?", "options": TOGETHER, **fields}
    return start_poll(topic=topic, visitor=visitor_of(person), data=PollData(**fields))


def choose(poll: Poll, person: Person, *choices: int) -> tuple[list[int], int]:
    poll = vote(poll=poll, visitor=visitor_of(person), choices=choices)
    assert_recount(poll)
    return poll.counts, poll.voters


def assert_recount(poll: Poll) -> None:
    votes = [each for each in PollVote.objects.filter(poll=poll).values_list("choices", flat=True) if each]
    assert poll.counts == [sum(number in each for each in votes) for number in range(len(poll.options))]
    assert poll.voters == len(votes)


def refusal(call: Callable[..., Any], *args: Any, **fields: Any) -> str:
    with pytest.raises(ForumRefusal) as refused:
        call(*args, **fields)
    return str(refused.value.reason)


@pytest.mark.parametrize(
    ("options", "kind", "reason"),
    [
        (["Ja"], "single", "Zur Wahl stehen 2 bis 20 Antworten, hier sind es 1."),
        ([f"Antwort {number}" for number in range(100)], "multiple", "hier sind es 100."),
        (["Ja", " ", "ja"], "single", "„ja“ steht zweimal da."),
        (["Ja", "x" * 300], "single", "ist zu lang: Eine Antwort hat höchstens 200 Zeichen."),
        (["3.12.2026", "morgen"], "dates", "„morgen“ ist kein Termin."),
        (["31.2.2026", "1.3.2026"], "dates", "„31.2.2026“ ist kein Termin."),
        (["3.12.2026", "03.12.26"], "dates", "„Do, 3. Dezember 2026“ steht zweimal da."),
    ],
)
def test_options_that_are_no_choice_are_refused(options: list[str], kind: str, reason: str) -> None:
    assert reason in refusal(checked_options, options, kind)


def test_dates_are_written_in_full_and_in_order() -> None:
    typed = ["Mo, 7.12.2026, 9:30-11 Uhr", "3.12.26 um 14 Uhr", "3. 12. 2026"]
    assert checked_options(typed, "dates") == [
        "Do, 3. Dezember 2026",
        "Do, 3. Dezember 2026, 14:00 Uhr",
        "Mo, 7. Dezember 2026, 09:30–11:00 Uhr",
    ]


def test_end_in_the_past_is_refused(topic: Topic, asker: Person) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert refusal(ask, topic, asker, last_day=yesterday) == "Dieser Tag ist schon vorbei."


def test_who_may_begin_one(topic: Topic, space: Space, asker: Person, helper: Person, manager: Person) -> None:
    speaker = make_person("Sprecht Gern")
    join_group(space.workgroup, speaker, office="speaker")  # type: ignore[arg-type]
    assert "Eine Umfrage beginnt hier" in refusal(ask, topic, helper)
    for number, person in enumerate((asker, speaker, manager)):
        assert ask(topic, person, question=f"Frage {number}?").author_id == person.pk


def test_form_sent_twice_begins_one(topic: Topic, asker: Person) -> None:
    assert ask(topic, asker).pk == ask(topic, asker).pk


def test_ten_are_enough_for_a_topic(topic: Topic, asker: Person) -> None:
    for number in range(10):
        ask(topic, asker, question=f"Frage {number}?")
    assert refusal(ask, topic, asker, question="Noch eine?") == "Ein Thema fasst höchstens 10 Umfragen."


def test_vote_counts_once_and_can_be_changed_and_taken_back(topic: Topic, asker: Person, helper: Person) -> None:
    poll = ask(topic, asker)
    assert choose(poll, helper, 0) == ([1, 0, 0], 1)
    assert choose(poll, helper, 0) == ([1, 0, 0], 1)
    assert choose(poll, asker, 2) == ([1, 0, 1], 2)
    assert choose(poll, helper, 2) == ([0, 0, 2], 2)
    assert choose(poll, helper) == ([0, 0, 1], 1)
    assert choose(poll, helper, 1) == ([0, 1, 1], 2)


def test_what_may_be_chosen(topic: Topic, asker: Person, helper: Person, stranger: Person) -> None:
    poll, several = ask(topic, asker), ask(topic, asker, question="Was passt?", kind="multiple")
    assert choose(several, helper, 2, 0, 2) == ([1, 0, 1], 1)
    assert refusal(choose, poll, helper, 0, 1) == "Bitte wählen Sie nur eine Antwort."
    assert refusal(choose, poll, helper, 3) == "Diese Antwort steht nicht zur Wahl."
    assert "Das sehen nur die Mitglieder" in refusal(choose, poll, stranger, 0)


@pytest.mark.parametrize("wahl", ["x", "-1", "²", "999", ["0"] * 21, {"a": 1}])
def test_nonsense_is_refused(topic: Topic, asker: Person, wahl: Any) -> None:
    poll = ask(topic, asker)
    topic.refresh_from_db()
    values = {"umfrage": str(poll.pk), "wahl": wahl}
    refusal(act, topic=topic, visitor=visitor_of(asker), do="poll.vote", values=values)
    assert not PollVote.objects.exists()


def at(municipality: Municipality, *people: Person) -> None:
    for person in people:
        Profile.objects.create(person=person, function=function_named(), municipality=municipality)


def test_municipality_has_one_vote(topic: Topic, asker: Person, helper: Person, manager: Person) -> None:
    add_municipalities(["03999"], "niedersachsen")
    at(Municipality.objects.get(slug="kreis-03999"), asker, helper)
    poll = ask(topic, asker, by_municipality=True)
    assert choose(poll, asker, 0) == ([1, 0, 0], 1)
    assert choose(poll, helper, 1) == ([0, 1, 0], 1)
    assert [(line.municipality, line.card.name if line.card else "") for line in vote_lines(poll)] == [
        ("Kreis 03999", "Bernd Oldenburg")
    ]
    assert "in Ihrem Profil steht keine" in refusal(choose, poll, manager, 0)


def test_secret_vote_is_shown_to_nobody_who_names_the_same_municipality(
    topic: Topic, asker: Person, helper: Person
) -> None:
    add_municipalities(["03997"], "niedersachsen")
    at(Municipality.objects.get(slug="kreis-03997"), asker, helper)
    poll = ask(topic, asker, by_municipality=True, has_secret_votes=True)

    def own(person: Person) -> tuple[int, list[int]]:
        (shown,) = polls_of(Topic.objects.select_related("space__workgroup").get(pk=topic.pk), visitor_of(person))
        return shown.own.key, shown.own.chosen

    choose(poll, asker, 1)
    assert (own(asker)[1], own(helper)[1]) == ([1], [])
    assert own(asker)[0] != own(helper)[0]  # nor can they tell whose part of the page has changed
    assert choose(poll, helper, 1) == ([0, 1, 0], 1)
    assert (own(asker)[1], own(helper)[1]) == ([], [1])


def test_whoever_changes_municipality_has_no_second_vote(topic: Topic, helper: Person, asker: Person) -> None:
    add_municipalities(["03995", "03996"], "niedersachsen")
    first, second = Municipality.objects.filter(slug__in=["kreis-03995", "kreis-03996"]).order_by("slug")
    at(first, helper)
    poll = ask(topic, asker, by_municipality=True)
    choose(poll, helper, 0)
    Profile.objects.filter(person=helper).update(municipality=second)
    assert "schon für Kreis 03995 abgestimmt" in refusal(choose, poll, helper, 0)
    Profile.objects.filter(person=helper).update(municipality=first)
    choose(poll, helper)
    Profile.objects.filter(person=helper).update(municipality=second)
    assert choose(poll, helper, 2) == ([0, 0, 1], 1)


def test_two_colleagues_at_once_have_one_vote(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        if not Municipality.objects.filter(slug="kreis-03998").exists():  # common to all networks, and committed
            add_municipalities(["03998"], committed_network.slug)
        people = [make_person(f"Person {number}") for number in range(4)]
        at(Municipality.objects.get(slug="kreis-03998"), *people)
        poll = ask(make_topic(people[0]), people[0], by_municipality=True)

    def voting(number: int) -> Callable[[], Poll]:
        return lambda: vote(poll=poll, visitor=visitor_of(people[number % 4]), choices=[number % 3])

    at_once(committed_network, [voting(number) for number in range(8)])
    with bind(committed_network):
        poll.refresh_from_db()
        assert (poll.votes.count(), poll.voters, sum(poll.counts)) == (1, 1, 1)
        assert_recount(poll)


def test_nobody_votes_when_it_is_over(topic: Topic, asker: Person, helper: Person) -> None:
    poll = ask(topic, asker, last_day=timezone.localdate())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2), tick=False):
        assert refusal(choose, poll, helper, 0) == "Diese Umfrage ist beendet."
    close_topic(topic=topic, visitor=visitor_of(asker))
    assert "abgeschlossen" in refusal(choose, poll, helper, 0)
    assert "abgeschlossen" in refusal(ask, topic, asker, question="Noch eine?")


def test_sweep_ends_what_is_due_and_tells_once(topic: Topic, asker: Person, helper: Person) -> None:
    today = timezone.localdate()
    poll = ask(topic, asker, last_day=today)
    later = ask(topic, asker, question="Später?", last_day=today + datetime.timedelta(days=30))
    choose(poll, helper, 0)
    assert close_due_polls() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, minutes=1), tick=False):
        assert (close_due_polls(), close_due_polls()) == (1, 0)
    assert [bool(each.closed) for each in (Poll.objects.get(pk=poll.pk), Poll.objects.get(pk=later.pk))] == [
        True,
        False,
    ]
    told = Notification.objects.filter(kind="forum.poll_ended")
    assert {row.person_id for row in told} == {asker.pk, helper.pk}
    assert told[0].path == f"{topic.get_absolute_url()}#umfrage-{poll.pk}"


def test_who_may_end_it(topic: Topic, asker: Person, helper: Person, manager: Person) -> None:
    poll = ask(topic, asker)
    assert "Beenden kann eine Umfrage nur" in refusal(close_poll, poll=poll, visitor=visitor_of(helper))
    first = close_poll(poll=poll, visitor=visitor_of(manager)).closed
    assert close_poll(poll=poll, visitor=visitor_of(asker)).closed == first
    assert not Mail.objects.filter(kind="forum.poll_ended").exists()  # gathered for the digest


def test_secret_votes_are_nobodys_in_the_end(topic: Topic, asker: Person, helper: Person) -> None:
    poll = ask(topic, asker, has_secret_votes=True)
    choose(poll, helper, 1)
    assert not may_see_votes(visitor_of(asker), poll)
    assert ["Bernd Oldenburg" in line for line in sheet_of(poll)] == [False] * 6
    close_poll(poll=poll, visitor=visitor_of(asker))
    poll.refresh_from_db()
    assert (PollVote.objects.count(), poll.counts, poll.voters) == (0, [0, 1, 0], 1)


def test_hidden_result_is_shown_to_nobody_before_the_end(
    page: Any, topic: Topic, asker: Person, helper: Person
) -> None:
    poll = ask(topic, asker, is_hidden=True)
    choose(poll, asker, 1)
    html = page().text
    assert ("1 Person hat abgestimmt." in html, "poll-result" in html) == (True, False)
    assert not may_export_poll(visitor_of(asker), poll)
    close_poll(poll=poll, visitor=visitor_of(asker))
    assert "poll-result" in page().text


def test_file_is_safe_and_names_who_voted(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, asker: Person, helper: Person
) -> None:
    poll = ask(topic, asker, options=["=cmd|' /C calc'!A0", "Nein"])
    choose(poll, helper, 0)
    address = f"{topic.get_absolute_url()}umfrage/{poll.pk}/ergebnis.csv"
    lines = client_of(in_niedersachsen, asker).get(address).content.decode("utf-8-sig").splitlines()
    assert lines[2] == "'=cmd|' /C calc'!A0;1"
    assert lines[-1] == "Bernd Oldenburg;;1;"
    assert client_of(in_niedersachsen, helper).get(address)["Location"] == topic.get_absolute_url()


def test_deleted_topic_takes_its_polls_along(topic: Topic, asker: Person) -> None:
    poll = ask(topic, asker)
    delete_topic(topic=topic, visitor=visitor_of(asker))
    assert not Poll.objects.exists()
    assert refusal(choose, poll, asker, 0) == "Dieses Thema wurde gelöscht."  # who had the page open


@pytest.fixture
def page(in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, helper: Person) -> Any:
    client: Client = client_of(in_niedersachsen, helper)
    return lambda path="", **sent: (client.post if sent else client.get)(f"{topic.get_absolute_url()}{path}", sent)


def test_page_votes_without_javascript(page: Any, topic: Topic, asker: Person) -> None:
    poll = ask(topic, asker)
    sent = page("aktion/", do="poll.vote", umfrage=poll.pk, wahl="1")
    assert sent["Location"] == f"{topic.get_absolute_url()}#umfrage-{poll.pk}"
    html = page().text
    assert "Sie haben abgestimmt." in html
    assert f'id="wahl-{poll.pk}-1" checked' in html
    assert "(100 %)" in html
    assert "Bernd Oldenburg" in page(f"umfrage/{poll.pk}/").text
    page("aktion/", do="poll.vote", umfrage=poll.pk, zurueck="1")
    assert "0 Personen haben abgestimmt." in page().text


def test_form_says_what_is_wrong_beside_the_field(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, topic: Topic, asker: Person
) -> None:
    client, address = client_of(in_niedersachsen, asker), f"{topic.get_absolute_url()}umfrage/"
    sent = {"question": "Wo?", "kind": "single", "options": "Hier\nhier"}
    wrong = client.post(address, sent)
    assert (wrong.status_code, wrong.context["form"].errors["options"]) == (422, ["„hier“ steht zweimal da."])
    right = client.post(address, {**sent, "options": "Hier\r\n\r\nDort"})
    assert right["Location"].startswith(f"{topic.get_absolute_url()}#umfrage-")
    assert Poll.objects.get().options == ["Hier", "Dort"]


def test_topic_and_poll_are_begun_in_one_go(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space, asker: Person
) -> None:
    client = client_of(in_niedersachsen, asker)
    sent = {"title": "Treffen", "is_question": "nein", "text": "Wann?", "umfrage": "1"}
    assert client.post(f"/forum/{space.slug}/neu/", sent)["Location"].endswith("-treffen/umfrage/")


@pytest.mark.parametrize("polls", [1, 3])
def test_polls_cost_the_page_one_query(
    page: Any, topic: Topic, asker: Person, polls: int, helper: Person, django_assert_num_queries: Any
) -> None:
    for number in range(polls):
        choose(ask(topic, asker, question=f"Frage {number}?"), helper, 0)
    page()
    with django_assert_num_queries(12):
        page()


def test_open_pages_get_the_result_and_their_own_choice(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    topic: Topic,
    asker: Person,
    helper: Person,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    poll = ask(topic, asker)
    voters, others = (Reader(client_of(in_niedersachsen, person), topic) for person in (helper, asker))
    with django_capture_on_commit_callbacks(execute=True):
        choose(poll, helper, 2)
    (message,) = sent
    assert sorted("html" in part for part in message["parts"]) == [False, True]
    fetched = [voters.fetch, others.fetch]
    others.fetch = lambda: pytest.fail("Nothing of theirs has changed.")  # type: ignore[method-assign]
    for page in (voters, others):
        page.hear(message)
    others.fetch = fetched[1]  # type: ignore[method-assign]
    for page, person in ((voters, helper), (others, asker)):
        assert page.parts == Reader(client_of(in_niedersachsen, person), topic).parts
