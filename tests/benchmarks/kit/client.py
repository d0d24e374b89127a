"""A browser as plain as can be: HTTP/1.1, one connection that is kept, a session, forms."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

HEADER = "X-Benchmark"
"""``counting`` puts queries and their milliseconds there."""
KEPT_SECONDS = 3
"""Uvicorn closes a connection that nobody uses after five."""
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """``seconds``: from the request's first byte to the answer's last one."""

    status: int
    body: bytes
    seconds: float
    counted: str = ""

    @property
    def queries(self) -> int:
        return int(self.counted.split()[0])

    @property
    def sql_milliseconds(self) -> float:
        return float(self.counted.split()[1])


class Browser:
    def __init__(self, port: int, host: str = "localhost", cookies: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._host = host
        self._cookies = dict(cookies or {})
        self._used = time.monotonic()

    def get(self, path: str) -> Answer:
        """Raises ``RuntimeError`` for anything but 200."""
        answer = self._ask("GET", path)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return answer

    def send_form(self, page: str, values: Mapping[str, str], path: str = "") -> Answer:
        """Opens ``page`` and sends its hidden fields and ``values`` to ``path`` (or to itself); times the latter."""
        hidden = dict(HIDDEN.findall(self.get(page).body.decode()))
        body = urlencode({**hidden, **values})
        answer = self._ask("POST", path or page, body, {"Content-Type": "application/x-www-form-urlencoded"})
        if answer.status not in (http.client.OK, http.client.FOUND, http.client.NO_CONTENT):
            raise RuntimeError(f"{path or page} refused the form with {answer.status}.")
        return answer

    def _ask(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        if time.monotonic() - self._used > KEPT_SECONDS:
            self._connection.close()  # the next request opens it again
            self._connection.connect()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        started = time.perf_counter()
        self._connection.request(method, path, body, {"Host": self._host, "Cookie": cookies, **(headers or {})})
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        self._used = time.monotonic()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(response.status, content, seconds, response.headers.get(HEADER, ""))
