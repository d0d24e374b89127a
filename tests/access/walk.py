"""Ask as every role, and search what comes back for a world's marker."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from dkbm.tenancy.context import bind
from tests.access.query_names import is_read, recording
from tests.access.requests import QUERIES, Asked, fill_query, requests_as
from tests.access.urls import Pattern
from tests.access.worlds import ROLES, World

NEVER_ASKED = {"account_logout", "wagtailadmin_logout"}
"""Would end the session that the walk uses."""


@dataclass(frozen=True)
class Answer:
    role: str
    asked: Asked
    status: int
    shows_marker: bool


def client_for(world: World, role: str) -> Client:
    """A browser on the host of ``world``, signed in as its person with that role (``guest``: nobody)."""
    client = Client(headers={"host": world.network.host}, raise_request_exception=False)
    if role != "guest":
        with bind(world.network):
            client.force_login(world.people[role])
    return client


def read_all(home: World, asked_world: World, patterns: list[Pattern], most: int | None = None) -> Iterator[Answer]:
    """Every pattern with every role of ``home``, asked for objects of ``asked_world``, ``most`` of them each; nothing
    is kept."""
    with recording() as names:
        for role in ROLES:
            client = client_for(home, role)
            for pattern in patterns:
                if pattern.name in NEVER_ASKED:
                    continue
                names.clear()
                first, *others = requests_as(role, pattern, asked_world)[:most]
                yield _ask(client, role, first, asked_world)
                # An answer to one query may read names that the one before did not reach.
                unasked = list(QUERIES)
                while query := next((each for each in unasked if is_read(each, names)), None):
                    unasked.remove(query)
                    asked = Asked(first.name, first.path.partition("?")[0] + fill_query(query, asked_world))
                    yield _ask(client, role, asked, asked_world)
                for asked in others:
                    yield _ask(client, role, asked, asked_world)


def _ask(client: Client, role: str, asked: Asked, world: World) -> Answer:
    with transaction.atomic():
        response = client.get(asked.path)
        found = shows(response, asked.path, world.marker)
        transaction.set_rollback(True)
    return Answer(role, asked, response.status_code, found)


def shows(response: HttpResponse, path: str, marker: str, sent: Iterable[str] = ()) -> bool:
    """Is the marker anywhere in body, headers or cookies, other than as an echo of the request (path, ``sent``)?"""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = "\n".join(
        [
            content.decode("utf-8", "replace"),
            *(f"{name}: {value}" for name, value in response.items()),
            *(morsel.OutputString() for morsel in response.cookies.values()),
        ]
    )
    for echo in [*echoes(path), *sorted(sent, key=len, reverse=True)]:
        text = text.replace(echo, "")
    return marker.lower() in text.lower()


def echoes(path: str) -> list[str]:
    """The ways in which a page repeats what was asked: whole, as a link's parameter, as the search box's value."""
    plain, _, query = path.partition("?")
    parts = [path, plain, *(value for pair in query.split("&") for value in [pair.partition("=")[2]] if value)]
    return sorted(
        {
            form
            for part in parts
            if len(part) > 3
            for form in (part, quote(part), quote(part, safe=""), html.escape(part))
        },
        key=len,
        reverse=True,
    )
