"""Two people have one form open. The second one is told, and nothing that either of them wrote is lost."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.events.models import ProgrammeItem, Registration
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.browser_forms import form_in
from tests.factories.catalogue import load_vocabulary
from tests.factories.events import make_event
from tests.factories.people import make_person
from tests.whole_rows.cases import CASES, EVENT, Case, Field

OF_SEVERAL_FIELDS = [case for case in CASES if case.fields[0].name != case.fields[1].name]
ORDERS = {"hin": (0, 1), "her": (1, 0)}
AGAIN = "senden Sie das Formular dann noch einmal."


class Desks:
    """Two browsers, and the address that both open."""

    def __init__(self, network: BoundNetwork, client_of: Callable[..., Client], case: Case) -> None:
        self.network, self.case = network, case
        with bind(network):
            load_vocabulary()
            first = make_person("Anna Erst", roles=(case.role,))
            second = first if case.own else make_person("Bodo Zwei", roles=(case.role,))
            self.address = case.make(first)
        self.first, self.second = client_of(network, first), client_of(network, second)
        self.told = (
            "Diese Angaben wurden inzwischen an anderer Stelle geändert."
            if case.own
            else "Inzwischen hat Anna Erst diese Angaben geändert."
        )
        self.shown = [self.read(self.open(browser)) for browser in (self.first, self.second)]

    def open(self, browser: Client) -> Any:
        answer = browser.get(self.address)
        assert answer.status_code == 200
        return answer

    def read(self, answer: Any) -> dict[str, Any]:
        return {**form_in(answer), **self.case.by_script}

    def send(self, browser: Client, shown: dict[str, Any], field: Field, value: Any) -> Any:
        return browser.post(self.address, {**shown, field.name: value})

    def stored(self) -> dict[str, str]:
        with bind(self.network):
            return dict(self.case.stored())

    def mails(self) -> int:
        with bind(self.network):
            return int(Mail.objects.count())


@pytest.fixture(params=CASES, ids=str)
def desks(request: pytest.FixtureRequest, niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Desks:
    return Desks(niedersachsen, client_of, request.param)


def text(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def told(desks: Desks, answer: Any) -> str:
    """The answer's text, once it is sure that it stopped and says why."""
    assert answer.status_code == (200 if desks.case.cms else 422)
    found = text(answer)
    assert desks.told in found
    assert AGAIN in found
    return found


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("desks", OF_SEVERAL_FIELDS, indirect=True, ids=str)
def test_each_changes_another_field(desks: Desks, order: str) -> None:
    one, two = (desks.case.fields[place] for place in ORDERS[order])
    before = desks.stored()
    answer = desks.send(desks.first, desks.shown[0], one, one.first)
    assert answer.status_code == 302, answer.context["form"].errors
    mails = desks.mails()
    answer = desks.send(desks.second, desks.shown[1], two, two.first)
    told(desks, answer)
    assert desks.stored() == {**before, one.name: one.first}
    assert desks.mails() == mails
    again = desks.read(answer)
    assert (again[one.name], again[two.name]) == (one.first, two.first)
    assert desks.second.post(desks.address, again).status_code == 302
    assert desks.stored() == {**before, one.name: one.first, two.name: two.first}


@pytest.mark.parametrize("order", ORDERS)
def test_both_change_the_same_field(desks: Desks, order: str) -> None:
    field = desks.case.fields[ORDERS[order][0]]
    before = desks.stored()
    answer = desks.send(desks.first, desks.shown[0], field, field.second)
    assert answer.status_code == 302, answer.context["form"].errors
    answer = desks.send(desks.second, desks.shown[1], field, field.first)
    found = told(desks, answer)
    assert f"„{field.shown or field.second}“" in found or (field.shown or field.second) in found
    assert desks.stored() == {**before, field.name: field.second}
    again = desks.read(answer)
    assert again[field.name] == field.first
    assert desks.second.post(desks.address, again).status_code == 302
    assert desks.stored() == {**before, field.name: field.first}


@pytest.fixture
def editors(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Desks:
    return Desks(niedersachsen, client_of, next(case for case in CASES if case.form == EVENT))


def test_venue_of_the_first_stays_and_nobody_is_told_twice(editors: Desks) -> None:
    """The one saves another venue, the other a word in the description."""
    venue, summary = editors.case.fields
    before = editors.mails()
    editors.send(editors.first, editors.shown[0], venue, "Kreishaus")
    assert editors.mails() == before + 1
    answer = editors.send(editors.second, editors.shown[1], summary, "Ein Wort dazu.")
    assert "Übernommen ist: „Tagungsstätte“." in text(answer)
    assert editors.second.post(editors.address, editors.read(answer)).status_code == 302
    assert editors.stored() == {"venue": "Kreishaus", "summary": "Ein Wort dazu."}
    assert editors.mails() == before + 1


@pytest.mark.parametrize("touched", [False, True])
def test_programme_line_that_the_first_has_taken_out(editors: Desks, touched: bool) -> None:
    line = {**editors.shown[0], "punkt-2-remove": "on"}
    assert editors.first.post(editors.address, line).status_code == 302
    mine = {**editors.shown[1], "summary": "Ein Wort", **({"punkt-2-title": "Wichtig"} if touched else {})}
    answer = editors.second.post(editors.address, mine)
    assert answer.status_code == 422
    assert "Diesen Programmpunkt gibt es nicht mehr. Wenn Sie unten kein Häkchen setzen, wird er neu angelegt." in text(
        answer
    )
    assert editors.second.post(editors.address, editors.read(answer)).status_code == 302
    with bind(editors.network):
        titles = [item.title for item in ProgrammeItem.objects.order_by("position", "pk")]
    kept = ["Wichtig"] if touched else []
    assert titles == ["Ankommen", "Werkstatt ws1", *kept, "Werkstatt ws3"]


def test_registering_in_two_windows_does_not_overwrite_the_first_one(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        person = make_person()
        make_event(slug="treffen")
    browser, address = client_of(niedersachsen, person), "/veranstaltungen/treffen/anmelden/"
    first, second = form_in(browser.get(address)), form_in(browser.get(address))
    given = {"function": "Leitung", "workshop_1": "ws1"}
    assert browser.post(address, {**first, **given, "access": "Rampe"}).status_code == 302
    answer = browser.post(address, {**second, **given, "food": "vegan"})
    assert "Gespeichert ist inzwischen: „Rampe“." in text(answer)
    with bind(niedersachsen):
        assert Registration.objects.get().answers == {"access": "Rampe", "workshop_1": "ws1"}
