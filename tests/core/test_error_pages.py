"""Error pages stand in the network's look and name the request's id, also when nearly everything is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from dkbm.cms.models import NetworkLook
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Network

ACCENT = "#7a1f5c"


def fail(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("Die Datenbank ist weg")


@pytest.fixture
def guest(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        NetworkLook.objects.create(site_id=Network.objects.get().site_id, accent=ACCENT)
    return client_of(niedersachsen, raise_request_exception=False)


def test_broken_view_answers_in_the_look_of_the_network(
    guest: Client, niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workgroups.domain.queries.overview.group_list", fail)
    page = guest.get("/ag/")
    assert page.status_code == 500
    assert page["X-Request-Id"] in page.text
    assert f"– {niedersachsen.name}</title>" in page.text
    assert f"/look/{ACCENT[1:]}" in page.text


def test_broken_frame_answers_without_it(
    guest: Client, niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dkbm.cms.context.network_look", fail)
    page = guest.get("/ag/")
    assert page.status_code == 500
    assert page["X-Request-Id"] in page.text
    assert f"– {niedersachsen.name}</title>" in page.text


def test_missing_page_names_its_id(guest: Client) -> None:
    page = guest.get("/gibt-es-nicht/")
    assert page.status_code == 404
    assert page["X-Request-Id"] in page.text
