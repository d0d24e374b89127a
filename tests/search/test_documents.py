"""Documents are found by whom the file view would give them, from the click of an editor on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from dkbm.cms.models import NetworkDocument
from dkbm.cms.roles import sync_groups
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.files import collection, make_document
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("media")

ClientOf = Callable[..., Client]
WHO = ("guest", "member", "editor")


@pytest.fixture(params=["niedersachsen", "bayern"])
def network(request: pytest.FixtureRequest) -> BoundNetwork:
    found: BoundNetwork = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def clients(network: BoundNetwork, client_of: ClientOf) -> dict[str, Client]:
    with bind(network):
        editor = make_person(roles=("editor",))
        sync_groups(editor.memberships.get())
        people = {"guest": None, "member": make_person(), "editor": editor}
    return {who: client_of(network, person) for who, person in people.items()}


def check(clients: dict[str, Client], document: NetworkDocument, *readers: str) -> None:
    """Exactly these find the document, and exactly these get the file."""
    for who, client in clients.items():
        answer = client.get("/api/v1/search", {"q": "vereinbarung", "type": "document"}).json()
        found = [result["url"] for result in answer["results"]]
        assert found == ([document.url] if who in readers else []), who
        file = client.get(document.url)
        file.getvalue()  # reads a file to its end, which closes it
        assert file.status_code == (200 if who in readers else 404), who


def entries() -> list[tuple[str, str, str, str]]:
    rows = SearchEntry.objects.filter(type="document").order_by("title")
    return [(row.title, row.body, row.url, row.visibility) for row in rows]


def test_document_is_for_members_and_public_in_the_public_collection(
    network: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(network):
        document = make_document()
        assert entries() == [("Vereinbarung", "vereinbarung", document.url, "members")]
    check(clients, document, "member", "editor")
    with bind(network):
        document.collection = collection(public=True)
        document.save()
        assert entries() == [("Vereinbarung", "vereinbarung", document.url, "public")]
    check(clients, document, *WHO)


def test_many_documents_moved_at_once_are_followed(network: BoundNetwork, clients: dict[str, Client]) -> None:
    """As the bulk action of the CMS does it."""
    with bind(network):
        document = make_document(where=collection(public=True))
        NetworkDocument.objects.filter(pk__in=[document.pk]).update(collection=collection())
        assert [entry[3] for entry in entries()] == ["members"]
    check(clients, document, "member", "editor")


def test_closed_collection_is_found_by_its_group_at_once(network: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(network):
        inner = collection().add_child(name="Redaktion")
        document = make_document(where=inner)
    check(clients, document, "member", "editor")
    with bind(network):
        restriction = CollectionViewRestriction.objects.create(collection=inner, restriction_type="groups")
        restriction.groups.add(Group.objects.get(name=f"netz-{network.id}-editor"))
    check(clients, document, "editor")


@pytest.mark.parametrize(("kind", "readers"), [("login", ("member", "editor")), ("groups", ("editor",))])
def test_restriction_below_the_public_collection_counts_from_the_click_on(
    network: BoundNetwork, clients: dict[str, Client], kind: str, readers: tuple[str, ...]
) -> None:
    with bind(network):
        inner = collection(public=True).add_child(name="Entwürfe").add_child(name="Hefte")
        document = make_document(where=inner)
    check(clients, document, *WHO)
    with bind(network):
        above = inner.get_parent()
        restriction = CollectionViewRestriction.objects.create(collection=above, restriction_type=kind)
        restriction.groups.set(Group.objects.filter(name=f"netz-{network.id}-editor"))
    check(clients, document, *readers)
    with bind(network):
        restriction.delete()
    check(clients, document, *WHO)


def test_privacy_of_a_collection_offers_no_password(network: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(network):
        manager = make_person(roles=("manager",))
        sync_groups(manager.memberships.get())
        inner = collection().add_child(name="Hefte")
        client = Client(headers={"host": network.host})
        client.force_login(manager)
    form = client.get(f"/cms/collections/{inner.pk}/privacy/").json()["html"]
    assert re.findall(r'name="restriction_type" value="(\w+)"', form) == ["none", "login", "groups"]


def test_collection_that_is_moved_takes_its_documents_along(network: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(network):
        inner = collection().add_child(name="Hefte")
        document = make_document(where=inner)
        Collection.objects.get(pk=inner.pk).move(collection(public=True), "sorted-child")
    check(clients, document, *WHO)


def test_changed_and_deleted_documents_are_followed(network: BoundNetwork) -> None:
    with bind(network):
        first, second, third = (make_document(title) for title in ("Vereinbarung", "Bericht", "Leitfaden"))
        first.title = "Satzung"
        first.save()
        assert [entry[0] for entry in entries()] == ["Bericht", "Leitfaden", "Satzung"]
        first.delete()
        NetworkDocument.objects.filter(pk__in=[second.pk]).delete()
        assert [entry[0] for entry in entries()] == ["Leitfaden"]
        assert third.pk


def test_other_network_finds_nothing(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf) -> None:
    with bind(niedersachsen):
        make_document(where=collection(public=True))
    with bind(bayern):
        member = make_person()
        assert entries() == []
    for client in (client_of(bayern), client_of(bayern, member)):
        assert client.get("/api/v1/search", {"q": "vereinbarung"}).json()["total"] == 0


def test_long_name_in_other_letters_fits_into_the_address(in_niedersachsen: BoundNetwork) -> None:
    name = "план-розвитку-освіти-громади-" * 4
    make_document(name)
    assert len(SearchEntry.objects.get(type="document").url) > 500
