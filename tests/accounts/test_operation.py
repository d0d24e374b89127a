"""Operators on the front door: numbers of all networks, entering one, appointing its first manager."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from dkbm.accounts.domain import operation
from dkbm.accounts.domain.people import create_member, create_operator
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import JoinLink, Person
from dkbm.audit.models import AuditEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import PASSWORD as OLD_PASSWORD
from tests.factories.people import make_person

EMAIL = "betrieb@example.org"
REASON = "Netzwerk einrichten"


@pytest.fixture
def operator(db: None) -> Person:
    with bind(platform()):
        return create_operator(email=EMAIL, first_name="Otto", last_name="Betrieb", password=OLD_PASSWORD)


@pytest.fixture
def door(operator: Person) -> Client:
    client = Client(headers={"host": platform().host})
    assert client.post("/konto/login/", {"login": EMAIL, "password": OLD_PASSWORD})["Location"] == "/betrieb/"
    return client


def enter(client: Client, network: BoundNetwork) -> str:
    response = client.post(f"/betrieb/{network.id}/betreten/", {"reason": REASON})
    assert response["Location"] == f"/betrieb/{network.id}/"
    return response["Location"]


def test_operator_sees_numbers_of_all_networks(door: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_person(roles=(Role.MANAGER,))
        make_person()
        make_person(state=MembershipState.REQUESTED)
    rows = {numbers.network.slug: numbers for numbers, _visit in door.get("/betrieb/").context["rows"]}
    found = rows["niedersachsen"]
    assert (found.members, found.managers, found.waiting, found.last_activity) == (2, 1, 1, None)
    assert (rows["bayern"].members, rows["bayern"].waiting) == (0, 0)
    assert "plattform" not in rows


def test_people_of_networks_are_nobody_on_the_front_door(niedersachsen: BoundNetwork, operator: Person) -> None:
    with bind(niedersachsen):
        make_person(email="leitung@example.org", roles=(Role.MANAGER,))
    client = Client(headers={"host": platform().host})
    response = client.post("/konto/login/", {"login": "leitung@example.org", "password": OLD_PASSWORD})
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in response.content.decode()
    assert client.get("/betrieb/")["Location"] == "/konto/login/?next=/betrieb/"


def test_operator_does_not_sign_in_on_a_networks_host(
    niedersachsen: BoundNetwork, door: Client, client_of: Any
) -> None:
    client = client_of(niedersachsen)
    response = client.post("/konto/login/", {"login": EMAIL, "password": OLD_PASSWORD})
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in response.content.decode()
    replayed: Client = client_of(niedersachsen)
    replayed.cookies["sitzung"] = door.cookies["sitzung"].value
    assert replayed.get("/konto/").status_code == 302
    assert replayed.get("/betrieb/").status_code == 404


def test_entering_asks_for_a_reason_and_is_logged_in_both_logs(door: Client, niedersachsen: BoundNetwork) -> None:
    url = f"/betrieb/{niedersachsen.id}/"
    assert door.get(url)["Location"] == f"{url}betreten/"
    assert door.post(f"{url}betreten/", {"reason": ""}).status_code == 422
    with bind(niedersachsen):
        assert not AuditEntry.objects.exists()
    enter(door, niedersachsen)
    with bind(niedersachsen):
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.reason) == ("operator.entered", REASON)
    with bind(platform()):
        assert AuditEntry.objects.filter(action="operator.entered").get().detail["network"] == niedersachsen.name
    assert f"Grund: {REASON}" in door.get(url).content.decode()


def test_manager_reads_who_entered_and_why(door: Client, niedersachsen: BoundNetwork, client_of: Any) -> None:
    enter(door, niedersachsen)
    with bind(niedersachsen):
        manager = make_person(roles=(Role.MANAGER,))
    page = client_of(niedersachsen, manager).get("/verwaltung/protokoll/").content.decode()
    assert "Betrieb (Otto Betrieb) hat das Netzwerk betreten." in page
    assert f"Begründung: {REASON}" in page


def test_visit_ends_after_half_an_hour(door: Client, niedersachsen: BoundNetwork) -> None:
    url = enter(door, niedersachsen)
    with time_machine.travel(timezone.now() + timedelta(minutes=29)):
        assert door.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=30, seconds=1)):
        assert door.get(url)["Location"] == f"{url}betreten/"
        assert door.post(url, {"email": "x@example.org", "reason": "x"})["Location"] == f"{url}betreten/"


def test_visit_of_one_network_opens_no_other(door: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    enter(door, niedersachsen)
    for path in ("", "protokoll/", "mitglieder/1/rollen/"):
        url = f"/betrieb/{bayern.id}/{path}"
        assert door.get(url)["Location"] == f"/betrieb/{bayern.id}/betreten/"


def test_leaving_ends_the_visit(door: Client, niedersachsen: BoundNetwork) -> None:
    url = enter(door, niedersachsen)
    assert door.post(f"{url}verlassen/")["Location"] == "/betrieb/"
    assert door.get(url)["Location"] == f"{url}betreten/"
    with bind(niedersachsen):
        assert [entry.action for entry in AuditEntry.objects.all()] == ["operator.left", "operator.entered"]


def test_unknown_network_and_the_platform_itself_cannot_be_entered(door: Client) -> None:
    assert door.get("/betrieb/999999/betreten/").status_code == 404
    assert door.get("/betrieb/0/betreten/").status_code == 404


def test_member_becomes_manager_at_once(door: Client, niedersachsen: BoundNetwork, post_of: Any) -> None:
    with bind(niedersachsen):
        person = make_person("Lena Leitung", email="lena@example.org")
    url = enter(door, niedersachsen)
    assert "Lena Leitung" in door.get(url).content.decode()
    assert door.post(url, {"email": "Lena@example.org", "reason": REASON}).status_code == 302
    with bind(niedersachsen):
        assert Membership.objects.get(person=person).is_manager
    page = door.get(f"{url}protokoll/").content.decode()
    assert "Betrieb (Otto Betrieb) hat Lena Leitung die Rolle „Netzwerkleitung“ gegeben." in page


def test_first_manager_is_invited_by_mail_and_opens_an_account(
    door: Client, niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    url = enter(door, niedersachsen)
    door.post(url, {"email": "neu@example.org", "reason": REASON})
    mail = post_of(niedersachsen).last()
    assert (mail.kind, mail.address) == ("account.invited", "neu@example.org")
    assert "Netzwerkleitung" in mail.body
    assert "noch nicht angenommen" in door.get(url).text
    client = client_of(niedersachsen)
    link = post_of(niedersachsen).link()
    assert 'type="password"' in client.get(link).content.decode()
    weak = client.post(link, form_data(password1="kurz"))
    assert weak.status_code == 422
    assert client.post(link, form_data()).status_code == 302
    with bind(niedersachsen):
        member = Membership.objects.select_related("person").get(person__email="neu@example.org")
        assert member.is_manager
        assert not JoinLink.objects.filter(used=None).exists()
    assert "noch nicht angenommen" not in door.get(url).text
    assert client.post("/konto/login/", {"login": "neu@example.org", "password": PASSWORD})["Location"] == "/"
    assert client.get("/verwaltung/").status_code == 200
    kinds = [kind for kind, _ in post_of(niedersachsen).all()]
    assert kinds == ["account.invited", "membership.admitted"]


def test_roles_are_changed_inside_and_the_last_manager_may_be_replaced(
    door: Client, niedersachsen: BoundNetwork
) -> None:
    with bind(niedersachsen):
        person = make_person("Lena Leitung", roles=(Role.MANAGER,))
        membership = Membership.objects.get(person=person)
    url = f"{enter(door, niedersachsen)}mitglieder/{membership.pk}/rollen/"
    assert "Lena Leitung hat bisher: Netzwerkleitung." in door.get(url).content.decode()
    data = {"step": "revoke", "role": "manager", "reason": "Stelle gewechselt"}
    assert door.post(url, data).status_code == 302
    with bind(niedersachsen):
        assert Membership.objects.get(person=person).roles == []


def test_members_of_a_network_that_was_not_entered_are_not_found(
    door: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(bayern):
        membership = Membership.objects.get(person=make_person())
    url = f"{enter(door, niedersachsen)}mitglieder/{membership.pk}/rollen/"
    assert door.get(url).status_code == 404


def test_only_operators_enter(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        manager = visitor_of(make_person(roles=(Role.MANAGER,)))
        with pytest.raises(NotAllowed):
            operation.enter(visitor=manager, network_id=niedersachsen.id, reason="x")


def test_operator_without_second_factor_is_sent_to_set_it_up(door: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert door.get("/betrieb/")["Location"] == "/konto/2fa/totp/activate/"


def test_own_page_and_logs_of_the_front_door(door: Client, niedersachsen: BoundNetwork) -> None:
    enter(door, niedersachsen)
    assert "Zweite Stufe beim Einloggen" in door.get("/konto/").content.decode()
    page = door.get("/betrieb/protokoll/").content.decode()
    assert "Otto Betrieb hat das Netzwerk Transferagentur Niedersachsen betreten." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_networks_takes_the_same_queries(
    door: Client, niedersachsen: BoundNetwork, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        for _ in range(rows):
            make_person()
    door.get("/betrieb/")
    with django_assert_num_queries(8):
        door.get("/betrieb/")


def test_command_makes_the_first_operator_and_names_the_link(db: None) -> None:
    out = StringIO()
    call_command("create_operator", "Erste@example.org", stdout=out)
    call_command("create_operator", "erste@example.org", stdout=out)
    with bind(platform()):
        assert Membership.objects.filter(person__email="erste@example.org").get().is_operator
        assert AuditEntry.objects.filter(action="operator.appointed").count() == 1
    path = out.getvalue().split("http://localhost")[1].split("\n")[0].lstrip(":0123456789")
    client = Client(headers={"host": platform().host})
    form_url = client.get(path)["Location"]
    client.post(form_url, {"password1": PASSWORD})
    signed_in = client.post("/konto/login/", {"login": "erste@example.org", "password": PASSWORD})
    assert signed_in["Location"] == "/betrieb/"


def test_guests_of_the_front_door_can_sign_in_but_not_sign_up(niedersachsen: BoundNetwork, client_of: Any) -> None:
    front = Client(headers={"host": platform().host}).get("/").content.decode()
    assert re.findall(r'href="(/konto/[^"]*)">([^<]+)<', front) == [("/konto/login/", "Einloggen als Betrieb")]
    own = client_of(niedersachsen).get("/").content.decode()
    assert re.findall(r'href="(/konto/login/[^"]*)">([^<]+)<', own)[:1] == [("/konto/login/", "Einloggen")]


def test_front_door_of_a_signed_in_operator_leads_to_the_operators_pages(door: Client) -> None:
    front = door.get("/").content.decode()
    assert 'href="/betrieb/"' in front
    assert "Einloggen als Betrieb" not in front


def test_first_start_in_the_documents_ends_with_somebody_who_can_go_on() -> None:
    text = (Path(__file__).resolve().parents[2] / "platform" / "docs" / "operations.md").read_text()
    first_start = text.partition("## First start")[2].partition("\n## ")[0]
    steps = re.findall(r"^(?:\S+=… )?manage\.py (\w+)", first_start, re.MULTILINE)
    assert steps == ["setup_database", "migrate", "collectstatic", "create_network", "create_operator"]


def test_operators_are_made_on_the_platform_alone(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValueError, match="platform"):
        create_operator(email=EMAIL)


def test_loaded_member_is_the_same_account_in_both_networks(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, verden: Any
) -> None:
    people = []
    for network, roles in ((niedersachsen, [Role.EDITOR]), (bayern, [])):
        with bind(network):
            for _ in range(2):
                person = create_member(
                    email="demo@example.org",
                    password=PASSWORD,
                    first_name="Dana",
                    last_name="Demo",
                    function="koko",
                    municipality=verden,
                    roles=roles,
                )
                people.append(person.pk)
            assert Membership.objects.get(person=person).roles == roles
    assert len(set(people)) == 1
