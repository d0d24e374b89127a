"""`/katalog/<slug>/pdf/`: who gets which of the two, what stands in it, and what happens until it is made."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import CollectionViewRestriction

from dkbm.cms.models import NetworkImage
from dkbm.printing.domain.printing import make
from dkbm.printing.enums import PrintState
from dkbm.printing.models import Printed
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from goodpractice.domain.printing import item_document
from goodpractice.domain.queries.detail import item_by_slug
from goodpractice.domain.saving import Contact
from goodpractice.models import TransfergegenstandPage
from tests.factories.catalogue import archive, make_item
from tests.factories.people import make_person
from tests.factories.publications import make_image

pytestmark = pytest.mark.usefixtures("vocabulary", "media")

PDF = "/katalog/bildungsbuero/pdf/"
CONTACT = Contact("Leitung", "Büro", name="Erika Muster", phone="04231 15-0", mail="erika@example.org")
OPEN = Contact("Zentrale", phone="04231 99", mail="amt@example.org", web="https://www.verden.de", contact_public=True)
ROLES = ("guest", "waiting", "member", "editor", "manager")


@pytest.fixture
def clients(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> dict[str, Client]:
    with bind(niedersachsen):
        people = {
            "guest": None,
            "waiting": make_person(state="requested"),
            "member": make_person(),
            "editor": make_person(roles=("editor",)),
            "manager": make_person(roles=("manager",)),
        }
    return {name: client_of(niedersachsen, person) for name, person in people.items()}


def make_all(network: BoundNetwork) -> None:
    """What the worker does."""
    with bind(network):
        for printed in Printed.objects.filter(state=PrintState.WAITING):
            make(printed_id=printed.pk)


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_page_waits_and_then_offers_the_pdf(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item(title="Büro für alle")
    waiting = clients["guest"].get(PDF)
    assert waiting.status_code == 202
    assert "Das PDF wird erstellt." in waiting.text
    assert f'href="{PDF}"' in waiting.text
    assert 'href="/katalog/bildungsbuero/"' in waiting.text
    assert clients["guest"].head(PDF).status_code == 202
    make_all(niedersachsen)
    ready = clients["guest"].get(PDF)
    assert (ready.status_code, ready["Content-Type"]) == (200, "application/pdf")
    assert ready["Content-Disposition"] == 'attachment; filename="buero-fuer-alle.pdf"'
    assert ready["Cache-Control"] == "private, no-store"
    assert content(ready).startswith(b"%PDF-")


def test_failure_is_said(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item()
        clients["guest"].get(PDF)
        Printed.objects.update(state=PrintState.FAILED)
    page = clients["guest"].get(PDF)
    assert page.status_code == 503
    assert "Das PDF ließ sich nicht erstellen." in page.text


@pytest.mark.parametrize(
    ("visibility", "made"),
    [
        ("public", dict.fromkeys(("guest", "waiting"), "public") | dict.fromkeys(ROLES[2:], "members")),
        ("members", dict.fromkeys(("guest", "waiting"), "") | dict.fromkeys(ROLES[2:], "members")),
        ("archived", dict.fromkeys(ROLES[:3], "") | dict.fromkeys(ROLES[3:], "members")),
    ],
)
def test_each_role_gets_its_variant(
    niedersachsen: BoundNetwork, clients: dict[str, Client], visibility: str, made: dict[str, str]
) -> None:
    """``made``: role -> audience of the PDF, empty for a 404."""
    with bind(niedersachsen):
        item = make_item(contacts=[CONTACT, OPEN], visibility="members" if visibility == "members" else "public")
        if visibility == "archived":
            archive(item)
        for role, audience in made.items():
            Printed.objects.all().delete()
            assert clients[role].get(PDF).status_code == (202 if audience else 404), role
            found = Printed.objects.first()
            assert (found.about if found else "") == (f"goodpractice.item:{item.pk}:{audience}" if audience else "")
            said = json.dumps(found.content, ensure_ascii=False) if found else ""
            for secret in ("Erika Muster", "04231 15-0", "tel:04231150", "erika@example.org"):
                assert (secret in said) == (audience == "members"), (role, secret)
            for shown in ("Leitung", "04231 99", "amt@example.org"):
                assert (shown in said) == bool(audience), (role, shown)


def test_guest_never_gets_what_was_made_for_members(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item(contacts=[CONTACT])
    clients["member"].get(PDF)
    make_all(niedersachsen)
    for_members = content(clients["member"].get(PDF))
    assert clients["guest"].get(PDF).status_code == 202
    make_all(niedersachsen)
    assert content(clients["guest"].get(PDF)) != for_members
    with bind(niedersachsen):
        stored = [printed.file.name for printed in Printed.objects.all()]
    assert [clients["manager"].get(f"/datei/{name}").status_code for name in stored] == [404, 404]


def test_foreign_example_is_not_there(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(bayern):
        make_item()
    assert {client.get(PDF).status_code for client in clients.values()} == {404}
    with bind(niedersachsen):
        assert not Printed.objects.exists()


def test_all_members_share_one_and_a_change_makes_it_anew(
    niedersachsen: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(niedersachsen):
        make_item()
    clients["member"].get(PDF)
    make_all(niedersachsen)
    same = {content(clients[role].get(PDF)) for role in ("member", "editor", "manager")}
    assert len(same) == 1
    with bind(niedersachsen):
        assert Printed.objects.count() == 1
        make_item(summary="Anders gesagt.")
    assert clients["member"].get(PDF).status_code == 202
    with bind(niedersachsen):
        assert Printed.objects.count() == 1


def test_all_of_the_page_is_in_it(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_item(
            initiierung="Am Anfang <b>.",
            resources="Zwei Stellen",
            success_factors=["Geduld"],
            transfer_notes="Klein beginnen.",
            figures=[{"label": "Stellen", "value": 2, "unit": "Stellen", "year": 2021}],
            links=["www.verden.de"],
            topics=["Ganztag"],
            source="Blickpunkt 2021",
            contacts=[OPEN],
            checked_on=datetime.date(2026, 10, 12),
        )
        page = TransfergegenstandPage.objects.get()
        page.timeline = [("milestone", {"when": "2019", "what": "Beschluss des Kreistags"})]
        page.save_revision().publish()
        said = json.dumps(_document().content, ensure_ascii=False)
    for text in (
        *("Bildungsbuero", "Instrument", "Landkreis Verden", "1 Eine Strategie entwickeln", "Kurz gesagt."),
        *("Am Anfang <b>.", "Zwei Stellen", "Geduld", "Klein beginnen.", "2 Stellen", "2021", "https://www.verden.de"),
        *("Ganztag", "Blickpunkt 2021", "Zentrale", "tel:0423199", "2019", "Beschluss des Kreistags"),
        *("Zuletzt geprüft am 12. Oktober 2026.", "http://niedersachsen.localhost:8000/katalog/bildungsbuero/"),
    ):
        assert text in said, text


@pytest.mark.parametrize(("kind", "shown_to"), [("", ["public", "members"]), ("login", ["members"]), ("groups", [])])
def test_picture_is_in_it_where_all_its_readers_may_see_it(
    niedersachsen: BoundNetwork, kind: str, shown_to: list[str]
) -> None:
    """``kind``: of the restriction of its collection. The page asks for each reader, a PDF no more."""
    with bind(niedersachsen):
        image = make_image(public=False)
        inner = image.collection.add_child(name="Für wenige")
        NetworkImage.objects.update(collection=inner)
        image = NetworkImage.objects.get()
        make_item()
        page = TransfergegenstandPage.objects.get()
        page.picture, page.picture_alt = image, "Das Haus"
        page.material = [("picture", {"image": image, "caption": ""})]
        page.save_revision().publish()
        if kind:
            CollectionViewRestriction.objects.create(collection=inner, restriction_type=kind)
        found = {"public": guest(), "members": visitor_of(make_person())}
        for audience, visitor in found.items():
            names = {"picture", "material0"} if audience in shown_to else set()
            assert set(_document(visitor).pictures) == names, audience


def test_withdrawn_text_leaves_the_facts(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_item()
        TransfergegenstandPage.objects.get().unpublish()
        said = json.dumps(_document().content, ensure_ascii=False)
    assert "wird gerade überarbeitet" in said
    assert "Kurz gesagt." not in said


def _document(visitor: Visitor | None = None) -> Any:
    visitor = visitor or guest()
    item = item_by_slug("bildungsbuero", visitor)
    assert item is not None
    return item_document(item, visitor)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    niedersachsen: BoundNetwork,
    clients: dict[str, Client],
    rows: int,
    django_assert_num_queries: Any,
    media: Path,
) -> None:
    with bind(niedersachsen):
        make_item(contacts=[CONTACT] * rows, topics=[f"Thema{number}" for number in range(rows)])
    clients["member"].get(PDF)
    make_all(niedersachsen)
    with django_assert_num_queries(11):
        content(clients["member"].get(PDF))
