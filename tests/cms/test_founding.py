"""``create_network``: one command makes a network that works."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dkbm.cms.domain.tags import SEED
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import base_url, network_for_host, platform
from dkbm.tenancy.models import Network, NetworkHost


def test_founded_network_works(db: None, client_of: Callable[..., Client]) -> None:
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen", "--host", "netz.hessen.example.org")
    network = network_for_host("netz.hessen.example.org")
    assert network is not None
    guest = client_of(network)
    pages = ("/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/ag/", "/katalog/", "/blickpunkt/")
    assert {page: guest.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    with bind(network):
        assert set(NetworkTag.objects.values_list("slug", flat=True)) == set(SEED)


def test_command_says_how_the_network_gets_its_first_manager(db: None) -> None:
    out = StringIO()
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen", stdout=out)
    done, next_step, unlisted = out.getvalue().splitlines()
    assert done == "Netzwerk „Transferagentur Hessen“ ist eingerichtet."
    assert f"{base_url(platform())}/betrieb/" in next_step
    assert "manage.py create_operator" in next_step
    assert unlisted.startswith("Der Eingang nennt es noch nicht. Auf den Pflichtseiten")
    assert "Hessen" not in Client(headers={"host": platform().host}).get("/").text


def test_long_name_is_shortened_at_a_word(db: None) -> None:
    name = "Transferagentur Kommunales Bildungsmanagement Nordrhein-Westfalen"
    call_command("create_network", "nrw", "--name", name)
    network = network_for_host("nrw.localhost")
    assert network is not None
    assert (network.name, network.short_name) == (name, "Transferagentur Kommunales Bildungsmanagement")


def test_link_to_report_a_barrier_leads_to_its_heading(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    page = client_of(niedersachsen).get("/barrierefreiheit/").text
    anchor = page.split('href="/barrierefreiheit/#')[1].split('"')[0]
    assert f'id="{anchor}"' in page


def test_founding_twice_is_the_same_as_once(db: None) -> None:
    for _time in range(2):
        call_command("create_network", "hessen", "--name", "Transferagentur Hessen")
    network = network_for_host("hessen.localhost")
    assert network is not None
    with bind(network):
        assert NetworkTag.objects.count() == len(SEED)


def test_second_run_changes_only_what_is_given(db: None) -> None:
    given = ("--short-name", "Hessen", "--host", "netz.hessen.example.org", "--contact-email", "a@example.org")
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen", *given)
    call_command("create_network", "hessen", "--name", "Agentur Hessen")
    network = network_for_host("netz.hessen.example.org")
    assert network is not None
    with bind(network):
        row = Network.objects.get(slug="hessen")
        hosts = list(NetworkHost.objects.values_list("host", "is_primary"))
    assert (row.name, row.short_name, row.contact_email) == ("Agentur Hessen", "Hessen", "a@example.org")
    assert hosts == [("netz.hessen.example.org", True)]


def test_second_run_with_another_host_keeps_the_old_one_too(db: None) -> None:
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen")
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen", "--host", "netz.hessen.example.org")
    network = network_for_host("hessen.localhost")
    assert network is not None
    with bind(network):
        hosts = list(NetworkHost.objects.values_list("host", "is_primary"))
    assert hosts == [("netz.hessen.example.org", True), ("hessen.localhost", False)]


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("Bayern.localhost", "Unter „bayern.localhost“ steht schon das Netzwerk „Transferagentur Bayern“."),
        ("localhost", "Unter „localhost“ steht der Eingang der Plattform."),
    ],
)
def test_host_of_somebody_else_is_refused_in_a_sentence(bayern: BoundNetwork, host: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("create_network", "hessen", "--name", "Transferagentur Hessen", "--host", host)
    assert str(refusal.value) == sentence


def test_reserved_name_is_refused_in_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="für die Plattform reserviert"):
        call_command("create_network", "cms", "--name", "x")
