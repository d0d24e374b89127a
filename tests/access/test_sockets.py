"""What a socket tells, asked as every role with the ids of another network; and what it changes: nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from dkbm.config.asgi import application
from dkbm.live.channels import registered_prefixes
from dkbm.live.consumers import CLOSE_BAD_MESSAGE, CLOSE_NO_MEMBER
from dkbm.live.hub import hub
from dkbm.tenancy.context import bind
from dkbm.tenancy.sockets import CLOSE_FOREIGN_ORIGIN
from forum.models import Topic
from tests.access.rows import changed, digests
from tests.access.walk import client_for
from tests.access.worlds import ROLES, World, Worlds
from tests.factories.forum import answer
from tests.live.communicator import Socket
from tests.redis_process import RedisProcess

GUESTS = ("guest", "waiting")
MEMBERS = tuple(role for role in ROLES if role not in GUESTS)
END = "topic:999999999"
"""Asked for last: what is answered next shows that nothing else came before."""


def socket_of(world: World, role: str, *, host: str = "", origin: str = "") -> Socket:
    host = host or world.network.host
    crumbs = "; ".join(f"{name}={morsel.value}" for name, morsel in client_for(world, role).cookies.items())
    headers = {"host": host, "origin": origin or f"http://{host}", "cookie": crumbs}
    return Socket(application, "/ws/", [(name.encode(), value.encode()) for name, value in headers.items()])


def wishes(world: World) -> list[str]:
    """Every way to name a channel of ``world``: by what pages send, and by the name of the group behind it."""
    numbers = world.keys["topic"]
    pages = [f"{prefix}:{number}" for prefix in registered_prefixes() for number in numbers]
    return [
        *pages,
        *(f"{prefix}.{world.network.id}.{number}" for prefix in registered_prefixes() for number in numbers),
    ]


async def post_in(world: World) -> None:
    """An answer in every topic of ``world``, sent to whoever listens."""

    def write() -> None:
        with bind(world.network):
            for topic in Topic.objects.select_related("space__workgroup").filter(pk__in=world.keys["topic"]):
                answer(topic, world.people["manager"], world.text("Antwort"))

    await sync_to_async(write)()


async def frames_for(socket: Socket, world: World) -> list[Any]:
    """Subscribes to all of ``world``, lets posts be written there, and returns all that was said."""
    for channel in wishes(world):
        await socket.say(json.dumps({"action": "subscribe", "channel": channel}))
    frames = [await socket.hear() for _channel in wishes(world)]
    await post_in(world)
    await socket.say(json.dumps({"action": "subscribe", "channel": END}))
    while (frame := await socket.hear()).get("channel") != END:
        frames.append(frame)
    return frames


def play(role: str, home: World, asked: World) -> list[Any]:
    socket = socket_of(home, role)

    async def run() -> list[Any]:
        assert await socket.connect() is None
        frames = await frames_for(socket, asked)
        await socket.disconnect()
        assert hub.readers == {}
        return frames

    return async_to_sync(run)()


def showing(frames: list[Any], world: World) -> int:
    return sum(world.marker in json.dumps(frame) for frame in frames)


@pytest.mark.parametrize("role", MEMBERS)
def test_frames_never_show_another_network(worlds: Worlds, redis_server: RedisProcess, role: str) -> None:
    frames = play(role, worlds.own, worlds.foreign)
    print(f"\nSocket as {role}: {len(frames)} frames of another network, {showing(frames, worlds.foreign)} shown")
    assert [frame["type"] for frame in frames] == ["refused"] * len(wishes(worlds.foreign))
    assert showing(frames, worlds.foreign) == 0


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_frames_show_the_own_network(worlds: Worlds, redis_server: RedisProcess, role: str) -> None:
    """Otherwise the test above could not fail; both are in the group that the topics belong to."""
    frames = play(role, worlds.own, worlds.own)
    heard = [frame["channel"] for frame in frames if frame["type"] == "message"]
    assert sorted(heard) == sorted(f"topic:{number}" for number in worlds.own.keys["topic"])
    assert showing(frames, worlds.own) == len(heard)


@pytest.mark.parametrize("role", ROLES)
def test_no_socket_opens_with_the_cookie_or_the_origin_of_another_network(worlds: Worlds, role: str) -> None:
    foreign = worlds.foreign.network.host
    there = socket_of(worlds.own, role, host=foreign)
    from_there = socket_of(worlds.own, role, origin=f"http://{foreign}")

    async def run() -> list[int | None]:
        return [await there.connect(), await from_there.connect()]

    assert async_to_sync(run)() == [CLOSE_NO_MEMBER, CLOSE_FOREIGN_ORIGIN]


@pytest.mark.parametrize("role", GUESTS)
def test_who_is_no_member_gets_no_socket(worlds: Worlds, role: str) -> None:
    socket = socket_of(worlds.own, role)

    async def run() -> int | None:
        return await socket.connect()

    assert async_to_sync(run)() == CLOSE_NO_MEMBER


CRAFTED = (
    {"action": "post", "channel": "topic:{topic}", "text": "verändert"},
    {"action": "delete", "channel": "topic:{topic}"},
    {"action": "subscribe", "channel": ["topic:{topic}"]},
    {"action": "subscribe", "channel": {"id": "{topic}"}},
    {"action": "subscribe"},
    {"action": "act", "channel": "topic:{topic}", "do": {"post": "mark"}},
    {"action": "act", "channel": "topic:{topic}", "do": "post.mark", "with": {"beitrag": 1}},
    {"type": "message", "channel": "topic:{topic}", "detail": {"type": "post", "html": "verändert"}},
    "topic:{topic}",
    "",
)


@pytest.mark.parametrize("message", CRAFTED)
def test_crafted_messages_end_the_socket_and_change_nothing(
    worlds: Worlds,
    redis_server: RedisProcess,
    message: Any,
) -> None:
    text = message if isinstance(message, str) else json.dumps(message)
    socket = socket_of(worlds.own, "manager")
    before = digests(worlds.foreign.network.id)

    async def run() -> int:
        assert await socket.connect() is None
        await socket.say(text.replace("{topic}", str(worlds.foreign.keys["topic"][0])))
        code = await socket.closed_with()
        await socket.disconnect()
        return code

    assert async_to_sync(run)() == CLOSE_BAD_MESSAGE
    assert changed(before, digests(worlds.foreign.network.id)) == set()


@pytest.mark.parametrize("role", MEMBERS)
@pytest.mark.parametrize("channel", ["own", "foreign"])
def test_actions_reach_nothing_of_another_network(
    worlds: Worlds, redis_server: RedisProcess, role: str, channel: str
) -> None:
    """Asked of the foreign topic, and with foreign posts of the own one."""
    socket = socket_of(worlds.own, role)
    topics = [f"topic:{number}" for number in getattr(worlds, channel).keys["topic"]]
    posts = [str(number) for number in worlds.foreign.keys["post"]]
    before = digests(worlds.foreign.network.id)

    async def run() -> list[Any]:
        assert await socket.connect() is None
        for name in topics:
            await socket.ask("subscribe", name)
        answers = [await socket.act(name, "post.mark", beitrag=post) for name in topics for post in posts]
        await socket.disconnect()
        return answers

    answers = async_to_sync(run)()
    assert {answer["type"] for answer in answers} == {"refused"}
    assert showing(answers, worlds.foreign) == 0
    assert changed(before, digests(worlds.foreign.network.id)) == set()
