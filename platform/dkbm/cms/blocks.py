"""StreamField blocks that every page of a network may use. Issue-specific blocks live in ``editorial.blocks``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from dkbm.cms.showing import picture_of, shown_document

RICH_TEXT = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
"""No embeds: they would ask foreign hosts from the reader's browser."""


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Zwischenüberschrift")
        template = "cms/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Bild"))
    caption = blocks.CharBlock(required=False, label=_("Bildunterschrift"))

    class Meta:
        icon = "image"
        label = _("Bild")
        template = "cms/blocks/picture.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "picture": picture_of(value.get("image"))}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Zitat"))
    person = blocks.CharBlock(required=False, label=_("Person und Funktion"))

    class Meta:
        icon = "openquote"
        label = _("Zitat")
        template = "cms/blocks/quote.html"


class HintBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Überschrift"))
    text = blocks.RichTextBlock(features=["bold", "italic", "ul", "link"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Hinweis")
        template = "cms/blocks/hint.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Dokument"))
    title = blocks.CharBlock(required=False, label=_("Linktext"))

    class Meta:
        icon = "doc-full"
        label = _("Datei zum Herunterladen")
        template = "cms/blocks/download.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "file": shown_document(value.get("document"))}


class BodyBlock(blocks.StreamBlock):
    """What a standard page is made of."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"), template="cms/blocks/text.html")
    picture = PictureBlock()
    quote = QuoteBlock()
    hint = HintBlock()
    download = DownloadBlock()
