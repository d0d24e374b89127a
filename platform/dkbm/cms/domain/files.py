"""Who may read an uploaded file. Files are private by default: only the collection „Öffentlich“ is for all."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Membership


def may_read_file(*, collection: Collection, person: Any, membership: Membership | None) -> Decision:
    """Public below the network's public collection, else for members; view restrictions narrow it to groups."""
    if collection.path.startswith(_public_path()):
        return ALLOWED
    if not membership or not membership.is_active:
        return refused("Diese Datei ist für Mitglieder des Netzwerks. Bitte melden Sie sich an.")
    if any(collection.path.startswith(path) for path in _closed_paths(person)):
        return refused("Diese Datei gehört einer Gruppe, in der Sie nicht Mitglied sind.")
    return ALLOWED


def readable_collections(*, person: Any, membership: Membership | None) -> QuerySet[Collection]:
    """All collections for whose files :func:`may_read_file` says yes."""
    public = Q(path__startswith=_public_path())
    collections: QuerySet[Collection] = Collection.objects.all()
    if not membership or not membership.is_active:
        return collections.filter(public)
    closed = Q()
    for path in _closed_paths(person):
        closed |= Q(path__startswith=path)
    return collections.filter(public | ~closed) if closed else collections


def _public_path() -> str:
    """The path below which everything is public; one that no collection has where the network has none."""
    path = Collection.objects.filter(pk=require_network().public_collection_id).values_list("path", flat=True).first()
    return path or "-"


def _closed_paths(person: Any) -> list[str]:
    """Paths below which only groups read that this person is not in."""
    restrictions = list(
        CollectionViewRestriction.objects.filter(restriction_type=CollectionViewRestriction.GROUPS)
        .select_related("collection")
        .prefetch_related("groups")
    )
    mine = set(person.groups.values_list("pk", flat=True)) if restrictions else set()
    return [each.collection.path for each in restrictions if not mine & {group.pk for group in each.groups.all()}]
