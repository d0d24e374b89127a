"""Who gets which answer on the pages of accounts: URL x role, on both networks' hosts and on the front door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.people import create_operator
from dkbm.accounts.models import TrustedMailDomain
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.models import Membership
from tests.access.urls import front_door_patterns, network_patterns
from tests.factories.people import function_named, make_person
from tests.factories.portraits import put_portrait

ROLES = ("guest", "waiting", "member", "editor", "manager")
OPEN = (200, 200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200)
MANAGERS = (302, 403, 403, 403, 200)
MANAGERS_POST = (302, 403, 403, 403, 302)

GET = {
    "accounts:home": ("/konto/", SIGNED_IN),
    "accounts:profile": ("/konto/profil/", SIGNED_IN),
    "accounts:edit_portrait": ("/konto/bild/", SIGNED_IN),
    # Whose it is and whom they show it to stands in tests/accounts/test_portraits.py.
    "accounts:own_portrait": ("/konto/bild/{portrait}/ganz/", (302, 404, 200, 404, 404)),
    "accounts:portrait": ("/konto/bild/{portrait}/klein/", (404, 404, 200, 200, 200)),
    "accounts:person": ("/konto/person/{person}/", (302, 403, 200, 200, 200)),
    "accounts:write": ("/konto/person/{person}/nachricht/", (302, 403, 403, 200, 200)),
    "accounts:leave": ("/konto/austreten/", (302, 200, 200, 200, 403)),  # the last manager is told why not
    "accounts:terms": ("/konto/nutzungsbedingungen/", OPEN),
    "accounts:signup": ("/konto/signup/", (200, 302, 302, 302, 302)),
    "accounts:confirm_address": ("/konto/confirm-email/a:b:c/", (410, 410, 410, 410, 410)),
    "accounts:join": ("/konto/beitreten/a:b:c/", (410, 410, 410, 410, 410)),
    "management:requests": ("/verwaltung/", MANAGERS),
    "management:waiting_note": ("/verwaltung/hinweis/", MANAGERS),
    "management:members": ("/verwaltung/mitglieder/", MANAGERS),
    "management:domains": ("/verwaltung/domains/", MANAGERS),
    "management:functions": ("/verwaltung/funktionen/", MANAGERS),
    "management:function": ("/verwaltung/funktionen/{function}/", MANAGERS),
    "management:merge_function": ("/verwaltung/funktionen/{function}/zusammenfuehren/", MANAGERS),
    "management:log": ("/verwaltung/protokoll/", MANAGERS),
    "management:refuse": ("/verwaltung/anfragen/{waiting}/ablehnen/", MANAGERS),
    "management:roles": ("/verwaltung/mitglieder/{member}/rollen/", MANAGERS),
}
POST = {
    "accounts:confirm_request": ("/konto/anfrage-bestaetigen/", (302, 302, 302, 302, 302)),
    "accounts:remove_portrait": ("/konto/bild/loeschen/", (302, 302, 302, 302, 302)),
    "management:admit": ("/verwaltung/anfragen/{waiting}/aufnehmen/", MANAGERS_POST),
    "management:remove_domain": ("/verwaltung/domains/{domain}/streichen/", MANAGERS_POST),
    "management:offer_function": ("/verwaltung/funktionen/{function}/anbieten/", MANAGERS_POST),
}
FOREIGN = {
    "accounts:person": ("get", "/konto/person/{person}/"),
    "accounts:write": ("get", "/konto/person/{person}/nachricht/"),
    "accounts:portrait": ("get", "/konto/bild/{portrait}/klein/"),
    "management:refuse": ("get", "/verwaltung/anfragen/{waiting}/ablehnen/"),
    "management:roles": ("get", "/verwaltung/mitglieder/{member}/rollen/"),
    "management:admit": ("post", "/verwaltung/anfragen/{waiting}/aufnehmen/"),
    "management:remove_domain": ("post", "/verwaltung/domains/{domain}/streichen/"),
    "management:function": ("get", "/verwaltung/funktionen/{function}/"),
    "management:merge_function": ("post", "/verwaltung/funktionen/{function}/zusammenfuehren/"),
    "management:offer_function": ("post", "/verwaltung/funktionen/{function}/anbieten/"),
}
"""With another network's ids: 404 for the manager."""
FRONT_DOOR = {
    "operation:networks": "/betrieb/",
    "operation:log": "/betrieb/protokoll/",
    "operation:found": "/betrieb/gruenden/",
    "operation:provider": "/betrieb/betreiber/",
    "operation:order": "/betrieb/gruenden/{order}/",
    "operation:listing": "/betrieb/{network}/eingang/",
    "operation:enter": "/betrieb/{network}/betreten/",
    "operation:leave": "/betrieb/{network}/verlassen/",
    "operation:inside": "/betrieb/{network}/",
    "operation:roles": "/betrieb/{network}/mitglieder/1/rollen/",
    "operation:network_log": "/betrieb/{network}/protokoll/",
}

