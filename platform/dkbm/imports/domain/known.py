"""What is loaded already, so that files may refer to it."""

from __future__ import annotations

from dkbm.accounts.models import Function
from dkbm.cms.models import NetworkTag
from dkbm.imports.references import Known
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import PLATFORM_ID
from dkbm.tenancy.models import Network
from goodpractice.models import Eckpunkt, Phase, Programme, Transfergegenstand
from workgroups.models import Workgroup


def known_now() -> Known:
    """All that may be read under the present binding: everything for the owner, else the bound network's."""
    known = Known(
        networks=set(Network.objects.exclude(pk=PLATFORM_ID).values_list("slug", flat=True)),
        municipalities=set(Municipality.objects.values_list("slug", flat=True)),
        eckpunkte=set(Eckpunkt.objects.values_list("number", flat=True)),
        topics=set(NetworkTag.objects.values_list("slug", flat=True)),
        phases=set(Phase.objects.values_list("slug", flat=True)),
        programmes=set(Programme.objects.values_list("slug", flat=True)),
        items=set(Transfergegenstand.objects.values_list("slug", flat=True)),
    )
    for network, slug in Workgroup.objects.values_list("network__slug", "slug"):
        known.groups.setdefault(network, set()).add(slug)
    for network, slug in Function.objects.order_by().values_list("network__slug", "slug"):
        known.declare([slug], network)
    return known
