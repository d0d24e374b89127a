"""Who may read an uploaded file. Files are private by default: only the collection „Öffentlich“ is for all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection, CollectionViewRestriction

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor


def may_read_file(*, collection: Collection, visitor: Visitor) -> Decision:
    """Public below the network's public collection, else for members; view restrictions narrow both."""
    restrictions = _restrictions()
    if not visitor.is_member:
        public = collection.path.startswith(_public_path())
        if public and not any(collection.path.startswith(each.collection.path) for each in restrictions):
            return ALLOWED
        return refused("Diese Datei ist für Mitglieder des Netzwerks. Bitte melden Sie sich an.")
    if any(collection.path.startswith(path) for path in _closed_paths(restrictions, visitor.person)):
        return refused("Diese Datei gehört einer Gruppe, in der Sie nicht Mitglied sind.")
    return ALLOWED


def readable_collections(visitor: Visitor) -> QuerySet[Collection]:
    """All collections for whose files :func:`may_read_file` says yes."""
    restrictions = _restrictions()
    collections: QuerySet[Collection] = Collection.objects.all()
    if visitor.is_member:
        closed = _closed_paths(restrictions, visitor.person)
    else:
        collections = collections.filter(path__startswith=_public_path())
        closed = [each.collection.path for each in restrictions]
    for path in closed:
        collections = collections.exclude(path__startswith=path)
    return collections


def _public_path() -> str:
    """The path below which everything is public; one that no collection has where the network has none."""
    path = Collection.objects.filter(pk=require_network().public_collection_id).values_list("path", flat=True).first()
    return path or "-"


def _restrictions() -> list[CollectionViewRestriction]:
    """Whatever its kind, a restriction keeps out all but members; the CMS offers no password for files."""
    return list(CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups"))


def _closed_paths(restrictions: list[CollectionViewRestriction], person: Any) -> list[str]:
    """Paths below which only groups read that this person is not in."""
    of_groups = [each for each in restrictions if each.restriction_type == CollectionViewRestriction.GROUPS]
    mine = set(person.groups.values_list("pk", flat=True)) if of_groups else set()
    return [each.collection.path for each in of_groups if not mine & {group.pk for group in each.groups.all()}]
