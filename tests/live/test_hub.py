"""One subscription a group, whatever the number of readers; a lost Redis is told, and made good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from dkbm.live import hub as hub_module
from dkbm.live.broadcast import REDIS_PREFIX, _publish, breaker
from dkbm.live.hub import OWN_REDIS_CHANNEL, Hub
from tests.live.listening import Broken, Listener
from tests.redis_process import RedisProcess
from tests.waiting import soon

GROUP, OTHER = "topic.1.7", "topic.2.7"


def play(scene: Callable[[Hub], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub()
        try:
            await scene(hub)
        finally:
            await hub.close()

    asyncio.run(run())


async def send(group: str, text: str) -> None:
    breaker.worked()
    await asyncio.to_thread(_publish, group, text)


def redis_channels(*groups: str) -> dict[str, int]:
    return {REDIS_PREFIX + group: 1 for group in groups} | {OWN_REDIS_CHANNEL: 1}


def test_readers_of_a_group_share_one_subscription(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        readers = [Listener() for _ in range(3)]
        other = Listener()
        assert [await hub.join(GROUP, reader) for reader in readers] == [True] * 3
        assert await hub.join(OTHER, other)
        assert redis_server.subscriptions() == redis_channels(GROUP, OTHER)
        await send(GROUP, "hallo")
        await send(OTHER, "servus")
        await soon(lambda: other.heard)
        assert [reader.heard for reader in (*readers, other)] == [["hallo"]] * 3 + [["servus"]]

    play(scene)


def test_last_reader_ends_the_subscription(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        first, second, other = Listener(), Listener(), Listener()
        for group, reader in ((GROUP, first), (GROUP, second), (OTHER, other)):
            await hub.join(group, reader)
        await hub.leave(GROUP, first)
        await hub.leave(GROUP, first)
        assert redis_server.subscriptions() == redis_channels(GROUP, OTHER)
        await hub.leave(GROUP, second)
        await soon(lambda: redis_server.subscriptions() == redis_channels(OTHER))
        await hub.leave(OTHER, other)
        await soon(lambda: redis_server.subscriptions() == {})

    play(scene)


def test_group_that_is_left_and_joined_again_is_heard(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        reader = Listener()
        await hub.join(OTHER, Listener())
        for _time in range(20):
            assert await hub.join(GROUP, reader)
            await send(GROUP, "hallo")
            await soon(lambda: reader.heard)
            await hub.leave(GROUP, reader)
            reader.heard.clear()

    play(scene)


def test_broken_reader_does_not_stop_the_others(redis_server: RedisProcess, caplog: pytest.LogCaptureFixture) -> None:
    async def scene(hub: Hub) -> None:
        readers = [Listener(), Broken(), Listener()]
        for reader in readers:
            await hub.join(GROUP, reader)
        await send(GROUP, "eins")
        await send(GROUP, "zwei")
        await soon(lambda: len(readers[0].heard) == len(readers[2].heard) == 2)

    play(scene)
    assert {record.getMessage() for record in caplog.records} == {"reader failed"}


def test_reader_who_leaves_while_the_others_are_told_hears_nothing(
    redis_server: RedisProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "AT_ONCE", 1)

    async def scene(hub: Hub) -> None:
        class Only(Listener):
            """Whoever is told first sends the other one away."""

            def deliver(self, group: str, text: str) -> None:
                super().deliver(group, text)
                leaving.extend(asyncio.create_task(hub.leave(group, each)) for each in readers if each is not self)

        leaving: list[asyncio.Task[None]] = []
        readers = [Only(), Only()]
        for reader in readers:
            await hub.join(GROUP, reader)
        await send(GROUP, "eins")
        await soon(lambda: leaving and leaving[0].done())
        await send(GROUP, "zwei")
        await soon(lambda: any("zwei" in reader.heard for reader in readers))
        assert sorted(reader.heard for reader in readers) == [[], ["eins", "zwei"]]

    play(scene)


def test_readers_hear_that_redis_goes_and_comes(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        reader, late = Listener(), Listener()
        await hub.join(GROUP, reader)
        redis_server.kill()
        await soon(lambda: reader.heard == ["paused"])
        assert not await hub.join(GROUP, late)
        await send(GROUP, "lost")
        redis_server.start()
        await soon(lambda: reader.heard == ["paused", "fetch"] and late.heard == ["fetch"])
        await send(GROUP, "da")
        await soon(lambda: reader.heard == ["paused", "fetch", "da"])

    play(scene)


def test_redis_that_is_away_from_the_start(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        redis_server.kill()
        reader = Listener()
        assert not await hub.join(GROUP, reader)
        redis_server.start()
        await soon(lambda: "fetch" in reader.heard)
        await send(GROUP, "da")
        await soon(lambda: reader.heard[-1] == "da")

    play(scene)


def test_frozen_redis_counts_as_away(redis_server: RedisProcess) -> None:
    async def scene(hub: Hub) -> None:
        reader = Listener()
        await hub.join(GROUP, reader)
        redis_server.freeze()
        await soon(lambda: reader.heard == ["paused"])
        redis_server.thaw()
        await soon(lambda: reader.heard == ["paused", "fetch"])

    play(scene)


def test_cut_connection_is_never_mended_in_silence(redis_server: RedisProcess) -> None:
    """Redis is there all the time, only our connection was cut: what was sent in between is lost all the same."""

    async def scene(hub: Hub) -> None:
        reader = Listener()
        await hub.join(GROUP, reader)
        redis_server.drop_subscribers()
        await soon(lambda: reader.heard == ["paused", "fetch"])
        await send(GROUP, "da")
        await soon(lambda: reader.heard[-1] == "da")

    play(scene)


def test_publishing_to_a_frozen_redis_waits_once(redis_server: RedisProcess, caplog: pytest.LogCaptureFixture) -> None:
    redis_server.freeze()
    for _time in range(5):
        _publish(GROUP, "hallo")
    assert [record.getMessage() for record in caplog.records] == ["broadcast lost"]
    redis_server.thaw()


def test_first_message_after_redis_is_back_arrives(redis_server: RedisProcess) -> None:
    """A refused message does not make the sender rest: the next one could be lost after readers have fetched."""

    async def scene(hub: Hub) -> None:
        reader = Listener()
        await hub.join(GROUP, reader)
        redis_server.kill()
        await asyncio.to_thread(_publish, GROUP, "lost")
        redis_server.start()
        await soon(lambda: reader.heard == ["paused", "fetch"])
        await asyncio.to_thread(_publish, GROUP, "da")
        await soon(lambda: reader.heard == ["paused", "fetch", "da"])

    play(scene)
