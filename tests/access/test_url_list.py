"""Every URL is classified, and the classes are true: each is asked by somebody whom it is not for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.config.url_list import FRONT_DOOR, NETWORK, Audience
from dkbm.tenancy.context import BoundNetwork
from tests.access.requests import requests_for
from tests.access.rows import changed, digests
from tests.access.urls import Pattern, front_door_patterns, network_patterns
from tests.access.worlds import Worlds

CLOSED_TO: dict[str, set[Audience]] = {
    "guest": {Audience.SIGNED_IN, Audience.MEMBERS, Audience.EDITORS, Audience.MANAGERS, Audience.OPERATORS},
    "waiting": {Audience.MEMBERS, Audience.EDITORS, Audience.MANAGERS},
    "member": {Audience.EDITORS, Audience.MANAGERS},
    "editor": {Audience.MANAGERS},
}


def outside_cms() -> list[Pattern]:
    return [pattern for pattern in network_patterns() if not pattern.route.startswith("cms/")]


def unclassified(names: set[str], lists: dict[str, Audience]) -> set[str]:
    """Names that stand on no list, and lines of the list that no URL has."""
    return names ^ set(lists)


def test_every_url_of_a_network_stands_on_the_list() -> None:
    assert unclassified({pattern.name for pattern in outside_cms()}, NETWORK) == set()


def test_every_url_of_the_front_door_stands_on_the_list() -> None:
    assert unclassified({pattern.name for pattern in front_door_patterns()}, FRONT_DOOR) == set()


def test_url_without_a_line_and_line_without_a_url_are_found() -> None:
    assert unclassified({"search:search", "", "new:view"}, {"search:search": Audience.EVERYBODY}) == {"", "new:view"}
    assert unclassified(set(), {"gone": Audience.EVERYBODY}) == {"gone"}


def test_what_stands_on_no_list_is_missing(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(niedersachsen)
    assert client.get("/suche/").status_code == 200
    monkeypatch.delitem(NETWORK, "search:search")
    assert client.get("/suche/").status_code == 404


@pytest.mark.parametrize("role", list(CLOSED_TO))
@pytest.mark.django_db
def test_pages_are_closed_to_those_whom_they_are_not_for(
    worlds: Worlds, role: str, client_of: Callable[..., Client]
) -> None:
    """Own objects, so that nothing but the class can be the reason; a refused form changes no row."""
    world = worlds.own
    client = client_of(world.network, world.people.get(role))
    before = digests(world.network.id)
    names = set()
    for pattern in outside_cms():
        if NETWORK[pattern.name] not in CLOSED_TO[role]:
            continue
        names.add(pattern.name)
        for path in [request.path for request in requests_for(pattern, world)[:2]]:
            for response in (client.get(path), client.post(path)):
                assert is_sent_away(response), f"{pattern.name} as {role}: {response.status_code}"
    assert len(names) > 10
    assert changed(before, digests(world.network.id)) == set()


def is_sent_away(response: Any) -> bool:
    """To the sign-in, to the own page, with a refusal, or with a sentence to the page that the form stands on."""
    return response.status_code in {302, 403, 404, 405}


@pytest.mark.parametrize(
    "path", ["/_util/login/", "/_util/login/?next=/verwaltung/", "/_util/authenticate_with_password/1/2/"]
)
def test_wagtails_own_doors_are_shut(niedersachsen: BoundNetwork, client_of: Callable[..., Client], path: str) -> None:
    client = client_of(niedersachsen)
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "a@example.org", "password": "b"}).status_code == 404