Make = Callable[..., Client]


def make_people(network: BoundNetwork) -> tuple[dict[str, Any], dict[str, Any]]:
    """A person for each role, and the ids that the URLs need."""
    with bind(network):
        people: dict[str, Any] = {
            "guest": None,
            "waiting": make_person("Willi Wartet", state=MembershipState.REQUESTED),
            "member": make_person("Mia Mitglied"),
            "editor": make_person("Eva Editor", roles=(Role.EDITOR,)),
            "manager": make_person("Lena Leitung", roles=(Role.MANAGER,)),
        }
        ids = {
            "waiting": Membership.objects.get(person=people["waiting"]).pk,
            "member": Membership.objects.get(person=people["member"]).pk,
            "person": people["member"].pk,
            "portrait": put_portrait(people["member"]).key,
            "function": function_named("koko").pk,
            "domain": TrustedMailDomain.objects.create(domain="x.example.org").pk,
        }
    return people, ids


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
@pytest.mark.parametrize("name", GET)
def test_reading(request: pytest.FixtureRequest, client_of: Make, slug: str, name: str) -> None:
    network = request.getfixturevalue(slug)
    people, ids = make_people(network)
    path, expected = GET[name]
    found = tuple(client_of(network, people[role]).get(path.format(**ids)).status_code for role in ROLES)
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


@pytest.mark.parametrize("name", POST)
def test_writing(niedersachsen: BoundNetwork, client_of: Make, name: str) -> None:
    people, ids = make_people(niedersachsen)
    path, expected = POST[name]
    found = tuple(client_of(niedersachsen, people[role]).post(path.format(**ids)).status_code for role in ROLES)
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


@pytest.mark.parametrize("name", FOREIGN)
def test_ids_of_another_network_are_not_found(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Make, name: str
) -> None:
    people, _own = make_people(niedersachsen)
    _people, foreign = make_people(bayern)
    method, path = FOREIGN[name]
    response = getattr(client_of(niedersachsen, people["manager"]), method)(path.format(**foreign))
    assert response.status_code == 404


@pytest.mark.parametrize("name", FRONT_DOOR)
def test_operators_screens_are_closed_to_guests_and_missing_on_networks(
    niedersachsen: BoundNetwork, client_of: Make, name: str
) -> None:
    path = FRONT_DOOR[name].format(network=niedersachsen.id, order=0)
    method = "post" if name == "operation:leave" else "get"
    guest = getattr(Client(headers={"host": platform().host}), method)(path)
    assert (guest.status_code, guest["Location"]) == (302, f"/konto/login/?next={path}")
    people, _ids = make_people(niedersachsen)
    for role in ROLES:
        assert getattr(client_of(niedersachsen, people[role]), method)(path).status_code == 404


@pytest.mark.parametrize("name", FRONT_DOOR)
def test_operators_screens_open_to_operators(niedersachsen: BoundNetwork, client_of: Make, name: str) -> None:
    with bind(platform()):
        operator = create_operator(email="betrieb@example.org", password="x" * 20)
    client = client_of(platform(), operator)
    method = "post" if name == "operation:leave" else "get"
    without_visit = {"operation:networks": 200, "operation:log": 200, "operation:enter": 200, "operation:found": 200}
    without_visit["operation:provider"] = 200
    response = getattr(client, method)(FRONT_DOOR[name].format(network=niedersachsen.id, order=0))
    without_visit["operation:order"] = 404  # there is none
    assert response.status_code == without_visit.get(name, 302)


def test_the_tables_name_every_url_of_accounts() -> None:
    own = ("accounts:", "management:", "operation:")
    names = {pattern.name for pattern in [*network_patterns(), *front_door_patterns()] if pattern.name.startswith(own)}
    assert names == {*GET, *POST, *FRONT_DOOR}
