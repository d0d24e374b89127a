"""The front door says who runs the platform, once an operator has said it; networks go on speaking for themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.people import create_operator
from dkbm.accounts.domain.provider import change_provider
from dkbm.accounts.errors import NotAllowed
from dkbm.audit.models import AuditEntry
from dkbm.cms.domain.provider import ProviderDetails, usual_privacy
from dkbm.cms.models import Provider
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.visitor import guest
from tests.browser_forms import form_in
from tests.factories.people import PASSWORD

FORM = "/betrieb/betreiber/"
TYPED = {
    "name": "Rechenzentrum Musterland",
    "address": "Beispielweg 1\n12345 Musterstadt",
    "represented_by": "Bente Harms",
    "email": "Betrieb@Musterland.example.org",
    "phone": "(030) 23125-000",
    "privacy": "Wir speichern **wenig**.",
}


def operator_named(name: str) -> Client:
    client = Client(headers={"host": platform().host})
    with bind(platform()):
        address = f"{name.lower()}@example.org"
        person = create_operator(email=address, first_name=name, last_name="Betrieb", password=PASSWORD)
        client.force_login(person)
    return client


@pytest.fixture
def operator(db: None) -> Client:
    return operator_named("Otto")


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(headers={"host": platform().host})


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize("path", ["/", "/impressum/", "/datenschutz/", "/konto/login/"])
def test_every_page_leads_to_the_legal_ones(stranger: Client, path: str) -> None:
    found = page(stranger, path)
    assert 'href="/impressum/">Impressum' in found
    assert 'href="/datenschutz/">Datenschutz' in found


@pytest.mark.parametrize("path", ["/impressum/", "/datenschutz/"])
def test_nobody_has_filled_it_in(stranger: Client, operator: Client, path: str) -> None:
    found = page(stranger, path)
    assert "Wer diese Plattform betreibt, ist hier noch nicht eingetragen." in found
    assert FORM not in found
    assert found.count(f'href="{FORM}"') == 0
    found = page(operator, path)
    assert "Tragen Sie ein, wer diese Plattform betreibt." in found
    assert "Hier steht noch nicht, wer diese Plattform betreibt." in found
    assert found.count(f'href="{FORM}"') == 2
    assert f'href="{FORM}"' in page(operator, "/betrieb/")


def test_operator_says_who_and_everybody_reads_it(stranger: Client, operator: Client) -> None:
    shown = form_in(operator.get(FORM))
    assert shown["privacy"].splitlines() == usual_privacy().splitlines()
    with bind(platform()):
        assert not Provider.objects.exists()
    answer = operator.post(FORM, {**shown, **TYPED})
    assert (answer.status_code, answer["Location"]) == (302, "/impressum/")
    for path in ("/", "/impressum/", "/datenschutz/"):
        assert "Betrieben von Rechenzentrum Musterland." in page(stranger, path)
    imprint = page(stranger, "/impressum/")
    assert "Beispielweg 1<br>12345 Musterstadt" in imprint
    assert "Vertreten durch Bente Harms" in imprint
    assert 'href="mailto:betrieb@musterland.example.org"' in imprint
    assert 'href="tel:03023125000"' in imprint
    assert "<p>Wir speichern <strong>wenig</strong>.</p>" in page(stranger, "/datenschutz/")
    assert "Noch steht nirgends" not in page(operator, "/betrieb/")
    with bind(platform()):
        assert AuditEntry.objects.filter(action="provider.changed").count() == 1


def test_two_operators_have_it_open(operator: Client) -> None:
    other = operator_named("Berta")
    first, second = form_in(operator.get(FORM)), form_in(other.get(FORM))
    assert operator.post(FORM, {**first, **TYPED}).status_code == 302
    answer = other.post(FORM, {**second, **TYPED, "phone": "(030) 23125-999"})
    assert answer.status_code == 422
    found = " ".join(answer.content.decode().split())
    assert "Inzwischen hat Otto Betrieb diese Angaben geändert." in found
    assert "(030) 23125-000" in found
    assert other.post(FORM, form_in(answer)).status_code == 302
    with bind(platform()):
        assert Provider.objects.get().phone == "(030) 23125-999"


@pytest.mark.parametrize("name", ["name", "address", "email", "privacy"])
def test_what_the_law_asks_for_is_not_left_out(operator: Client, name: str) -> None:
    answer = operator.post(FORM, {**TYPED, name: ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {name}


def test_only_operators(niedersachsen: BoundNetwork) -> None:
    details = ProviderDetails(**TYPED)
    with bind(platform()), pytest.raises(NotAllowed):
        change_provider(details=details, visitor=guest())
    with bind(niedersachsen), pytest.raises(NotAllowed):
        change_provider(details=details, visitor=guest())


def test_networks_say_nothing_of_it(
    operator: Client, niedersachsen: BoundNetwork, client_of: Callable[..., Any]
) -> None:
    operator.post(FORM, TYPED)
    found = client_of(niedersachsen).get("/").content.decode()
    assert "Rechenzentrum Musterland" not in found
    assert "Verantwortlich: Transferagentur Niedersachsen" in found
