"""Guests' pages that did not change are not sent again, and nothing of a person is kept on the way."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from dkbm.cms.models import HomePage
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person

ClientOf = Callable[..., Client]


def test_page_that_did_not_change_is_not_sent_again(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    first = client_of(niedersachsen).get("/")
    again = client_of(niedersachsen).get("/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (first["Cache-Control"], first["Vary"]) == ("no-cache", "Cookie")


def test_page_that_changed_is_sent(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    first = client_of(niedersachsen).get("/")
    with bind(niedersachsen):
        home = HomePage.objects.get()
        home.introduction = "Neu seit heute"
        home.save_revision().publish()
    again = client_of(niedersachsen).get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Neu seit heute" in again.content.decode()


def test_member_never_gets_the_guests_page(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    as_guest = client_of(niedersachsen).get("/")
    with bind(niedersachsen):
        person = make_person("Anna Verden")
    own = client_of(niedersachsen, person).get("/", headers={"if-none-match": as_guest["ETag"]})
    assert own.status_code == 200
    assert own["Cache-Control"] == "private, no-cache"
    assert "Anna Verden" in own.content.decode()


def test_page_that_sets_a_cookie_is_one_persons(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    page = client_of(niedersachsen).get("/konto/signup/")
    assert page.cookies
    assert "private" in page["Cache-Control"]


def test_networks_do_not_share_a_page(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf) -> None:
    first = client_of(niedersachsen).get("/")
    other = client_of(bayern).get("/", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
