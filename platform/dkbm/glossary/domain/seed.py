"""The common vocabulary (``seed.yaml``) that every network begins with; from then on it is the network's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from dkbm.glossary.domain.searching import TYPE, entry
from dkbm.glossary.models import Term
from dkbm.search.domain.index import index_sections
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import each_network
from dkbm.tenancy.models import Network

SEED = Path(__file__).resolve().parent.parent / "seed.yaml"
GIVEN = "glossar"
"""Stands among the pages that the network got by itself."""


@transaction.atomic
def seed_terms() -> None:
    """Give the bound network the seed, once: what its editors have deleted does not come back."""
    network = Network.objects.get(pk=require_network().id)
    if GIVEN in network.given_pages:
        return
    present = set(Term.objects.values_list("slug", flat=True))
    terms = Term.objects.bulk_create([Term(**values) for values in seed() if values["slug"] not in present])
    index_sections(type=TYPE, keys=[str(term.pk) for term in terms], entries=[entry(term) for term in terms])
    network.given_pages = [*network.given_pages, GIVEN]
    network.save(update_fields=["given_pages"])


def seed_all() -> None:
    """To each network that was founded before there was a glossary. Runs with the owner's login."""
    for _network in each_network():
        seed_terms()


def seed() -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = yaml.safe_load(SEED.read_text(encoding="utf-8"))["terms"]
    return terms
