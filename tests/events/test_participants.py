"""The managers' list of participants and its file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from dkbm.core.sheets import safe_cell
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from tests.factories.events import make_event, registered
from tests.factories.people import make_person

ROLES = {
    "guest": 302,
    "waiting": 403,
    "member": 403,
    "editor": 403,
    "manager": 200,
}


@pytest.mark.parametrize("page", ["teilnahme/", "teilnahme/liste.csv"])
@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_only_managers_see_who_comes(
    niedersachsen: BoundNetwork, client_of: Any, page: str, role: str, status: int
) -> None:
    with bind(niedersachsen):
        event = make_event()
        registered(event, make_person("Marker Person"))
        person = {
            "guest": lambda: None,
            "waiting": lambda: make_person(state=MembershipState.REQUESTED),
            "member": make_person,
            "editor": lambda: make_person(roles=(Role.EDITOR,)),
            "manager": lambda: make_person(roles=(Role.MANAGER,)),
        }[role]()
    response = client_of(niedersachsen, person).get(f"{event.get_absolute_url()}{page}")
    assert response.status_code == status
    assert ("Marker Person" in response.content.decode()) is (role == "manager")


def test_list_marks_consents_and_the_waiting(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(capacity=2)
        registered(event, make_person("Zora Ende"), list_consent=True, other={"food": "vegan"})
        registered(event, make_person("Anton Älter"))
        registered(event, make_person("Wanda Warte"))
        manager = make_person(roles=(Role.MANAGER,))
    page = client_of(niedersachsen, manager).get(f"{event.get_absolute_url()}teilnahme/").content.decode()
    names = [page.index(name) for name in ("Anton Älter", "Zora Ende", "Wanda Warte")]
    assert names == sorted(names)
    assert page.index('id="warteliste"') < page.index("Wanda Warte")
    assert page.count(">ja</td>") == 1
    assert "vegan" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_more_people(
    niedersachsen: BoundNetwork, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        event = make_event()
        for _ in range(rows):
            registered(event)
        manager = make_person(roles=(Role.MANAGER,))
    client = client_of(niedersachsen, manager)
    client.get(f"{event.get_absolute_url()}teilnahme/")
    with django_assert_num_queries(9):
        client.get(f"{event.get_absolute_url()}teilnahme/")


def test_file_holds_no_formula(niedersachsen: BoundNetwork, client_of: Any) -> None:
    attack = '=HYPERLINK("http://boese.example";"Klick")'
    with bind(niedersachsen):
        event = make_event()
        person = make_person("@SUM(1) +2", email="gast@niedersachsen.example.org")
        registered(event, person, function=attack, other={"access": "-1+1", "food": "vegan"})
        manager = make_person(roles=(Role.MANAGER,))
    response = client_of(niedersachsen, manager).get(f"{event.get_absolute_url()}teilnahme/liste.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="teilnahme-{event.slug}.csv"'
    head, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert head[:5] == ["Name", "E-Mail", "Funktion", "Kommune", "Stand"]
    assert row[:5] == ["'@SUM(1) +2", "gast@niedersachsen.example.org", f"'{attack}", "", "angemeldet"]
    assert row[6:] == ["Werkstatt ws1", "nein", "nein", "'-1+1", "vegan"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_cell_that_could_be_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Maria Kröger", "1 = 1", "a@b.de"])
def test_other_cells_stay(cell: str) -> None:
    assert safe_cell(cell) == cell
