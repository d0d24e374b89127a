"""A right ends, or a thing goes, between opening a form and sending it: what was typed is shown, with the reason."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from dkbm.accounts.models import Function
from dkbm.events.domain.editing import call_off_event, discard_event
from dkbm.events.models import Event
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.spaces import space_of
from tests.browser_forms import form_in
from tests.factories.events import make_event, registered
from tests.factories.forum import make_topic
from tests.factories.groups import join_group, make_workgroup
from tests.factories.people import make_person
from workgroups.domain.ending import archive_workgroup
from workgroups.enums import Office
from workgroups.models import GroupMembership, Workgroup

TYPED = "Lange <geschrieben>, und nun?"
SPEAKER = "Termine bearbeiten die Redaktion und die Netzwerkleitung"


@dataclass(frozen=True)
class Case:
    """``make(person)``: the address. ``end(person)``: what happens meanwhile. ``field``: where the person writes."""

    name: str
    make: Callable[[Any], str]
    end: Callable[[Any], None]
    field: str
    status: int
    reason: str
    roles: tuple[str, ...] = ()


def manager() -> Any:
    return visitor_of(make_person(roles=("manager",)))


def lose_roles(person: Any) -> None:
    Membership.objects.filter(person=person).update(roles=[])


def sign_out(person: Any) -> None:
    Membership.objects.filter(person=person).update(state=MembershipState.LEFT)


def make_meeting(person: Any) -> str:
    make_event(slug="treffen")
    return "/veranstaltungen/treffen/-/bearbeiten/"


def call_off(person: Any) -> None:
    call_off_event(event=Event.objects.get(), reason="Saal gesperrt", visitor=manager())


def make_draft(person: Any) -> str:
    address = make_meeting(person)
    Event.objects.update(state="draft")
    return address


def speak(person: Any) -> Workgroup:
    group = make_workgroup("ag1")
    join_group(group, person, office=Office.SPEAKER)
    return group


def make_group_meeting(person: Any, visibility: str = "members") -> str:
    group = speak(person)
    address = make_meeting(person)
    Event.objects.update(group_id=group.pk, visibility=visibility)
    return address


def archive(person: Any) -> None:
    archive_workgroup(group=Workgroup.objects.get(), visitor=manager())


def leave_group(person: Any) -> None:
    GroupMembership.objects.filter(person=person).delete()


def make_group_topic(person: Any) -> str:
    return make_topic(person, space=space_of(speak(person))).get_absolute_url()


def register(person: Any) -> str:
    registered(make_event(slug="treffen"), person)
    return "/veranstaltungen/treffen/anmelden/"


CASES = (
    Case("Termin, keine Redaktion mehr", make_meeting, lose_roles, "summary", 403, SPEAKER, ("editor",)),
    Case(
        "Termin, abgesagt", make_meeting, call_off, "summary", 403,
        "Die Veranstaltung ist abgesagt und wird nicht mehr geändert.", ("editor",),
    ),
    Case(
        "Termin, verworfen", make_draft,
        lambda person: discard_event(event=Event.objects.get(), visitor=manager()),
        "summary", 404, "Diese Seite gibt es nicht", ("editor",),
    ),
    Case(
        "Termin, Gruppe archiviert", make_group_meeting, archive, "summary", 403,
        "Die Gruppe ist abgeschlossen oder archiviert. Ihre Termine können nur noch gelesen werden.",
    ),
    Case("Termin, kein Amt mehr", make_group_meeting, leave_group, "summary", 403, SPEAKER),
    Case(
        "Termin der Gruppe, nicht mehr darin", lambda person: make_group_meeting(person, "group"), leave_group,
        "summary", 404, "Diese Seite gibt es nicht",
    ),
    Case(
        "Neuer Termin, keine Redaktion mehr", lambda person: "/veranstaltungen/-/anlegen/", lose_roles,
        "summary", 403, SPEAKER, ("editor",),
    ),
    Case("Absage, schon abgesagt", lambda person: f"{make_meeting(person)[:-len('bearbeiten/')]}absagen/", call_off,
         "reason", 200, "Die Veranstaltung ist schon abgesagt.", ("editor",)),
    Case("Anmeldung, abgesagt", register, call_off, "access", 403, "Die Veranstaltung ist abgesagt."),
    Case(
        "Beitrag, nicht mehr in der Gruppe", make_group_topic, leave_group, "text", 404,
        "Dieser Bereich ist für die Mitglieder der Gruppe",
    ),
    Case(
        "Beitrag, nicht mehr im Netzwerk", make_group_topic, sign_out, "text", 403, "Das Forum ist für Mitglieder"
    ),
    Case(
        "Untergruppe, nicht mehr in der Gruppe", lambda person: f"/ag/{speak(person).slug}/-/untergruppe-gruenden/",
        leave_group, "question", 403, "",
    ),
    Case(
        "Rundschreiben, kein Amt mehr", lambda person: f"/ag/{speak(person).slug}/-/rundschreiben/neu/", leave_group,
        "text", 403, "An die Gruppe schreiben können nur",
    ),
    Case(
        "Rundschreiben, keine Leitung mehr", lambda person: "/rundschreiben/neu/", lose_roles,
        "text", 403, "An das Netzwerk schreiben kann nur die Netzwerkleitung.", ("manager",),
    ),
    Case(
        "Angaben einer AG, keine Leitung mehr", lambda person: f"/ag/{make_workgroup('ag1').slug}/-/bearbeiten/",
        lose_roles, "description", 403, "", ("manager",),
    ),
    Case(
        "Funktion, keine Leitung mehr",
        lambda person: f"/verwaltung/funktionen/{Function.objects.get(slug='koko').pk}/",
        lose_roles, "label", 403, "", ("manager",),
    ),
    Case("Profil, ausgetreten", lambda person: "/konto/profil/", sign_out, "about", 200, "Einloggen"),
    Case("Termin, ausgeloggt", make_meeting, sign_out, "summary", 200, "Einloggen", ("editor",)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_typed_is_shown_with_the_reason(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], case: Case
) -> None:
    with bind(niedersachsen):
        person = make_person("Anna Erst", roles=case.roles)
        address = case.make(person)
    browser = client_of(niedersachsen, person)
    opened = browser.get(address)
    assert opened.status_code == 200
    with bind(niedersachsen):
        case.end(person)
    answer = browser.post(address, {**form_in(opened), case.field: TYPED}, follow=True)
    assert answer.status_code == case.status
    page = BeautifulSoup(answer.content, "html.parser")
    assert TYPED in [field.text.strip() for field in page.select("textarea")] + [
        field.get("value") for field in page.select("input")
    ]
    assert case.reason in " ".join(html.unescape(page.get_text()).split())


def test_expired_form_gives_the_text_back_to_a_page_of_ours_alone(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        person = make_person()
        address = make_topic(person).get_absolute_url()
    browser = client_of(niedersachsen, person, enforce_csrf_checks=True)
    for origin, is_shown in ((f"http://{niedersachsen.host}", True), ("https://anderswo.example", False)):
        answer = browser.post(address, {"text": TYPED}, headers={"origin": origin})
        assert answer.status_code == 403
        assert (TYPED in html.unescape(answer.text)) is is_shown


def test_passwords_are_never_handed_back(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    answer = client_of(niedersachsen).post("/konto/gibt-es-nicht/", {"password1": "geheim-geheim", "text": TYPED})
    assert answer.status_code == 404
    assert "geheim-geheim" not in answer.text
    assert TYPED in html.unescape(answer.text)
