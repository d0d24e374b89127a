"""What readers hear: old state + events = fresh state, and who may listen."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.live.consumers import CLOSE_NO_MEMBER
from dkbm.live.groups import group
from dkbm.live.hub import hub
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.sockets import CLOSE_FOREIGN_ORIGIN
from dkbm.tenancy.visitor import visitor_of
from forum import live
from forum.domain.posts import delete_post, edit_post
from forum.domain.topics import close_topic, delete_topic, mark_answer
from forum.live import TOPIC
from forum.models import Topic
from tests.database import take_network
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.forum.live_scene import NOTHING, ClientOf, Scene, play
from tests.forum.reader import Reader
from tests.live.communicator import Socket
from tests.redis_process import RedisProcess
from workgroups.domain.members import leave_group


def everything_happens(topic: Topic, asker: Person, helper: Person, capture: Any) -> None:
    with capture(execute=True):
        first = answer(topic, helper, "Erste Antwort")
    with capture(execute=True):
        second = answer(topic, helper, "Zweite **Antwort**")
    with capture(execute=True):
        edit_post(post=first, visitor=visitor_of(helper), text="Erste Antwort, ergänzt")
    with capture(execute=True):
        mark_answer(topic=topic, post=second, visitor=visitor_of(asker))
    with capture(execute=True):
        mark_answer(topic=topic, post=first, visitor=visitor_of(asker))
    with capture(execute=True):
        delete_post(post=second, visitor=visitor_of(helper))
    with capture(execute=True):
        answer(topic, asker, "Danke")
    with capture(execute=True):
        close_topic(topic=topic, visitor=visitor_of(asker))


def test_old_state_and_events_make_the_fresh_state(
    topic: Topic,
    asker: Person,
    helper: Person,
    reader: Client,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = Reader(reader, topic)
    everything_happens(topic, asker, helper, django_capture_on_commit_callbacks)
    assert [message["revision"] for message in sent] == list(range(2, 10))
    for message in sent:
        page.hear(message)
    fresh = Reader(reader, topic)
    assert (page.revision, page.parts) == (9, fresh.parts)
    assert "Dieses Thema ist abgeschlossen." in page.parts[f"reply:{topic.pk}"]


def test_events_lost_doubled_and_in_disorder_make_the_fresh_state(
    topic: Topic,
    asker: Person,
    helper: Person,
    reader: Client,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    pages = [Reader(reader, topic) for _number in range(4)]
    everything_happens(topic, asker, helper, django_capture_on_commit_callbacks)
    orders = [sent[::-1], sent[::2], sent[1:] + sent[:3], [*sent[3:5], *sent, *sent]]
    for page, messages in zip(pages, orders, strict=True):
        for message in messages:
            page.hear(message)
        page.fetch()  # what a new connection asks for
        assert page.parts == Reader(reader, topic).parts


def test_any_order_of_three_events_needs_no_reload(
    topic: Topic, helper: Person, reader: Client, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    pages = {order: Reader(reader, topic) for order in permutations(range(3))}
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            answer(topic, helper, f"Antwort {number}")
    fresh = Reader(reader, topic).parts
    for order, page in pages.items():
        for number in order:
            page.hear(sent[number])
        assert page.parts == fresh


def test_change_is_rendered_once_for_all_readers(
    topic: Topic,
    helper: Person,
    sent: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    rendered = []
    render = live.render
    monkeypatch.setattr(live, "render", lambda part, row: rendered.append(part.kind) or render(part, row))
    with django_capture_on_commit_callbacks(execute=True):
        post = answer(topic, helper)
    assert rendered == ["post", "state"]
    (message,) = sent
    names = [f"post:{post.pk}", f"state:{topic.pk}", f"manage:{topic.pk}"]
    assert [part["part"] for part in message["parts"]] == names
    assert ["html" in part for part in message["parts"]] == [True, True, False]
    for own in ("Bearbeiten", "Löschen", "data-own", "csrf"):
        assert own not in json.dumps(sent)


def test_change_of_two_posts_is_one_message(
    topic: Topic, asker: Person, helper: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    first, second = answer(topic, helper), answer(topic, helper, "Noch etwas")
    mark_answer(topic=topic, post=first, visitor=visitor_of(asker))
    with django_capture_on_commit_callbacks(execute=True):
        mark_answer(topic=topic, post=second, visitor=visitor_of(asker))
    (message,) = sent
    assert message["revision"] == 5
    assert [(part["part"], "Hat geholfen" in part.get("html", "")) for part in message["parts"]] == [
        (f"post:{first.pk}", False),
        (f"post:{second.pk}", True),
        (f"state:{topic.pk}", False),
        (f"manage:{topic.pk}", False),
    ]


def test_nothing_leaves_without_commit_or_with_an_import(
    topic: Topic, helper: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        answer(topic, helper)
    assert sent == []
    with django_capture_on_commit_callbacks(execute=True):
        answer(topic, helper, announce=False)
    assert sent == []


def test_nothing_leaves_of_a_topic_that_begins(
    asker: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        topic = make_topic(asker)
    assert (sent, topic.revision) == ([], 1)


def test_closing_is_told_to_each_reader_in_their_own_way(
    topic: Topic, asker: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        close_topic(topic=topic, visitor=visitor_of(asker))
    (message,) = sent
    assert (message["type"], message["revision"]) == ("parts", 2)
    assert {part["part"]: "html" in part for part in message["parts"]} == {
        f"state:{topic.pk}": True,
        f"reply:{topic.pk}": False,
        f"manage:{topic.pk}": False,
    }
    assert "abgeschlossen" in message["parts"][0]["html"]


def test_deleting_is_told(
    topic: Topic, asker: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete_topic(topic=topic, visitor=visitor_of(asker))
    assert sent == [{"type": "gone"}]


@pytest.fixture
def elsewhere(committed_network: BoundNetwork) -> BoundNetwork:
    """A second network whose rows are committed too."""
    return take_network()


@pytest.fixture
def scene(committed_network: BoundNetwork, client_of: ClientOf, redis_server: RedisProcess) -> Any:
    yield Scene(committed_network, client_of)
    assert hub.readers == {}


def test_member_of_the_group_hears_a_post_once(scene: Scene) -> None:
    socket = scene.socket(scene.asker)

    async def run() -> None:
        assert await socket.connect() is None
        assert await socket.ask("subscribe", scene.name) == {"type": "subscribed", "channel": scene.name}
        number = await scene.answer("Erste Antwort")
        frame = await socket.hear()
        assert (frame["type"], frame["channel"]) == ("message", scene.name)
        assert (frame["detail"]["type"], frame["detail"]["revision"]) == ("parts", 2)
        assert frame["detail"]["parts"][0]["part"] == f"post:{number}"
        assert "Erste Antwort" in frame["detail"]["parts"][0]["html"]
        assert await socket.ask("subscribe", NOTHING) == {"type": "refused", "channel": NOTHING}
        await socket.disconnect()

    play(run)


def test_asker_marks_the_answer_over_the_socket(scene: Scene) -> None:
    asker, helper = scene.socket(scene.asker), scene.socket(scene.helper)

    def marked() -> int | None:
        with bind(scene.network):
            return Topic.objects.get(pk=scene.topic.pk).solved_post_id

    async def run() -> None:
        number = await scene.answer("Erste Antwort")
        for socket in (asker, helper):
            assert await socket.connect() is None
            await socket.ask("subscribe", scene.name)
        refusal = await helper.act(scene.name, "post.mark", beitrag=str(number))
        assert (
            refusal["text"]
            == "Als hilfreich markieren kann eine Antwort nur, wer gefragt hat, oder die Netzwerkleitung."
        )
        assert refusal["type"] == "refused"
        for wrong in ("999999999", str(scene.elsewhere)):
            refusal = await asker.act(scene.name, "post.mark", beitrag=wrong)
            assert refusal["text"] == "Diesen Beitrag gibt es in diesem Thema nicht."
        assert await sync_to_async(marked)() is None
        await asker.say(
            json.dumps(
                {"action": "act", "channel": scene.name, "do": "post.mark", "with": {"beitrag": str(number)}, "id": "m"}
            )
        )
        heard = sorted([await asker.hear(), await asker.hear()], key=lambda frame: frame["type"])
        assert heard[0] == {"type": "done", "id": "m", "text": "Die Antwort ist hervorgehoben."}
        assert heard[1] == await helper.hear()
        assert [part["part"] for part in heard[1]["detail"]["parts"]] == [
            f"post:{number}",
            f"state:{scene.topic.pk}",
            f"manage:{scene.topic.pk}",
        ]
        assert await sync_to_async(marked)() == number
        for socket in (asker, helper):
            await socket.disconnect()

    play(run)


def test_stranger_hears_nothing_whether_it_exists_or_not(scene: Scene) -> None:
    stranger, member = scene.socket(scene.stranger), scene.socket(scene.asker)

    async def run() -> None:
        assert await stranger.connect() is None
        assert await stranger.ask("subscribe", scene.name) == {"type": "refused", "channel": scene.name}
        await heard_by(member, scene)
        assert await stranger.ask("subscribe", NOTHING) == {"type": "refused", "channel": NOTHING}
        await stranger.disconnect()

    play(run)


def test_who_leaves_the_group_hears_nothing_more(scene: Scene) -> None:
    socket = scene.socket(scene.asker)

    def leave() -> None:
        with bind(scene.network):
            group = scene.topic.space.workgroup
            leave_group(workgroup=group, visitor=visitor_of(scene.asker))

    async def run() -> None:
        assert await socket.connect() is None
        await socket.ask("subscribe", scene.name)
        await sync_to_async(leave)()
        assert await socket.hear() == {"type": "refused", "channel": scene.name}
        await socket.disconnect()

    play(run)


async def heard_by(member: Socket, scene: Scene) -> None:
    """A post was written and has reached a member's socket, so it would have reached the others."""
    assert await member.connect() is None
    await member.ask("subscribe", scene.name)
    await scene.answer("Geheim")
    assert "Geheim" in (await member.hear())["detail"]["parts"][0]["html"]
    await member.disconnect()


