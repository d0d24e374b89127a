"""Spaces come into being when they are asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.tenancy.visitor import Visitor
from forum.enums import NETWORK_SPACE
from forum.models import Space
from workgroups.domain.queries.groups import readable_groups
from workgroups.models import Workgroup


def network_space() -> Space:
    """The space of all members of the bound network."""
    space, _new = Space.objects.get_or_create(
        workgroup=None, defaults={"slug": NETWORK_SPACE, "name": _("Netzweites Forum")}
    )
    return space


def space_of(workgroup: Workgroup) -> Space:
    """The space of a group, made at the first call. Its slug is the group's."""
    space, _new = Space.objects.get_or_create(
        workgroup=workgroup, defaults={"slug": workgroup.slug, "name": workgroup.name}
    )
    return space


def ensure_spaces(*, visitor: Visitor) -> None:
    """Make the spaces that this person may read and that nobody has asked for yet; two queries when none is missing."""
    network_space()
    for group in readable_groups(visitor).filter(space__isnull=True):
        space_of(group)


def find_space(slug: str) -> Space | None:
    """The space with this slug in the bound network, with its group; ``None`` when there is none."""
    found = Space.objects.select_related("workgroup__parent").filter(slug=slug).first()
    if found is not None:
        return found
    if slug == NETWORK_SPACE:
        return network_space()
    group = Workgroup.objects.select_related("parent").filter(slug=slug, space__isnull=True).first()
    return space_of(group) if group else None
