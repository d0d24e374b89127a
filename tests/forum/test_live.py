"""What readers hear: old state + events = fresh state, and who may listen."""

from __future__ import annotations

import json
import re
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
from forum.domain.topics import close_topic, mark_answer
from forum.live import TOPIC
from forum.models import Topic
from tests.database import take_network
from tests.factories.forum import answer
from tests.factories.groups import join_group
from tests.factories.people import make_person
from tests.forum.live_scene import NOTHING, ClientOf, Scene, play
from tests.live.communicator import Socket
from tests.redis_process import RedisProcess
from workgroups.domain.members import leave_group

ARTICLE = re.compile(r'<article[^>]*data-post="(\d+)".*?</article>', re.DOTALL)


class Page:
    """What the browser shows and does, without a browser: the rules of ``forum-topic.js``."""

    def __init__(self, client: Client, topic: Topic) -> None:
        self.client, self.url = client, topic.get_absolute_url()
        self.posts: dict[int, str] = {}
        html = client.get(self.url).text
        self.revision = int(re.search(r'data-revision="(\d+)"', html)[1])  # type: ignore[index]
        self.take(html)

    def take(self, html: str) -> None:
        self.posts |= {int(found[1]): found[0] for found in ARTICLE.finditer(html)}

    def hear(self, message: dict[str, Any]) -> None:
        if message["type"] != "post" or message["revision"] <= self.revision:
            return
        if message["revision"] > self.revision + 1:
            self.fetch()
            return
        self.revision = message["revision"]
        self.take(message["html"])

    def fetch(self) -> None:
        part = self.client.get(f"{self.url}beitraege/", {"stand": self.revision}).text
        self.take(part)
        self.revision = max(self.revision, int(re.search(r'data-revision="(\d+)"', part)[1]))  # type: ignore[index]

    def shown(self) -> list[tuple[int, str]]:
        return sorted(self.posts.items())


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every message that left, as the browser gets it."""
    messages: list[dict[str, Any]] = []

    def keep(group: str, message: dict[str, Any]) -> None:
        messages.append(json.loads(json.dumps(message)))

    monkeypatch.setattr(live, "broadcast_on_commit", keep)
    return messages


@pytest.fixture
def reader(in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Any, manager: Person) -> Client:
    """Somebody without a post and without rights on others' posts."""
    person = make_person("Liest Nur")
    join_group(space.workgroup, person)
    return client_of(in_niedersachsen, person)


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


def test_old_state_and_events_make_the_fresh_state(
    topic: Topic,
    asker: Person,
    helper: Person,
    reader: Client,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = Page(reader, topic)
    everything_happens(topic, asker, helper, django_capture_on_commit_callbacks)
    assert [message["revision"] for message in sent] == [2, 3, 4, 5, 6, 7, 8, 9]
    for message in sent:
        page.hear(message)
    assert page.shown() == Page(reader, topic).shown()


def test_events_lost_doubled_and_in_disorder_make_the_fresh_state(
    topic: Topic,
    asker: Person,
    helper: Person,
    reader: Client,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    pages = [Page(reader, topic) for _number in range(4)]
    everything_happens(topic, asker, helper, django_capture_on_commit_callbacks)
    orders = [sent[::-1], sent[::2], sent[1:] + sent[:3], [*sent[3:5], *sent, *sent]]
    for page, messages in zip(pages, orders, strict=True):
        for message in messages:
            page.hear(message)
        page.fetch()  # what a new connection asks for
        assert page.shown() == Page(reader, topic).shown()


def test_any_order_of_three_events_needs_no_reload(
    topic: Topic, helper: Person, reader: Client, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    pages = {order: Page(reader, topic) for order in permutations(range(3))}
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            answer(topic, helper, f"Antwort {number}")
    fresh = Page(reader, topic).shown()
    for order, page in pages.items():
        for number in order:
            page.hear(sent[number])
        assert page.shown() == fresh


def test_post_is_rendered_once_for_all_readers(
    topic: Topic,
    helper: Person,
    sent: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    rendered = []
    render = live.render_post
    monkeypatch.setattr(live, "render_post", lambda row: rendered.append(row) or render(row))
    with django_capture_on_commit_callbacks(execute=True):
        post = answer(topic, helper)
    assert [row.post.pk for row in rendered] == [post.pk]
    assert [(message["id"], message["after"]) for message in sent] == [(post.pk, topic.posts.get(number=1).pk)]
    for own in ("Bearbeiten", "Löschen", "data-own", "csrf"):
        assert own not in sent[0]["html"]


def test_nothing_leaves_without_commit_or_with_an_import(
    topic: Topic, helper: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        answer(topic, helper)
    assert sent == []
    with django_capture_on_commit_callbacks(execute=True):
        answer(topic, helper, announce=False)
    assert sent == []


def test_closing_is_told(
    topic: Topic, asker: Person, sent: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        close_topic(topic=topic, visitor=visitor_of(asker))
    assert sent == [{"type": "topic", "text": "Dieses Thema wurde abgeschlossen."}]


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
        assert (frame["detail"]["type"], frame["detail"]["id"], frame["detail"]["revision"]) == ("post", number, 2)
        assert "Erste Antwort" in frame["detail"]["html"]
        assert await socket.ask("subscribe", NOTHING) == {"type": "refused", "channel": NOTHING}
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
    assert "Geheim" in (await member.hear())["detail"]["html"]
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
    page = Page(client, scene.topic)
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
        assert [number for number, _html in page.shown()][1:] == numbers
        assert page.shown() == (await sync_to_async(Page)(client, scene.topic)).shown()
        await socket.disconnect()

    play(run)


def test_group_name_carries_the_network(in_niedersachsen: BoundNetwork) -> None:
    assert group(TOPIC, 7) == f"topic.{in_niedersachsen.id}.7"
