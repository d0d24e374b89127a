"""What a page shows may go: deleted by an editor, or its file lost from the disk. The page does without it.

Every block that chooses something, and every relation of a page, is found by looking at the page types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage, NetworkDocument, NetworkImage, StandardPage
from dkbm.editorial.models import BlickpunktPage
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.blocks import ItemChooserBlock
from goodpractice.models import TransfergegenstandPage
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.files import collection, make_document
from tests.factories.groups import make_workgroup
from tests.factories.people import make_person
from tests.factories.publications import make_example, make_image, make_issue
from workgroups.models import WorkgroupPage

pytestmark = pytest.mark.usefixtures("media")

WORDS = "Worum es geht"
LINKING = {"text", "HintBlock"}
"""Blocks of text, in which a link may lead to a file."""


class Things:
    """What a block or a relation may choose, and the ways in which it goes."""

    def __init__(self) -> None:
        self.image = make_image("Xylophonbild")
        self.document = make_document("Xylophondatei", where=collection(public=True))
        self.page = HomePage.objects.get().add_child(instance=StandardPage(title="Xylophonseite", slug="xylophon"))
        make_example("beispiel", "Xylophonbeispiel")

    def delete(self) -> None:
        self.page.delete()
        for thing in (self.image, self.document):
            thing.delete()
        SearchEntry.objects.filter(slug="beispiel").delete()

    def lose(self) -> None:
        for thing in (self.image, *self.image.renditions.all(), self.document):
            Path(thing.file.path).unlink()

    def rich_text(self) -> str:
        file, page = (f'<a linktype="{kind}" id="{{}}">{{}}</a>' for kind in ("document", "page"))
        return f"<p>{file.format(self.document.pk, 'Datei')} {page.format(self.page.pk, 'Seite')} {WORDS}</p>"

    def value_of(self, block: blocks.Block) -> Any:
        """Something for every field of the block; a title that may be empty is, so that the page looks for another."""
        if isinstance(block, ImageBlock):
            return self.image
        if isinstance(block, DocumentChooserBlock):
            return self.document
        if isinstance(block, blocks.RichTextBlock):
            return self.rich_text()
        if isinstance(block, blocks.StreamBlock):
            return [(name, self.value_of(child)) for name, child in block.child_blocks.items()]
        if isinstance(block, blocks.StructBlock):
            return {name: self.value_of(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.value_of(block.child_block)]
        if isinstance(block, blocks.IntegerBlock):
            return 2020
        if isinstance(block, ItemChooserBlock):
            return "beispiel"
        assert isinstance(block, blocks.CharBlock | blocks.TextBlock), block
        if block.name == "title" and not block.required:
            return ""
        return {"cells": "A;B\n1;2"}.get(block.name, WORDS)


def page_types() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage) and model is not BasePage]


def texts_of(model: type[BasePage]) -> list[str]:
    return [field.name for field in model._meta.local_fields if isinstance(field, RichTextField)]


def streams() -> Iterator[tuple[type[BasePage], StreamField]]:
    for model in page_types():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield model, field


def leaves(block: blocks.Block, around: tuple[str, ...] = ()) -> Iterator[tuple[blocks.Block, tuple[str, ...]]]:
    """The blocks of a stream that stand for themselves, however deep, with the names of those around them."""
    for name, child in block.child_blocks.items():
        inner = [each for each in getattr(child, "child_blocks", {}).values() if isinstance(each, blocks.StreamBlock)]
        if inner:
            yield from leaves(inner[0], (*around, name))
        else:
            yield child, (*around, name)


def kinds() -> dict[str, tuple[type[BasePage], str, tuple[str, ...]]]:
    """Each kind of block once, with a place where it may stand."""
    found: dict[str, tuple[type[BasePage], str, tuple[str, ...]]] = {}
    for model, field in streams():
        for block, path in leaves(field.stream_block):
            name = path[-1] if type(block).__module__.startswith("wagtail") else type(block).__name__
            found.setdefault(name, (model, field.name, path))
    return found


def only(block: Any, things: Things, path: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The value of a stream that holds this one block, with those around it."""
    child = block.child_blocks[path[0]]
    if len(path) == 1:
        return [(path[0], things.value_of(child))]
    value = {
        name: only(each, things, path[1:]) if isinstance(each, blocks.StreamBlock) else WORDS
        for name, each in child.child_blocks.items()
    }
    return [(path[0], value)]


