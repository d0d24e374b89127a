"""Who may read an uploaded file. Files are for members by default; all read those of the collection „Öffentlich“.

Besides these, what a page for all shows is for all as long as it shows it: a picture in a published issue, the logo.
Choosing a file opens none that a collection keeps for a group, or for members expressly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.bound_pages import is_for_all
from dkbm.cms.models import NetworkDocument, NetworkImage, NetworkLook
from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor, guest

UploadedFile = NetworkImage | NetworkDocument


def may_read_file(*, file: UploadedFile, visitor: Visitor) -> Decision:
    """All where its collection or a page is public, else members; view restrictions narrow both."""
    collection = file.collection
    restrictions = _restrictions()
    if not visitor.is_member:
        free = not _is_restricted(collection, restrictions)
        if free and (collection.path.startswith(_public_path()) or _is_shown_to_all(file)):
            return ALLOWED
        return refused("Diese Datei ist für Mitglieder des Netzwerks. Bitte loggen Sie sich ein.")
    if any(collection.path.startswith(path) for path in _closed_paths(restrictions, visitor.person)):
        return refused("Diese Datei gehört einer Gruppe, in der Sie nicht Mitglied sind.")
    return ALLOWED


def may_everybody_read(file: UploadedFile, *, members_only: bool) -> bool:
    """Whether it may stand in what is made once for all guests, or for all members: then no group keeps it."""
    if not members_only:
        return bool(may_read_file(file=file, visitor=guest()))
    groups = CollectionViewRestriction.GROUPS
    closed = [each for each in _restrictions() if each.restriction_type == groups]
    return not _is_restricted(file.collection, closed)


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


def _is_restricted(collection: Collection, restrictions: list[CollectionViewRestriction]) -> bool:
    return any(collection.path.startswith(each.collection.path) for each in restrictions)


def _is_shown_to_all(file: UploadedFile) -> bool:
    """The logo, and what stands in the published text of a page that anybody may read.

    Wagtail's index of references follows the published text, not a draft. Of a page that belongs to a row the row says
    who reads it.
    """
    if isinstance(file, NetworkImage) and NetworkLook.objects.filter(logo=file).exists():
        return True
    shown = ReferenceIndex.get_references_to(file).filter(base_content_type=_page_type())
    ids = {int(pk) for pk in shown.values_list("object_id", flat=True)}
    pages = BasePage.objects.filter(pk__in=ids).live().public().defer_streamfields().specific() if ids else []
    return any(map(is_for_all, pages))


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(BasePage)


@dataclass(frozen=True)
class FilesOfPage:
    """Titles of a published page's files. ``opened``: for all because of this page; ``closed``: not for guests."""

    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def files_of_public_page(page: Any) -> FilesOfPage:
    """What an editor is told when a page goes public; nothing for a page that is not for all."""
    if not (BasePage.objects.filter(pk=page.pk).live().public().exists() and is_for_all(page.specific)):
        return FilesOfPage()
    references = ReferenceIndex.get_references_for_object(page)
    return _sorted_out(
        {(each.to_content_type_id, each.to_object_id) for each in references.only("to_content_type", "to_object_id")}
    )


def files_of_page_to_be(draft: Any) -> FilesOfPage:
    """The same of a text that will be published at a set time. The index of references knows published ones alone."""
    if not (BasePage.objects.filter(pk=draft.pk).public().exists() and is_for_all(draft)):
        return FilesOfPage()
    found = ReferenceIndex._extract_references_from_object(draft)
    return _sorted_out({(content_type, str(pk)) for content_type, pk, _model_path, _content_path in found})


def _sorted_out(references: set[tuple[int, str]]) -> FilesOfPage:
    """``references``: types and keys of what a page shows."""
    found = FilesOfPage()
    restrictions, public = _restrictions(), _public_path()
    for file in _files_among(references):
        if _is_restricted(file.collection, restrictions):
            found.closed.append(file.title)
        elif not file.collection.path.startswith(public):
            found.opened.append(file.title)
    return found


def _files_among(references: set[tuple[int, str]]) -> list[UploadedFile]:
    files: list[UploadedFile] = []
    for model in (NetworkImage, NetworkDocument):
        kind = ContentType.objects.get_for_model(model).pk
        ids = {int(pk) for content_type, pk in references if content_type == kind}
        files += model.objects.filter(pk__in=ids).select_related("collection").order_by("title", "pk") if ids else []
    return files
