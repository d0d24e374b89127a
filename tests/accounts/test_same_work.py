"""Nothing that a stranger may ask tells whether an address is known: the request does the same for each, by count."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dkbm.accounts.domain import errands
from dkbm.accounts.models import Errand
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from tests.factories.people import make_person

ADDRESSES = ("mitglied", "wartet", "ausgetreten", "woanders", "nirgends")


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Away: what is left to it is asserted."""
    left: list[int] = []
    monkeypatch.setattr(errands, "publish_on_commit", lambda task, errand_id: left.append(errand_id))
    return left


@pytest.fixture
def people(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_person(email="mitglied@example.org")
        make_person(email="wartet@example.org", state=MembershipState.REQUESTED)
        make_person(email="ausgetreten@example.org", state=MembershipState.LEFT)
    with bind(bayern):
        make_person(email="woanders@example.org")


def reset(form_data: Any, email: str) -> tuple[str, dict[str, Any]]:
    return "/konto/password/reset/", {"email": email}


def sign_up(form_data: Any, email: str) -> tuple[str, dict[str, Any]]:
    return "/konto/signup/", form_data(email=email)


def sign_in(form_data: Any, email: str) -> tuple[str, dict[str, Any]]:
    return "/konto/login/", {"login": email, "password": "nicht-das-richtige"}


@pytest.mark.parametrize("door", [reset, sign_up, sign_in])
def test_request_asks_the_same_tables_for_every_address(
    niedersachsen: BoundNetwork, people: None, client_of: Any, form_data: Any, door: Callable[..., Any]
) -> None:
    asked = {}
    path, data = door(form_data, "zuerst@example.org")  # what a process asks once is remembered from here on
    client_of(niedersachsen).post(path, data)
    for number, name in enumerate(ADDRESSES):
        client = client_of(niedersachsen, REMOTE_ADDR=f"10.0.0.{number}")
        path, data = door(form_data, f"{name}@example.org")
        with CaptureQueriesContext(connection) as queries:
            client.post(path, data)
        asked[name] = [_kind_of(each["sql"]) for each in queries]
    assert asked == dict.fromkeys(ADDRESSES, asked["nirgends"])
    assert len(asked["nirgends"]) > 3


def _kind_of(sql: str) -> str:
    """The statement without its values."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\"s\d+_x\d+\"", "?", sql)


@pytest.mark.parametrize("door", [reset, sign_up])
def test_work_is_left_to_the_worker(
    niedersachsen: BoundNetwork, people: None, client_of: Any, form_data: Any, post_of: Any, worker: Any, door: Any
) -> None:
    for name in ADDRESSES:
        path, data = door(form_data, f"{name}@example.org")
        client_of(niedersachsen).post(path, data)
    assert post_of(niedersachsen).all() == []
    with bind(niedersachsen):
        assert list(Errand.objects.values_list("pk", flat=True)) == worker
        assert [each.address for each in Errand.objects.all()] == [f"{name}@example.org" for name in ADDRESSES]
        assert "nicht-das" not in str(list(Errand.objects.values()))