def place(model: type[BasePage]) -> tuple[Any, str]:
    """A published page of that type, and the address where its text is read."""
    if model is HomePage:
        return HomePage.objects.get(), "/"
    if model is StandardPage:
        page = HomePage.objects.get().add_child(instance=StandardPage(title="Seite", slug="seite"))
        return page, "/seite/"
    if model is BlickpunktPage:
        return make_issue(), "/blickpunkt/heft/"
    if model is WorkgroupPage:
        return make_workgroup("ag1", number=1).page, "/ag/ag1/"
    assert model is TransfergegenstandPage, f"where is {model} read?"
    load_vocabulary()
    return make_item("beispiel").page, "/katalog/beispiel/"


def read(client: Client, url: str) -> tuple[str, bool]:
    """The page's main part, and whether it shows a file."""
    page = client.get(url)
    assert page.status_code == 200
    text = page.content.decode().partition("<main")[2].partition("</main>")[0]
    for trace in ('href=""', 'src=""', "not-found", "0\xa0Bytes", "None"):
        assert trace not in text
    return text, "/datei/" in text or "/dokument/" in text


def publish(page: Any, field: str, value: Any) -> None:
    setattr(page, field, value)
    if hasattr(page, f"{field}_alt"):
        setattr(page, f"{field}_alt", "Was zu sehen ist")
    page.save_revision().publish()


@pytest.mark.parametrize("kind", kinds())
def test_page_does_without_what_a_block_has_chosen(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], kind: str
) -> None:
    model, field, path = kinds()[kind]
    guest = client_of(niedersachsen)
    with bind(niedersachsen):
        things = Things()
        page, url = place(model)
        publish(page, field, only(model._meta.get_field(field).stream_block, things, path))
    _text, shown = read(guest, url)
    assert shown == (kind in {"PictureBlock", "DownloadBlock", *LINKING})
    with bind(niedersachsen):
        things.lose()
    _text, shown = read(guest, url)
    assert shown == (kind in LINKING)  # a link in a text leads to the page that says that nothing is there
    with bind(niedersachsen):
        things.delete()
    _text, shown = read(guest, url)
    assert not shown


RELATIONS = [
    (model, field.name)
    for model in page_types()
    for field in model._meta.local_fields
    if isinstance(field, models.ForeignKey) and not field.remote_field.parent_link
    if issubclass(field.related_model, NetworkImage | NetworkDocument | BasePage)
]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=lambda each: getattr(each, "__name__", each))
def test_page_does_without_what_a_relation_names(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], model: Any, field: str
) -> None:
    guest = client_of(niedersachsen)
    with bind(niedersachsen):
        things = Things()
        page, url = place(model)
        of_kind = {NetworkImage: things.image, NetworkDocument: things.document}
        publish(page, field, of_kind[model._meta.get_field(field).related_model])
    assert read(guest, url)[1]
    for go in (things.lose, things.delete):
        with bind(niedersachsen):
            go()
        assert not read(guest, url)[1]


@pytest.mark.parametrize("model", [each for each in page_types() if texts_of(each)])
def test_text_loses_its_links_and_stays(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], model: Any
) -> None:
    with bind(niedersachsen):
        things = Things()
        page, url = place(model)
        for field in texts_of(model):
            publish(page, field, things.rich_text())
        things.delete()
    text, shown = read(client_of(niedersachsen), url)
    assert (text.count(WORDS), shown) == (len(texts_of(model)), False)


@pytest.mark.parametrize("kind", ["document", "image"])
def test_editor_reads_before_deleting_where_a_file_is_shown(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], kind: str
) -> None:
    with bind(niedersachsen):
        things = Things()
        page, _url = place(StandardPage)
        page.body = [("download", {"document": things.document}), ("picture", {"image": things.image})]
        page.save_revision().publish()
        editor = client_of(niedersachsen, make_person(roles=("manager",)))
    pk = getattr(things, kind).pk
    usage = f"/cms/{kind}s/usage/{pk}/"
    asked = editor.get(reverse(f"wagtail{kind.replace('document', 'doc')}s:delete", args=[pk]))
    assert usage in asked.content.decode()
    assert "Seite" in editor.get(usage).content.decode()
    many = editor.get(f"/cms/bulk/cms/network{kind}/delete/?id={pk}")
    assert "1" in many.content.decode()
