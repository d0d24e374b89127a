"""Ask as every role, and search what comes back for a world's marker."""

from __future__ import annotations

import html
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from dkbm.tenancy.context import bind
from tests.access.query_names import is_read, recording
from tests.access.requests import QUERIES, Asked, fill_query, may_enter, requests_as
from tests.access.urls import Pattern
from tests.access.worlds import ROLES, World

NEVER_ASKED = {"account_logout", "wagtailadmin_logout"}
"""Would end the session that the walk uses."""

STRONGEST = "manager"
"""May do in a network whatever anybody may: what this role cannot reach there, no other role can by its rights."""

Outcomes = dict[str, tuple[int, bool]]
"""Path -> status, and whether the marker was shown."""

REFUSALS = {401, 403, 404, 405, 410}
SIGN_IN = ("/konto/login/", "/cms/login/")


@dataclass(frozen=True)
class Answer:
    role: str
    asked: Asked
    status: int
    shows_marker: bool
    is_refusal: bool


def client_for(world: World, role: str) -> Client:
    """A browser on the host of ``world``, signed in as its person with that role (``guest``: nobody)."""
    client = Client(headers={"host": world.network.host}, raise_request_exception=False)
    if role != "guest":
        with bind(world.network):
            client.force_login(world.people[role])
    return client


def read_all(
    home: World, asked_world: World, patterns: list[Pattern], *, roles: Sequence[str] = ROLES, most: int | None = None
) -> Iterator[Answer]:
    """Every pattern with every role of ``home`` and every object of ``asked_world`` (``most`` of them an address)."""
    return _read(home, asked_world, patterns, roles, most, strongest=None)


def read_what_may_differ(
    home: World,
    asked_world: World,
    patterns: list[Pattern],
    *,
    roles: Sequence[str] = ROLES,
    most: int | None = None,
    strongest: Outcomes | None = None,
) -> Iterator[Answer]:
    """As :func:`read_all`, but only the strongest role asks for everything. A weaker one asks an address once where it
    is turned away from the first object, which is the one that most people may see (``requests.py``), or answered like
    the strongest before it.

    ``strongest``: what that role was answered; filled when it asks, so that weaker ones may be asked by other tests.
    """
    return _read(home, asked_world, patterns, roles, most, strongest={} if strongest is None else strongest)


def _read(
    home: World,
    asked_world: World,
    patterns: list[Pattern],
    roles: Sequence[str],
    most: int | None,
    *,
    strongest: Outcomes | None,
) -> Iterator[Answer]:
    for role in roles:
        client = client_for(home, role)
        for pattern in patterns:
            if pattern.name in NEVER_ASKED:
                continue
            first, *others = requests_as(role, pattern, asked_world)[:most]
            answers = _with_queries(client, role, first, asked_world)
            plain = next(answers)
            yield plain
            if strongest is not None and role == STRONGEST:
                strongest[plain.asked.path] = _outcome(plain)
            elif strongest is not None and (plain.is_refusal or strongest.get(plain.asked.path) == _outcome(plain)):
                answers.close()
                continue
            yield from answers
            for asked in others:
                yield _ask(client, role, asked, asked_world)


def _outcome(answer: Answer) -> tuple[int, bool]:
    return answer.status, answer.shows_marker


def _with_queries(client: Client, role: str, first: Asked, world: World) -> Generator[Answer, None, None]:
    """The address, and again with each query of which the view reads a name."""
    with recording() as names:
        yield _ask(client, role, first, world)
        # An answer to one query may read names that the one before did not reach.
        unasked = list(QUERIES)
        while query := next((each for each in unasked if is_read(each, names)), None):
            unasked.remove(query)
            asked = Asked(first.name, first.path.partition("?")[0] + fill_query(query, world))
            yield _ask(client, role, asked, world)


def _ask(client: Client, role: str, asked: Asked, world: World) -> Answer:
    with transaction.atomic():
        response = client.get(asked.path)
        found = shows(response, asked.path, world.marker)
        transaction.set_rollback(True)
    return Answer(role, asked, response.status_code, found, is_refusal(response))


def is_refusal(response: HttpResponse) -> bool:
    """Turned away as somebody who may not, or because there is no such thing."""
    return response.status_code in REFUSALS or response.get("Location", "").startswith(SIGN_IN)


def fill_caches(world: World, patterns: list[Pattern]) -> None:
    """Visit the world's own pages once, so that whatever is kept between requests is kept from it."""
    for role in ("guest", STRONGEST):
        client = client_for(world, role)
        for pattern in patterns:
            if pattern.name not in NEVER_ASKED and may_enter(role, pattern):
                response = client.get(requests_as(role, pattern, world)[0].path)
                if response.streaming:
                    response.close()


def shows(response: HttpResponse, path: str, marker: str, sent: Iterable[str] = ()) -> bool:
    """Is the marker anywhere in body, headers or cookies, other than as an echo of the request (path, ``sent``)?"""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    head = [
        *(f"{name}: {value}" for name, value in response.items()),
        *(morsel.OutputString() for morsel in response.cookies.values()),
    ]
    # Markers are ASCII: most answers can be told from their bytes.
    if marker.lower().encode() not in content.lower() and marker.lower() not in "\n".join(head).lower():
        return False
    text = "\n".join([content.decode("utf-8", "replace"), *head])
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
