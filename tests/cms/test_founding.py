"""``create_network``: one command makes a network that works."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dkbm.cms.domain.topics import SEED
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.context import bind
from dkbm.tenancy.hosts import network_for_host


def test_founded_network_works(db: None, client_of: Callable[..., Client]) -> None:
    call_command("create_network", "hessen", "--name", "Transferagentur Hessen", "--host", "netz.hessen.example.org")
    network = network_for_host("netz.hessen.example.org")
    assert network is not None
    guest = client_of(network)
    pages = ("/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/ag/", "/katalog/", "/blickpunkt/")
    assert {page: guest.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    with bind(network):
        assert set(NetworkTag.objects.values_list("slug", flat=True)) == set(SEED)


def test_founding_twice_is_the_same_as_once(db: None) -> None:
    for _time in range(2):
        call_command("create_network", "hessen", "--name", "Transferagentur Hessen")
    network = network_for_host("hessen.localhost")
    assert network is not None
    with bind(network):
        assert NetworkTag.objects.count() == len(SEED)


def test_reserved_name_is_refused_in_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="für die Plattform reserviert"):
        call_command("create_network", "cms", "--name", "x")
