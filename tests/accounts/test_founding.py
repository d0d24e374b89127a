"""/betrieb/ founds a network: an operator orders it, the command with the owner's login carries the order out."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from dkbm.accounts.domain import founding
from dkbm.accounts.domain.founding import NewNetwork, order_network
from dkbm.accounts.domain.people import create_operator
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import FoundingOrder, Person
from dkbm.audit.models import AuditEntry
from dkbm.cms.models import StandardPage
from dkbm.launcher.founding import WAITING
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import base_url, network_by_id, platform
from dkbm.tenancy.models import Network
from dkbm.tenancy.visitor import visitor_of
from tests.factories.people import PASSWORD, make_person

TYPED = {
    "name": "Transferagentur Hessen",
    "short_name": "Hessen",
    "slug": "hessen",
    "host": "netz.hessen.example.org",
    "region": "Hessen",
    "claim": "Bildung gemeinsam steuern.",
    "contact_email": "kontakt@hessen.example.org",
}
FORM = "/betrieb/gruenden/"


@pytest.fixture
def operator(db: None) -> Person:
    with bind(platform()):
        return create_operator(email="betrieb@example.org", first_name="Otto", last_name="Betrieb", password=PASSWORD)


@pytest.fixture
def door(operator: Person) -> Client:
    client = Client(headers={"host": platform().host})
    with bind(platform()):
        client.force_login(operator)
    return client


def enter(door: Client, network: BoundNetwork) -> None:
    door.post(f"/betrieb/{network.id}/betreten/", {"reason": "Einrichten"})


def actions(network: BoundNetwork) -> list[str]:
    with bind(network):
        return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_operator_founds_a_network_and_goes_on_to_its_first_manager(door: Client, client_of: Any) -> None:
    assert FORM in door.get("/betrieb/").content.decode()
    order = door.post(FORM, TYPED)["Location"]
    assert 'href="/betrieb/">Zum Betrieb' in door.get("/").content.decode()
    waits = door.get(order)
    assert (waits.status_code, "Das Netzwerk wird eingerichtet." in waits.content.decode()) == (202, True)
    assert door.head(order).status_code == 202
    assert "„Transferagentur Hessen“ wird eingerichtet" in door.get("/betrieb/").content.decode()
    out = StringIO()
    call_command("found_networks", stdout=out)
    assert out.getvalue() == "Gegründet: 1.\n"
    assert [door.head(order).status_code for _ in range(2)] == [200, 200]
    onward = door.get(order)["Location"]
    assert door.get(onward).content.decode().count("ist gegründet.") == 1
    network = network_by_id(int(onward.split("/")[2]))
    assert network is not None
    assert onward == f"/betrieb/{network.id}/betreten/"
    assert (network.name, network.short_name, network.host, network.sender) == (
        "Transferagentur Hessen", "Hessen", "netz.hessen.example.org", "kontakt@hessen.example.org",
    )  # fmt: skip
    enter(door, network)
    assert "Netzwerkleitung einsetzen" in door.get(f"/betrieb/{network.id}/").content.decode()
    assert client_of(network).get("/").status_code == 200
    assert actions(platform())[1:3] == ["network.ordered", "network.founded"]
    call_command("found_networks", stdout=out)
    assert out.getvalue() == "Gegründet: 1.\n"


def test_make_run_sees_that_something_is_ordered_without_the_application(door: Client) -> None:
    def is_anything_ordered() -> bool:
        with bind_all("as the owner, like make run", as_owner=True), connection.cursor() as cursor:
            cursor.execute(WAITING)
            return bool(cursor.fetchone()[0])

    assert not is_anything_ordered()
    door.post(FORM, TYPED)
    assert is_anything_ordered()
    call_command("found_networks", stdout=StringIO())
    assert not is_anything_ordered()


def test_operator_is_asked_once_more_before_the_front_door_names_a_network_with_gaps(
    door: Client, client_of: Any
) -> None:
    door.post(FORM, TYPED)
    call_command("found_networks", stdout=StringIO())
    with bind(platform()):
        network = network_by_id(FoundingOrder.objects.get().founded)
    assert network is not None
    front_door = Client(headers={"host": platform().host})
    assert "Hessen" not in front_door.get("/").content.decode()
    enter(door, network)
    page = door.get(f"/betrieb/{network.id}/eingang/").content.decode()
    for words in ("Bitte Anschrift und Vertretung", "Bitte Stand und Ergebnis der letzten Prüfung"):
        assert page.count(f"<li>{words} eintragen.</li>") == 1
    asked = door.post(f"/betrieb/{network.id}/eingang/", {"listed": "ja"})
    assert asked.status_code == 422
    assert "<li>Bitte Anschrift und Vertretung eintragen.</li>" in asked.text
    assert f'href="{base_url(network)}/impressum/">Impressum</a>' in asked.text
    assert "Trotzdem nennen" in asked.text
    assert "Hessen" not in front_door.get("/").content.decode()
    door.post(f"/betrieb/{network.id}/eingang/", {"listed": "ja", "trotzdem": "ja"})
    assert "Transferagentur Hessen" in front_door.get("/").content.decode()
    door.post(f"/betrieb/{network.id}/eingang/", {"listed": "nein"})
    with bind(network):
        for each in StandardPage.objects.filter(slug__in=["impressum", "barrierefreiheit"]):
            each.body = [("text", "<p>Musterstraße 1, 30159 Hannover</p>")]
            each.save_revision().publish()
    page = door.get(f"/betrieb/{network.id}/eingang/").content.decode()
    assert "Auf Pflichtseiten fehlt noch" not in page
    door.post(f"/betrieb/{network.id}/eingang/", {"listed": "ja"})
    assert "Transferagentur Hessen" in front_door.get("/").content.decode()
    assert actions(network)[-1] == "network.listed"
    door.post(f"/betrieb/{network.id}/eingang/", {"listed": "nein"})
    assert "Transferagentur Hessen" not in front_door.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "niedersachsen", "Ein Netzwerk mit diesem Kürzel gibt es schon."),
        ("slug", "betrieb", "ist für die Plattform reserviert"),
        ("slug", "Mit Leerzeichen", "Kürzel"),
        ("host", "niedersachsen.localhost", "Unter dieser Adresse steht schon etwas anderes."),
        ("host", "localhost", "Unter dieser Adresse steht schon etwas anderes."),
        ("host", "https://netz.de", "Bitte einen Hostnamen in Kleinbuchstaben."),
        ("contact_email", "niemand", "E-Mail-Adresse"),
    ],
)
def test_what_no_network_can_have_is_said_beside_its_field(
    door: Client, niedersachsen: BoundNetwork, field: str, typed: str, sentence: str
) -> None:
    answered = door.post(FORM, {**TYPED, field: typed})
    assert answered.status_code == 422
    assert [sentence in text for text in answered.context["form"].errors[field]] == [True]
    assert "Bildung gemeinsam steuern." in answered.content.decode()
    with bind(platform()):
        assert not FoundingOrder.objects.exists()


def test_the_same_network_is_ordered_once(door: Client) -> None:
    door.post(FORM, {**TYPED, "host": ""})
    answered = door.post(FORM, {**TYPED, "host": "anders.example.org"})
    assert answered.context["form"].errors["slug"] == ["Ein Netzwerk mit diesem Kürzel wird gerade eingerichtet."]


def test_order_never_changes_a_network_that_came_meanwhile(door: Client) -> None:
    order = door.post(FORM, TYPED)["Location"]
    call_command("create_network", "hessen", "--name", "Die anderen", stdout=StringIO())
    call_command("found_networks", stdout=StringIO())
    page = door.get(order).content.decode()
    assert "Das Netzwerk wurde nicht gegründet." in page
    assert "Ein Netzwerk mit diesem Kürzel gibt es schon." in page


def test_order_that_fails_says_so_and_the_next_has_its_turn(door: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    order = door.post(FORM, TYPED)["Location"]
    door.post(FORM, {**TYPED, "slug": "bremen", "host": "", "name": "Bremen"})
    create = founding.create_network

    def failing(**values: Any) -> Network:
        if values["slug"] == "hessen":
            raise RuntimeError
        return create(**values)

    monkeypatch.setattr(founding, "create_network", failing)
    out = StringIO()
    call_command("found_networks", stdout=out)
    assert out.getvalue() == "Gegründet: 1.\n"
    assert "Die Gründung ist fehlgeschlagen." in door.get(order).content.decode()


def test_nobody_else_orders_or_names_networks(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        manager = make_person(roles=("manager",))
        with pytest.raises(NotAllowed):
            order_network(visitor=visitor_of(manager), new=NewNetwork("N", "N", "neu", "a@b.de"))
        with pytest.raises(NotAllowed):
            founding.set_listed(visitor=visitor_of(manager), network_id=niedersachsen.id, listed=False)
    assert client_of(niedersachsen, manager).get(FORM).status_code == 404


def test_order_of_an_operator_is_checked_without_the_form_too(operator: Person) -> None:
    with bind(platform()), pytest.raises(ValidationError):
        order_network(visitor=visitor_of(operator), new=NewNetwork("Name", "Kurz", "Mit Leerzeichen", "a@b.de"))
