"""Who may read an uploaded file. Files are private by default: only the collection „Öffentlich“ is for all."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Membership


def may_read_file(*, collection: Collection, person: Any, membership: Membership | None) -> Decision:
    """Public below the network's public collection, else for members; view restrictions narrow it to groups."""
    if _is_public(collection):
        return ALLOWED
    if not membership or not membership.is_active:
        return refused("Diese Datei ist für Mitglieder des Netzwerks. Bitte melden Sie sich an.")
    groups = _groups_required(collection)
    if groups and not groups & set(person.groups.values_list("pk", flat=True)):
        return refused("Diese Datei gehört einer Gruppe, in der Sie nicht Mitglied sind.")
    return ALLOWED


def _is_public(collection: Collection) -> bool:
    public_id = require_network().public_collection_id
    if public_id is None:
        return False
    return Collection.objects.filter(pk=public_id).ancestor_of(collection, inclusive=True).exists() or (
        collection.pk == public_id
    )


def _groups_required(collection: Collection) -> set[int]:
    restrictions = CollectionViewRestriction.objects.filter(
        collection__in=collection.get_ancestors(inclusive=True),
        restriction_type=CollectionViewRestriction.GROUPS,
    )
    return set(restrictions.values_list("groups__pk", flat=True)) - {None}
