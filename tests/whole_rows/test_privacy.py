"""Two managers set who reads a collection or a page: the older window takes nothing back unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from dkbm.cms.models import HomePage, StandardPage
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.files import collection
from tests.factories.people import make_person


class Window:
    """A form as one of the managers has it open."""

    def __init__(self, client: Client, url: str) -> None:
        self.client, self.url = client, url
        self.sent = _hidden(client.get(url).json()["html"])

    def save(self, kind: str, *groups: int) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.post(
            self.url, {**self.sent, "restriction_type": kind, "groups": groups}
        ).json()
        if "html" in answer:
            self.sent = _hidden(answer["html"])
        return answer


def _hidden(html: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden"[^>]*>', html)
    named = {re.search(r'name="([^"]+)"', field)[1]: re.search(r'value="([^"]*)"', field)[1] for field in fields}  # type: ignore[index]
    named.pop("csrfmiddlewaretoken", None)
    return named


@pytest.fixture(params=["collection", "page"])
def windows(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], request: pytest.FixtureRequest
) -> tuple[Window, Window]:
    with bind(niedersachsen):
        if request.param == "collection":
            url = f"/cms/collections/{collection().add_child(name='Hefte').pk}/privacy/"
        else:
            page = HomePage.objects.get().add_child(instance=StandardPage(title="Seite", slug="seite"))
            url = f"/cms/pages/{page.pk}/privacy/"
        clients = [client_of(niedersachsen, make_person(roles=("manager",))) for _ in range(2)]
    return Window(clients[0], url), Window(clients[1], url)


def editors(network: BoundNetwork) -> int:
    with bind(network):
        return Group.objects.get(name=f"netz-{network.id}-editor").pk


def stored(network: BoundNetwork) -> list[str]:
    with bind(network):
        rows = [*CollectionViewRestriction.objects.all(), *PageViewRestriction.objects.all()]
        return [row.restriction_type for row in rows]


def test_older_window_shows_what_was_set_since(niedersachsen: BoundNetwork, windows: tuple[Window, Window]) -> None:
    first, second = windows
    assert first.save("groups", editors(niedersachsen))["step"] == "set_privacy_done"
    answer = second.save("none")
    assert "Ihre Änderung ist noch nicht gespeichert." in answer["html"]
    assert re.search(r'value="groups"[^>]*checked', answer["html"])
    assert stored(niedersachsen) == ["groups"]
    assert second.save("none")["step"] == "set_privacy_done"
    assert stored(niedersachsen) == []


def test_what_both_have_set_otherwise_is_asked_again(
    niedersachsen: BoundNetwork, windows: tuple[Window, Window]
) -> None:
    first, second = windows
    first.save("groups", editors(niedersachsen))
    assert "Gespeichert ist inzwischen" in second.save("login")["html"]
    assert stored(niedersachsen) == ["groups"]


def test_nobody_else_nothing_asked(niedersachsen: BoundNetwork, windows: tuple[Window, Window]) -> None:
    first, _second = windows
    assert first.save("login")["step"] == "set_privacy_done"
    again = Window(first.client, first.url)
    assert again.save("none")["step"] == "set_privacy_done"
    assert stored(niedersachsen) == []
