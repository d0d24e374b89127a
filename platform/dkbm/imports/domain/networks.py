"""Networks with their look."""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.cms.domain.networks import create_network
from dkbm.cms.models import NetworkLook
from dkbm.core.profiles import may_invent
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming
from dkbm.imports.schemas.networks import NetworkEntry
from dkbm.tenancy.commands import bound_to
from dkbm.tenancy.models import Network, NetworkHost

ACCENTS = {
    "niedersachsen": "#0b5a5e",
    "bayern": "#1f4e9e",
    "brandenburg": "#9b2c2c",
    "grossstaedte": "#5b3a8c",
    "hessen": "#8a3a10",
    "mitteldeutschland": "#2f6130",
    "nord-ost": "#00607f",
    "nordrhein-westfalen": "#3d5a12",
    "rheinland-pfalz-saarland": "#7a2350",
}
"""First colour of each network; its editors may choose another."""


def load_networks(entries: Sequence[NetworkEntry]) -> None:
    """Found each network, or bring name, region and claim up to date; hosts, colours and pages stay as they are."""
    for entry in entries:
        with naming("networks.yaml", entry.slug):
            _load(entry)


def _load(entry: NetworkEntry) -> None:
    present = Network.objects.filter(slug=entry.slug).first()
    if present is not None:
        with bound_to(entry.slug):
            if Ledger("netzwerk").is_loaded(entry.slug, entry, present=[entry.slug]):
                return
    create_network(
        slug=entry.slug,
        name=entry.name,
        host=_primary_host(present),
        short_name=entry.short_name,
        network_name=entry.network_name or "",
        claim=entry.claim,
        region=entry.region,
        contact_email=(present and present.contact_email) or _fictional_address(entry.slug),
    )
    with bound_to(entry.slug) as network:
        if entry.slug in ACCENTS:
            NetworkLook.objects.get_or_create(site_id=network.site_id, defaults={"accent": ACCENTS[entry.slug]})
        Ledger("netzwerk").note(entry.slug, entry)


def _fictional_address(slug: str) -> str:
    return f"kontakt@{slug}.example.org" if may_invent() else ""


def _primary_host(network: Network | None) -> str:
    """The present address, which an operator may have changed; '' for a new network."""
    row = NetworkHost.objects.filter(network=network, is_primary=True).first() if network else None
    return row.host if row else ""
