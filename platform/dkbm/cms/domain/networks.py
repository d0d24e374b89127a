"""Founding a network: everything that it needs to work, in one transaction."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Site

from dkbm.cms.basepage.models import DEPTH_OF_HOME, BasePage
from dkbm.cms.domain.help_pages import HELP_PAGES
from dkbm.cms.domain.legal_pages import LEGAL_PAGES
from dkbm.cms.domain.pages import FirstPage, publish_below
from dkbm.cms.domain.signs import first_letter
from dkbm.cms.domain.tags import SEED, add_tags
from dkbm.cms.founding import run_founding_steps
from dkbm.cms.models import HomePage, StandardPage
from dkbm.cms.roles import create_groups, root_collection
from dkbm.core.faces import Face
from dkbm.tenancy.context import bind, bind_all
from dkbm.tenancy.hosts import base_url, each_network, forget_hosts
from dkbm.tenancy.models import SHORT_NAME_LENGTH, Network, NetworkHost, as_bound


@dataclass(frozen=True)
class ListedNetwork:
    """A line of the front door's list."""

    name: str
    region: str
    claim: str
    url: str
    face: Face


def listed_networks() -> list[ListedNetwork]:
    """The networks that the front door names, by name."""
    with bind_all("front door: list of public networks", routine=True):
        rows = NetworkHost.objects.filter(is_primary=True, network__listed=True).select_related("network")
        return [
            ListedNetwork(
                row.network.network_name or row.network.name,
                row.network.region,
                row.network.claim,
                base_url(as_bound(row.network, row.host)),
                Face(first_letter(row.network.short_name), is_tile=True),
            )
            for row in sorted(rows, key=lambda row: row.network.name)
        ]


def is_public() -> bool:
    """Whether the front door names the bound network; until then others shall not find it either."""
    return Network.objects.filter(listed=True).exists()


@transaction.atomic
def create_network(*, slug: str, name: str, host: str = "", **fields: Any) -> Network:
    """Found a network, or complete one that exists: row, host, site, home, legal and help pages, files, groups.

    Runs with the owner's login. ``host``: '' keeps the present address. ``fields``: further fields of
    :class:`Network`; those not given stay as they are, and a new network's short name follows from its name.
    Idempotent: texts that editors have changed since stay as they are. Raises ``ValidationError`` for a reserved or
    malformed slug, or for a host that is taken.
    """
    network = Network.objects.filter(slug=slug).first() or Network(slug=slug, short_name=_short(name))
    for field, value in {"name": name, **fields}.items():
        setattr(network, field, value)
    network.full_clean(exclude=["site", "collection", "public_collection"])
    network.save()
    host = _free_host(network, host.lower())
    bound = as_bound(network, host)
    with bind(bound):
        _set_primary_host(network, host)
        home = _home_page(network)
        _site(network, host, home)
        _collections(network)
        network.save()
        _publish_missing(network, home, LEGAL_PAGES)
        _give_help(network, home)
        create_groups(network=network, home=home)
        add_tags(SEED)
        run_founding_steps()
    forget_hosts()
    return network


def _short(name: str) -> str:
    """As many of the name's words as the field holds."""
    return textwrap.shorten(name, SHORT_NAME_LENGTH, placeholder="", break_on_hyphens=False)


def _free_host(network: Network, host: str) -> str:
    """``host``, or for '' the present one, or the usual one. Raises ``ValidationError`` when it is somebody else's."""
    hosts = NetworkHost.objects.filter(network=network, is_primary=True)
    host = host or hosts.values_list("host", flat=True).first() or f"{network.slug}.{settings.BASE_DOMAIN}"
    if host == settings.BASE_DOMAIN:
        raise ValidationError(_("Unter „%(host)s“ steht der Eingang der Plattform.") % {"host": host})
    taken = NetworkHost.objects.filter(host=host).exclude(network=network).select_related("network").first()
    if taken:
        names = {"host": host, "name": taken.network.name}
        raise ValidationError(_("Unter „%(host)s“ steht schon das Netzwerk „%(name)s“.") % names)
    return host


def _set_primary_host(network: Network, host: str) -> None:
    entry = NetworkHost.objects.filter(host=host).first() or NetworkHost(host=host)
    NetworkHost.objects.filter(is_primary=True).exclude(host=host).update(is_primary=False)
    entry.is_primary = True
    entry.full_clean(exclude=["network"])
    entry.save()


def _home_page(network: Network) -> HomePage:
    home = HomePage.objects.filter(depth=DEPTH_OF_HOME).first()
    if home is None:
        root = BasePage.objects.get(depth=1)
        home = HomePage(
            title=network.network_name or network.name,
            slug=f"netz-{network.slug}",
            introduction=network.claim,
            locale=Locale.get_default(),
            network_id=network.pk,
        )
        publish_below(root, home, placing=_below_the_root(network))
    return home


def _below_the_root(network: Network) -> AbstractContextManager[None]:
    """The root belongs to nobody, and a place below it must not collide with another network's."""
    return bind_all(f"founding {network.slug}: place below the root", as_owner=True, writes_to=network.pk, routine=True)


def _site(network: Network, host: str, home: HomePage) -> None:
    site = network.site or Site(is_default_site=False)
    site.hostname, site.port, site.site_name, site.root_page = host, 80, network.name, home
    site.save()
    network.site = site


def _collections(network: Network) -> None:
    if network.collection is None:
        with _below_the_root(network):
            network.collection = root_collection().add_child(name=network.short_name)
    if network.public_collection is None:
        collection = Collection.objects.get(pk=network.collection_id)
        network.public_collection = collection.add_child(name="Öffentlich")


def give_help_pages() -> None:
    """The pages of help that are new since a network was founded, to each one that has not had them.

    Runs with the owner's login. Pages that are there stay as they are.
    """
    for bound in each_network():
        network, home = Network.objects.get(pk=bound.id), HomePage.objects.filter(depth=DEPTH_OF_HOME).first()
        if home is not None:
            _give_help(network, home)


def renew_rights() -> None:
    """To the editors and managers of each network the rights that are new since it was founded.

    Runs with the owner's login.
    """
    for bound in each_network():
        network, home = Network.objects.get(pk=bound.id), HomePage.objects.filter(depth=DEPTH_OF_HOME).first()
        if home is not None:
            create_groups(network=network, home=home)


@transaction.atomic
def _give_help(network: Network, home: HomePage) -> None:
    missing = [page for page in HELP_PAGES if page[0] not in network.given_pages]
    if missing:
        _publish_missing(network, home, missing)
        network.given_pages = [*network.given_pages, *(slug for slug, _title, _body in missing)]
        network.save(update_fields=["given_pages"])


def _publish_missing(network: Network, home: HomePage, pages: Iterable[FirstPage]) -> None:
    for slug, title, body in pages:
        if StandardPage.objects.child_of(home).filter(slug=slug).exists():
            continue
        page = StandardPage(title=title, slug=slug, body=body(network), locale=home.locale, network_id=network.pk)
        publish_below(home, page)
