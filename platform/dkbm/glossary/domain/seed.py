"""The common vocabulary (``seed.yaml``) that every network starts with; from then on it is the network's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from dkbm.glossary.domain.searching import TYPE, entry
from dkbm.glossary.models import Term
from dkbm.search.domain.index import index_sections

SEED = Path(__file__).resolve().parent.parent / "seed.yaml"


def seed_terms() -> None:
    """Give the bound network the seed, if it has no term: what editors have deleted does not come back."""
    if Term.objects.exists():
        return
    terms = Term.objects.bulk_create([Term(**values) for values in seed()])
    index_sections(type=TYPE, keys=[str(term.pk) for term in terms], entries=[entry(term) for term in terms])


def seed() -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = yaml.safe_load(SEED.read_text(encoding="utf-8"))["terms"]
    return terms
