"""Help where one hesitates: first steps, questions, and a form that reaches whoever is responsible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from dkbm.cms.models import StandardPage
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind, require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Network
from tests.factories.people import make_person

Browser = Callable[..., Client]
TYPED = {"name": "Gast Gerne", "email": "gast@example.org", "subject": "Aufnahme", "text": "Wie lange dauert es?\nGruß"}
FORM = "/hilfe/kontakt/"


def contact_is(network: BoundNetwork, address: str) -> None:
    with bind(network):
        Network.objects.filter(pk=network.id).update(contact_email=address)


def test_every_page_says_who_is_responsible_and_leads_to_help(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    guest = client_of(niedersachsen)
    for path in ("/", "/impressum/", "/konto/login/", "/gibt-es-nicht/"):
        foot = guest.get(path).content.decode().partition("<footer")[2].partition("</footer>")[0]
        assert "Verantwortlich: Transferagentur Niedersachsen" in foot
        assert 'href="/hilfe/"' in foot
        assert f'href="{FORM}"' in foot


def test_help_leads_to_pages_that_editors_change_and_take_away(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    guest = client_of(niedersachsen)
    page = guest.get("/hilfe/").content.decode()
    for slug, title in (("erste-schritte", "Erste Schritte"), ("fragen-und-antworten", "Fragen und Antworten")):
        assert f'<a href="/{slug}/">{title}</a>' in page
        assert guest.get(f"/{slug}/").status_code == 200
    with bind(niedersachsen):
        StandardPage.objects.get(slug="erste-schritte").unpublish()
    assert "Erste Schritte" not in guest.get("/hilfe/").content.decode()


def test_guest_writes_to_the_contact_address_and_is_answered_directly(
    niedersachsen: BoundNetwork, client_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = client_of(niedersachsen)
    with bind(niedersachsen):
        make_person(roles=("manager",), email="leitung@example.org")
    guest.post(FORM, TYPED)
    contact_is(niedersachsen, "agentur@example.org")
    from dkbm.tenancy.hosts import forget_hosts

    forget_hosts()
    assert guest.post(FORM, TYPED)["Location"] == "/hilfe/"
    with bind(niedersachsen):
        letters = list(Mail.objects.filter(kind="network.contact").order_by("pk"))
        assert [letter.address for letter in letters] == ["leitung@example.org", "agentur@example.org"]
        assert [build_message(letter, require_network()).reply_to for letter in letters] == [["gast@example.org"]] * 2
    assert letters[1].subject == "Anfrage an das Netzwerk: Aufnahme"
    assert TYPED["text"] in letters[1].body


def test_bad_address_and_too_many_messages_keep_the_typed_text(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        cache.clear()
        make_person(roles=("manager",))
    guest = client_of(niedersachsen)
    refused = [guest.post(FORM, {**TYPED, "email": "gast"})]
    assert [guest.post(FORM, TYPED).status_code for _time in range(5)] == [302] * 5
    refused.append(guest.post(FORM, TYPED))
    for answered in refused:
        assert answered.status_code == 422
        assert "Wie lange dauert es?" in answered.content.decode()
    assert "Bitte warten Sie eine Stunde." in refused[1].content.decode()
    with bind(niedersachsen):
        assert Mail.objects.filter(kind="network.contact").count() == 5


def test_who_waits_or_is_refused_finds_the_way_to_the_network(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        waiting = make_person("Willi Wartet", state=MembershipState.REQUESTED)
        member = make_person("Maria Mitglied")
    for person, path in (
        (waiting, "/konto/"),
        (waiting, f"/konto/person/{member.pk}/"),
        (waiting, "/forum/"),
        (None, "/forum/"),
        (member, "/verwaltung/"),
        (None, "/gibt-es-nicht/"),
        (None, "/konto/confirm-email/"),
    ):
        content = (
            client_of(niedersachsen, person).get(path).content.decode().partition("<main")[2].partition("</main>")[0]
        )
        assert "Schreiben Sie uns" in content, path
    own = client_of(niedersachsen, member).get(FORM).content.decode()
    assert 'value="Maria Mitglied"' in own
    assert f'value="{member.email}"' in own
    waits = client_of(niedersachsen, waiting).get("/konto/").content.decode()
    assert "prüft Ihre Anfrage" in waits


def test_how_long_it_takes_is_said_by_the_network_alone(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        waiting = make_person(state=MembershipState.REQUESTED)
        manager = client_of(niedersachsen, make_person(roles=("manager",)))
    pages = ((client_of(niedersachsen), "/konto/signup/"), (client_of(niedersachsen, waiting), "/konto/"))
    for client, path in (*pages, (client_of(niedersachsen), "/erste-schritte/")):
        assert [word for word in ("dauert", "Arbeitstag", "Woche") if word in client.get(path).text] == []
    note = "Wir melden uns meist innerhalb einer Woche."
    assert manager.post("/verwaltung/hinweis/", {"note": "x" * 201}).status_code == 422
    assert manager.post("/verwaltung/hinweis/", {"note": note})["Location"] == "/verwaltung/"
    assert [note in client.get(path).text for client, path in pages] == [True, True]
    assert f'value="{note}"' in manager.get("/verwaltung/hinweis/").text
    assert 'href="/verwaltung/hinweis/"' in manager.get("/verwaltung/").text


def test_form_is_about_what_led_there(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    about = "Masterplan\u202e Bildung\n" + "x" * 200
    form = client_of(niedersachsen).get(FORM, {"zu": about}).context["form"]
    assert form["subject"].value() == ("Masterplan Bildung " + "x" * 200)[:150]
