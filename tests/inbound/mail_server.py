"""The product's own mail server on a port of the test's, and a mail program that speaks to it."""

from __future__ import annotations

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dkbm.inbound.server import listen
from dkbm.launcher.ports import free_port


@contextmanager
def listening() -> Iterator[int]:
    """Its port."""
    port, loop, ready = free_port(), asyncio.new_event_loop(), threading.Event()
    ended = asyncio.Event()

    async def serve() -> None:
        async with await listen(host="127.0.0.1", port=port, hostname="example.org"):
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    yield port
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    loop.close()


def send(port: int, raw: bytes, *, sender: str, to: str) -> None:
    """As a mail program or another server would. Raises what ``smtplib`` raises."""
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
        server.sendmail(sender, [to], raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
