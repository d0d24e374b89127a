"""The way out to a browser: at once where the server takes it, in order and bounded where it does not."""

from __future__ import annotations

import asyncio
from typing import Any

from dkbm.live.outlet import MOST_WAITING, Outlet, begin
from tests.waiting import soon


class Server:
    """Takes messages; while ``open`` is not set, it holds them back as one with a full buffer does."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.taken: list[str] = []
        self.gone = False

    async def send(self, event: dict[str, Any]) -> None:
        await self.open.wait()
        if self.gone:
            raise OSError
        self.taken.append(event["text"])


def write_all(outlet: Outlet, texts: list[str]) -> None:
    for text in texts:
        outlet.write(text)


def test_message_has_left_when_write_returns() -> None:
    async def scene() -> None:
        server = Server()
        outlet, before = Outlet(server.send, list), asyncio.all_tasks()
        write_all(outlet, ["eins", "zwei"])
        assert server.taken == ["eins", "zwei"]
        assert asyncio.all_tasks() == before

    asyncio.run(scene())


def test_order_stays_when_the_server_holds_messages_back() -> None:
    async def scene() -> None:
        server = Server()
        outlet = Outlet(server.send, list)
        texts = [str(number) for number in range(MOST_WAITING + 1)]
        server.open.clear()
        write_all(outlet, texts[:40])
        assert server.taken == []
        await asyncio.sleep(0)
        write_all(outlet, texts[40:])
        server.open.set()
        await soon(lambda: server.taken == texts)
        await soon(lambda: len(asyncio.all_tasks()) == 1)
        outlet.write("at once")
        assert server.taken[-1] == "at once"

    asyncio.run(scene())


def test_too_many_end_it_once_and_nothing_leaves_after() -> None:
    async def scene() -> None:
        server, ended = Server(), []
        outlet = Outlet(server.send, lambda: ended.append("ended"))
        server.open.clear()
        write_all(outlet, ["x"] * (MOST_WAITING + 1))
        assert ended == []
        write_all(outlet, ["x"] * 3)
        assert ended == ["ended"]
        server.open.set()
        await soon(lambda: len(asyncio.all_tasks()) == 1)
        outlet.write("x")
        assert server.taken == []

    asyncio.run(scene())


def test_browser_that_is_gone_is_no_error() -> None:
    async def scene() -> None:
        server = Server()
        outlet = Outlet(server.send, list)
        server.gone = True
        outlet.write("at once")
        server.open.clear()
        write_all(outlet, ["held back", "waiting"])
        server.open.set()
        await soon(lambda: len(asyncio.all_tasks()) == 1)
        server.gone = False
        outlet.write("again")
        assert server.taken[-1] == "again"

    asyncio.run(scene())


def test_work_that_was_begun_is_ended_with_its_task() -> None:
    """The rest of a coroutine is what its task waits for: cancelling reaches it, and it can tidy up."""
    tidied = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append("tidied")

    async def scene() -> None:
        rest = begin(work())
        assert rest is not None

        async def wait() -> None:
            await rest

        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    asyncio.run(scene())
    assert tidied == ["tidied"]
