"""Thousands of browsers' sockets in one process, as cheap as Python can: raw sockets, one epoll, no library.

`python -m tests.benchmarks.live.readers`; a line of JSON on stdin is an order, a line on stdout its answer. Times are
of the monotonic clock, which is the same in all processes of a machine.
"""

from __future__ import annotations

import json
import resource
import selectors
import socket
import struct
import sys
import time
from array import array
from collections import Counter
from collections.abc import Callable
from typing import Any

MARK = b'"mark": "'
"""Before the number of a message (8 digits), a space, and the microseconds at which it was sent (16 digits)."""
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
NEW, ASKING, OPEN, GONE = range(4)


def message(channel: str, number: int, length: int = 1000) -> str:
    """A frame as the product sends it, with its mark, filled up to ``length`` characters."""
    mark = f"{number:08} {time.monotonic_ns() // 1000:016}"
    detail = {"mark": mark, "html": ""}
    empty = len(json.dumps({"type": "message", "channel": channel, "detail": detail}))
    detail["html"] = "x" * (length - empty)
    return json.dumps({"type": "message", "channel": channel, "detail": detail})


def from_page(text: str, opcode: int = TEXT) -> bytes:
    """A frame from a browser; the key that masks it is zero."""
    data = text.encode()
    assert len(data) < 126
    return bytes((0x80 | opcode, 0x80 | len(data))) + b"\0\0\0\0" + data


class Reader:
    """One socket. ``wish``: what it sends once it stands."""

    __slots__ = ("heard", "request", "rest", "socket", "state", "wish")

    def __init__(self, request: bytes, wish: bytes) -> None:
        self.request, self.wish = request, wish
        self.state = NEW
        self.rest = b""
        self.heard: Counter[int] = Counter()
        self.socket: socket.socket


class Readers:
    def __init__(self) -> None:
        self.selector = selectors.EpollSelector()
        self.all: list[Reader] = []
        self.port = 0
        self.open = self.refusals = self.deliveries = 0
        self.delays = array("d")
        self.last_opened = self.last_refused = 0.0

    def connect(self, *, port: int, host: str, sockets: list[dict[str, str]], at_once: int) -> dict[str, Any]:
        """Open all, ``at_once`` of them under way at any time; each has a path, a cookie and a channel, or ''."""
        self.port = port
        self.all = [Reader(_request(host, port, **each), _wish(each["channel"])) for each in sockets]
        started = time.monotonic()
        self._open_all(list(self.all), at_once)
        return {"open": self.open, "seconds": self.last_opened - started}

    def hear(self, *, deliveries: int, seconds: float) -> dict[str, Any]:
        """Take messages until there are so many, and a moment longer for those that come twice."""
        self.delays = array("d")
        for reader in self.all:
            reader.heard.clear()
        self.deliveries = 0
        self._run(lambda: self.deliveries >= deliveries, seconds)
        self._run(lambda: False, 0.3)
        delays = sorted(self.delays)
        double = sum(times - 1 for reader in self.all for times in reader.heard.values())
        return {
            "lost": deliveries - (self.deliveries - double),
            "double": double,
            "p50": delays[len(delays) // 2] if delays else None,
            "p95": delays[int(len(delays) * 0.95)] if delays else None,
        }

    def wait(self, *, seconds: float) -> dict[str, Any]:
        """Be silent, and answer pings."""
        self._run(lambda: False, seconds)
        return {"open": self.open}

    def refused(self, *, count: int, seconds: float) -> dict[str, Any]:
        """Until so many readers in all were told that they hear nothing more."""
        self._run(lambda: self.refusals >= count, seconds)
        return {"refused": self.refusals, "last": self.last_refused}

    def reconnect(self, *, seconds: float) -> dict[str, Any]:
        """Wait until the server goes, then ask again and again until all are there."""
        self._run(lambda: not self.open, seconds)
        while not _listens(self.port):
            time.sleep(0.02)
        self._open_all(list(self.all), len(self.all))
        return {"open": self.open, "last": self.last_opened}

    def _open_all(self, waiting: list[Reader], at_once: int) -> None:
        waiting.reverse()
        total, under_way = len(waiting), min(at_once, len(waiting))
        for _ in range(under_way):
            self._begin(waiting.pop())

        def go_on() -> bool:
            while waiting and total - len(waiting) - self.open < at_once:
                self._begin(waiting.pop())
            return self.open >= total

        self._run(go_on, 300)

    def _begin(self, reader: Reader) -> None:
        reader.socket = socket.socket()
        reader.socket.setblocking(False)
        reader.state, reader.rest = NEW, b""
        reader.socket.connect_ex(("127.0.0.1", self.port))
        self.selector.register(reader.socket, selectors.EVENT_WRITE, reader)

    def _run(self, done: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not done() and (left := end - time.monotonic()) > 0:
            for key, events in self.selector.select(min(left, 0.05)):
                if events & selectors.EVENT_WRITE:
                    self._ask(key.data)
                else:
                    self._read(key.data)

    def _ask(self, reader: Reader) -> None:
        try:
            reader.socket.send(reader.request)
        except OSError:
            self._close(reader)
            self._begin(reader)
            return
        reader.state = ASKING
        self.selector.modify(reader.socket, selectors.EVENT_READ, reader)

    def _read(self, reader: Reader) -> None:
        try:
            data = reader.socket.recv(262_144)
        except OSError:
            data = b""
        now = time.monotonic_ns() // 1000
        if not data:
            self._close(reader)
            return
        data = reader.rest + data
        if reader.state == ASKING:
            head, _, data = data.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 101"), head
            reader.state = NEW
            if reader.wish:
                reader.socket.send(reader.wish)
        reader.rest = self._take(reader, data, now)

    def _close(self, reader: Reader) -> None:
        self.selector.unregister(reader.socket)
        reader.socket.close()
        self.open -= reader.state == OPEN
        reader.state = GONE

    def _take(self, reader: Reader, data: bytes, now: int) -> bytes:
        """All whole frames; returns what is left."""
        at = 0
        while len(data) - at >= 2:
            start, length = at + 2, data[at + 1]
            if length == 126:
                if len(data) - at < 4:
                    break
                start, (length,) = at + 4, struct.unpack_from("!H", data, at + 2)
            if len(data) < start + length:
                break
            self._frame(reader, data[at] & 15, data[start : start + length], now)
            at = start + length
        return data[at:]

    def _frame(self, reader: Reader, opcode: int, payload: bytes, now: int) -> None:
        place = payload.find(MARK)
        if place >= 0:
            place += len(MARK)
            reader.heard[int(payload[place : place + 8])] += 1
            self.delays.append((now - int(payload[place + 9 : place + 25])) / 1000)
            self.deliveries += 1
        elif opcode == PING:
            reader.socket.send(bytes((0x80 | PONG, 0x80 | len(payload))) + b"\0\0\0\0" + payload)
        elif b'"subscribed"' in payload:
            reader.state = OPEN
            self.open += 1
            self.last_opened = time.monotonic()
        elif b'"refused"' in payload:
            self.refusals += 1
            self.last_refused = time.monotonic()


def _request(host: str, port: int, *, path: str, cookie: str, channel: str) -> bytes:
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: http://{host}:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Cookie: {cookie}",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _wish(channel: str) -> bytes:
    return from_page(json.dumps({"action": "subscribe", "channel": channel})) if channel else b""


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    readers = Readers()
    for line in sys.stdin:
        order = json.loads(line)
        answer = getattr(readers, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
