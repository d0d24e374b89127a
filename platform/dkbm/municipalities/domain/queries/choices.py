"""Choices of municipalities: the network's own first, then all others."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network

Grouped = list[tuple[str, list[tuple[str, str]]]]


def municipality_choices() -> Grouped:
    """Groups of (key, name) for a select field; one query."""
    network = require_network()
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for pk, name, slug in Municipality.objects.values_list("pk", "name", "network_slug"):
        (own if slug == network.slug else others).append((str(pk), name))
    groups = [(_("Kommunen im Netzwerk %(name)s") % {"name": network.short_name}, own), (_("Andere Kommunen"), others)]
    return [group for group in groups if group[1]]
