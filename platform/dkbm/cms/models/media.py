"""Images, documents and tags of a network. Files lie under the network's id and are served by one view."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    ImageQuerySet,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.search import index

from dkbm.cms.document_changes import documents_changed
from dkbm.core.fields import SortKeyField
from dkbm.core.uploads import TakenFieldFileMixin, TakenFileMixin, take_document, take_picture
from dkbm.tenancy.managers import ViaNetworkManager, scoped
from dkbm.tenancy.models import NetworkOwned, NetworkPart


class NetworkTag(NetworkOwned, TagBase):
    """A tag of one network; the plain tag model has globally unique names."""

    name = models.CharField(_("Name"), max_length=100)
    slug = models.SlugField(_("Kürzel"), max_length=100, allow_unicode=True)
    sort_name = SortKeyField(of="name")

    free_tagging = True

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Of a name of signs alone, as "{}", nothing would be left, and what is found by it could not be named."""
        return str(super().slugify(tag if super().slugify(tag) else "schlagwort", i))

    class Meta:
        # Relations to tags have no order of their own: pages and search entries would list them by chance.
        ordering = ["sort_name", "pk"]
        verbose_name = _("Schlagwort")
        verbose_name_plural = _("Schlagwörter")
        constraints = [
            models.UniqueConstraint(fields=["network", "name"], name="tag_name_once_a_network"),
            models.UniqueConstraint(fields=["network", "slug"], name="tag_slug_once_a_network"),
        ]


class TaggedImage(NetworkPart, ItemBase):
    network_via = "content_object"
    tag = models.ForeignKey(NetworkTag, on_delete=models.CASCADE, related_name="tagged_images")
    content_object = models.ForeignKey("cms.NetworkImage", on_delete=models.CASCADE, related_name="tagged_items")


class TaggedDocumentQuerySet(models.QuerySet):
    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        ids = list(self.values_list("content_object_id", flat=True))
        deleted: tuple[int, dict[str, int]] = super().delete()
        documents_changed(ids)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class TaggedDocument(NetworkPart, ItemBase):
    """Forms set the tags after they have saved the document, so tags tell of it once more."""

    network_via = "content_object"
    tag = models.ForeignKey(NetworkTag, on_delete=models.CASCADE, related_name="tagged_documents")
    content_object = models.ForeignKey("cms.NetworkDocument", on_delete=models.CASCADE, related_name="tagged_items")

    objects: ClassVar[Any] = scoped(models.Manager.from_queryset(TaggedDocumentQuerySet), pk__bound=True)()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        documents_changed([self.content_object_id])


class UploadedPicture(TakenFieldFileMixin, WagtailImageFieldFile):
    pass


class UploadedPictureField(TakenFileMixin, WagtailImageField):
    """Without the place and the time at which a photo was taken."""

    attr_class = UploadedPicture
    take = staticmethod(take_picture)


class UploadedDocument(TakenFieldFileMixin, FieldFile):
    pass


class UploadedDocumentField(TakenFileMixin, models.FileField):
    attr_class = UploadedDocument
    take = staticmethod(take_document)


class NetworkImage(NetworkOwned, AbstractImage):
    # mypy reads the arguments of the mixin.
    file = UploadedPictureField(  # type: ignore[call-arg]
        verbose_name=_("Datei"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    tags = TaggableManager(blank=True, through=TaggedImage, verbose_name=_("Schlagwörter"))

    objects: ClassVar[Any] = scoped(models.Manager.from_queryset(ImageQuerySet), network__bound=True)()

    admin_form_fields = Image.admin_form_fields
    search_fields = [*AbstractImage.search_fields, index.FilterField("network_id")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")

    def get_upload_to(self, filename: str) -> str:
        return f"{self.network_id}/{super().get_upload_to(filename)}"


class NetworkRendition(NetworkPart, AbstractRendition):
    network_via = "image"
    image = models.ForeignKey(NetworkImage, on_delete=models.CASCADE, related_name="renditions")

    objects: ClassVar[Any] = ViaNetworkManager()

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        return f"{self.image.network_id}/{super().get_upload_to(filename)}"


def document_path(document: NetworkDocument, filename: str) -> str:
    """Path below ``MEDIA_ROOT``; the first part is the network's id."""
    return f"{document.network_id}/documents/{filename}"


class NetworkDocumentQuerySet(DocumentQuerySet):
    """Tells of documents that are changed many at once; :class:`NetworkDocument` tells of single ones."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        ids = list(self.values_list("pk", flat=True))
        number: int = super().update(**values)
        documents_changed(ids)
        return number

    update.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        ids = list(self.values_list("pk", flat=True))
        deleted: tuple[int, dict[str, int]] = super().delete()
        documents_changed(ids)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class NetworkDocument(NetworkOwned, AbstractDocument):
    file = UploadedDocumentField(upload_to=document_path, max_length=255, verbose_name=_("Datei"))
    tags = TaggableManager(blank=True, through=TaggedDocument, verbose_name=_("Schlagwörter"))

    objects: ClassVar[Any] = scoped(models.Manager.from_queryset(NetworkDocumentQuerySet), network__bound=True)()

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.FilterField("network_id")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")

    def clean(self) -> None:
        """Wagtail looks at the name only."""
        if not self.file:
            return  # the form has said why there is none; Wagtail would add that „“ is no allowed ending
        super().clean()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        documents_changed([self.pk])

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        ids = [self.pk]
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        documents_changed(ids)
        return deleted