@pytest.mark.parametrize("origin", ["http://bayern.localhost", "http://evil.example", "null", "https://localhost"])
def test_foreign_origin_is_refused(scene: Scene, origin: str) -> None:
    socket = scene.socket(scene.asker, origin=origin)

    async def run() -> None:
        assert await socket.connect() == CLOSE_FOREIGN_ORIGIN

    play(run)


def test_cookie_of_one_network_is_anonymous_on_the_other(
    scene: Scene, client_of: ClientOf, elsewhere: BoundNetwork
) -> None:
    with bind(elsewhere):
        manager = make_person("Leitung Anderswo", roles=("manager",))
    there = scene.socket(None, host=elsewhere.host, cookies=client_of(scene.network, scene.asker))
    here = scene.socket(None, cookies=client_of(elsewhere, manager))

    async def run() -> None:
        assert await there.connect() == CLOSE_NO_MEMBER
        assert await here.connect() == CLOSE_NO_MEMBER

    play(run)


def test_topic_of_the_other_network_is_refused(scene: Scene, client_of: ClientOf, elsewhere: BoundNetwork) -> None:
    with bind(elsewhere):
        manager = make_person("Leitung Anderswo", roles=("manager",))
    socket, member = (
        scene.socket(None, host=elsewhere.host, cookies=client_of(elsewhere, manager)),
        scene.socket(scene.asker),
    )

    async def run() -> None:
        assert await socket.connect() is None
        assert await socket.ask("subscribe", scene.name) == {"type": "refused", "channel": scene.name}
        await heard_by(member, scene)
        assert await socket.ask("subscribe", NOTHING) == {"type": "refused", "channel": NOTHING}
        await socket.disconnect()

    play(run)


def test_posts_are_written_while_redis_is_away_and_fetched_after(scene: Scene, redis_server: RedisProcess) -> None:
    client = scene.client_of(scene.network, scene.asker)
    page = Reader(client, scene.topic)
    socket = scene.socket(None, cookies=client)

    async def run() -> None:
        assert await socket.connect() is None
        await socket.ask("subscribe", scene.name)
        redis_server.kill()
        assert (await socket.hear())["type"] == "paused"
        numbers = [await scene.answer(f"Unterdessen {number}") for number in range(3)]
        redis_server.start()
        assert (await socket.hear())["type"] == "fetch"
        await sync_to_async(page.fetch)()
        assert [name for name in page.parts if name.startswith("post:")][1:] == [f"post:{number}" for number in numbers]
        assert page.parts == (await sync_to_async(Reader)(client, scene.topic)).parts
        await socket.disconnect()

    play(run)


def test_group_name_carries_the_network(in_niedersachsen: BoundNetwork) -> None:
    assert group(TOPIC, 7) == f"topic.{in_niedersachsen.id}.7"
