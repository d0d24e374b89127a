"""StreamField blocks of a Blickpunkt issue: chapters and what stands in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from dkbm.cms.blocks import RICH_TEXT, DownloadBlock, HintBlock, PictureBlock, QuoteBlock
from dkbm.search.models import SearchEntry
from goodpractice.blocks import ItemChooserBlock
from goodpractice.enums import ENTRY_TYPE as EXAMPLE


class StatementBlock(blocks.StructBlock):
    """What a speaker of a working group says."""

    text = blocks.TextBlock(label=_("Aussage"))
    person = blocks.CharBlock(label=_("Wer"), help_text=_("Name oder Funktion, zum Beispiel „Sprecherin der AG 1“."))
    organisation = blocks.CharBlock(required=False, label=_("Kommune oder Einrichtung"))

    class Meta:
        icon = "user"
        label = _("Stimme aus dem Netzwerk")
        template = "editorial/blocks/statement.html"


class FigureBlock(blocks.StructBlock):
    """A number that is worth to be seen."""

    number = blocks.CharBlock(max_length=20, label=_("Zahl"), help_text=_("Mit Einheit, zum Beispiel „93 %“."))
    text = blocks.CharBlock(label=_("Was die Zahl sagt"))
    source = blocks.CharBlock(required=False, label=_("Quelle"))

    class Meta:
        icon = "plus-inverse"
        label = _("Zahl")
        template = "editorial/blocks/figure.html"


class TimelineEntryBlock(blocks.StructBlock):
    date = blocks.CharBlock(max_length=40, label=_("Zeit"), help_text=_("Zum Beispiel „2017“ oder „September 2019“."))
    title = blocks.CharBlock(label=_("Ereignis"))
    text = blocks.TextBlock(required=False, label=_("Erläuterung"))

    class Meta:
        icon = "date"
        label = _("Ereignis")


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, label=_("Überschrift"))
    entries = blocks.ListBlock(TimelineEntryBlock(), min_num=1, label=_("Ereignisse"))

    class Meta:
        icon = "history"
        label = _("Zeitleiste")
        template = "editorial/blocks/timeline.html"


def table_cells(text: str) -> list[list[str]]:
    """Rows of cells; columns are parted by tabs (as spreadsheets copy them), else by semicolons."""
    lines = [line for line in (text or "").splitlines() if line.strip()]
    separator = "\t" if any("\t" in line for line in lines) else ";"
    return [[cell.strip() for cell in line.split(separator)] for line in lines]


class TableBlock(blocks.StructBlock):
    """A plain table, pasted from a spreadsheet. The first row holds the headings."""

    caption = blocks.CharBlock(label=_("Überschrift der Tabelle"))
    cells = blocks.TextBlock(
        label=_("Zellen"),
        help_text=_(
            "Kopieren Sie die Zellen aus Ihrer Tabelle hierher, oder schreiben Sie je Zeile die Spalten mit Semikolon "
            "dazwischen. Die erste Zeile enthält die Spaltenköpfe."
        ),
    )
    source = blocks.CharBlock(required=False, label=_("Quelle"))

    class Meta:
        icon = "table"
        label = _("Tabelle")
        template = "editorial/blocks/table.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        rows = table_cells(value["cells"])
        if len(rows) < 2:
            raise _cells_error(_now("Eine Tabelle braucht eine Zeile mit Spaltenköpfen und mindestens eine weitere."))
        for number, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                raise _cells_error(
                    _now("Zeile %(row)s hat %(found)s Spalten, die erste hat %(wanted)s.")
                    % {"row": number, "found": len(row), "wanted": len(rows[0])}
                )
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        head, *rows = table_cells(value["cells"]) or [[]]
        return {**super().get_context(value, parent_context=parent_context), "head": head, "rows": rows}


def _cells_error(sentence: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={"cells": ValidationError(sentence)})


class GoodExampleBlock(blocks.StructBlock):
    """A Transfergegenstand of the catalogue, with words of its own or those of the catalogue."""

    slug = ItemChooserBlock(label=_("Beispiel aus dem Katalog"))
    title = blocks.CharBlock(
        required=False, label=_("Anderer Titel"), help_text=_("Ohne Angabe steht hier der Titel aus dem Katalog.")
    )
    text = blocks.TextBlock(required=False, label=_("Worum es geht"))

    class Meta:
        icon = "pick"
        label = _("Gutes Beispiel")
        template = "editorial/blocks/good_example.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not SearchEntry.objects.filter(type=EXAMPLE, slug=value["slug"]).exists():
            sentence = _now("Im Katalog dieses Netzwerks gibt es dieses Beispiel nicht.")
            raise StructBlockValidationError(block_errors={"slug": ValidationError(sentence)})
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """``example``: what the page has looked up for this visitor, or nothing."""
        examples = (parent_context or {}).get("examples", {})
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "example": examples.get(value["slug"])}


class ChapterBodyBlock(blocks.StreamBlock):
    """What a chapter is made of."""

    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"), template="cms/blocks/text.html")
    statement = StatementBlock()
    figure = FigureBlock()
    timeline = TimelineBlock()
    picture = PictureBlock()
    table = TableBlock()
    good_example = GoodExampleBlock()
    quote = QuoteBlock()
    hint = HintBlock()
    download = DownloadBlock()


class ChapterBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Überschrift des Kapitels"))
    body = ChapterBodyBlock(required=False, label=_("Inhalt"))

    class Meta:
        icon = "doc-empty"
        label = _("Kapitel")
        template = "editorial/blocks/chapter.html"


class ChaptersBlock(blocks.StreamBlock):
    chapter = ChapterBlock()
