"""Uploading in `/cms/`: what a photo says of its place is nowhere to be had, and what is no picture is refused."""

from __future__ import annotations

import gc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dkbm.cms.models import NetworkDocument, NetworkImage
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.files import collection
from tests.factories.people import make_person
from tests.factories.uploads import PLACE, office_document, photo

pytestmark = pytest.mark.usefixtures("media")

CODE = b"GIF89a/*<script>alert(1)</script>*/=1;"


@pytest.fixture
def editor(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        return client_of(niedersachsen, make_person(roles=("editor",)))


@pytest.fixture
def form(in_niedersachsen: BoundNetwork) -> dict[str, Any]:
    return {"title": "Foto", "collection": collection(public=True).pk, "description": "", "tags": ""}


def upload(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    """The browser calls it what it likes."""
    return SimpleUploadedFile(name, content, "image/jpeg")


def by_form(editor: Client, form: dict[str, Any], file: SimpleUploadedFile) -> Any:
    return editor.post("/cms/images/add/", {**form, "file": file})


def many_at_once(editor: Client, form: dict[str, Any], file: SimpleUploadedFile) -> Any:
    return editor.post("/cms/images/multiple/add/", {**form, "files[]": file})


def in_a_chooser(editor: Client, form: dict[str, Any], file: SimpleUploadedFile) -> Any:
    fields = {f"image-chooser-upload-{name}": value for name, value in {**form, "file": file}.items()}
    return editor.post("/cms/images/chooser/create/", fields)


def in_the_place_of_another(editor: Client, form: dict[str, Any], file: SimpleUploadedFile) -> Any:
    by_form(editor, form, upload(photo(size=(8, 6))))
    return editor.post(f"/cms/images/{NetworkImage.objects.get().pk}/", {**form, "file": file})


def with_a_title_to_mend(editor: Client, form: dict[str, Any], file: SimpleUploadedFile) -> Any:
    """Wagtail keeps the file until the rest of its form is right."""
    first = editor.post("/cms/images/multiple/add/", {**form, "title": "x" * 300, "files[]": file}).json()
    if "uploaded_file_id" not in first:
        return first
    pk = first["uploaded_file_id"]
    fields = {f"uploaded-image-{pk}-{name}": value for name, value in form.items()}
    return editor.post(f"/cms/images/multiple/create_from_uploaded_image/{pk}/", fields)


WAYS = [by_form, many_at_once, in_a_chooser, in_the_place_of_another, with_a_title_to_mend]


# Wagtail leaves the file open from which it makes the picture.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("way", WAYS)
def test_guests_get_neither_place_nor_owner_of_a_photo(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], editor: Client, form: dict[str, Any], way: Any
) -> None:
    way(editor, form, upload(photo(orientation=6)))
    image = NetworkImage.objects.get()
    assert (image.file_size, image.file_hash != "") == (image.file.size, True)
    urls = [f"/datei/{image.file.name}", image.get_rendition("max-20x20").url, image.get_rendition("original").url]
    for url in urls:
        sent = b"".join(client_of(niedersachsen).get(url).streaming_content)
        with Image.open(BytesIO(sent)) as shown:
            assert set(shown.getexif()) <= {0x0112}
        assert PLACE not in sent
    gc.collect()


@pytest.mark.parametrize("way", [by_form, many_at_once, in_a_chooser, with_a_title_to_mend])
@pytest.mark.parametrize(("name", "content"), [("bild.gif", CODE), ("bild.png", photo("JPEG"))])
def test_what_is_no_picture_is_refused(
    editor: Client, form: dict[str, Any], way: Any, name: str, content: bytes
) -> None:
    way(editor, form, upload(content, name))
    assert not NetworkImage.objects.exists()


def test_refusal_of_a_picture_stands_beside_its_field(editor: Client, form: dict[str, Any]) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    page = by_form(editor, form, upload(svg, "logo.svg")).content.decode()
    assert "Diese SVG-Datei enthält Skripte oder Verweise nach außen." in page
    assert many_at_once(editor, form, upload(svg, "logo.svg")).json()["error_message"].startswith("Diese SVG-Datei")


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "Aus dieser SVG-Datei geht nicht hervor"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="auto"/>', "Aus dieser SVG-Datei geht nicht hervor"),
        (f'<svg xmlns="http://www.w3.org/2000/svg">{3000 * "<g>"}{3000 * "</g>"}</svg>', "Diese SVG-Datei ist zu tief"),
    ],
)
def test_svg_that_cannot_be_shown_is_refused_and_the_library_stays_open(
    editor: Client, form: dict[str, Any], svg: str, sentence: str
) -> None:
    assert sentence in by_form(editor, form, upload(svg.encode(), "logo.svg")).text
    assert many_at_once(editor, form, upload(svg.encode(), "logo.svg")).json()["error_message"].startswith(sentence)
    assert editor.get("/cms/images/").status_code == 200
    assert not NetworkImage.objects.exists()


def test_very_long_picture_is_shown_in_the_library(editor: Client, form: dict[str, Any]) -> None:
    assert by_form(editor, form, upload(photo("PNG", size=(3000, 1)), "linie.png")).status_code == 302
    assert editor.get("/cms/images/").status_code == 200


def test_document_that_is_another_is_refused_beside_its_field(editor: Client, form: dict[str, Any]) -> None:
    file = upload(office_document("odt"), "Brief.docx")
    page = editor.post("/cms/documents/add/", {**form, "file": file}).content.decode()
    assert "Diese Datei heißt „.docx“, ist aber keine DOCX-Datei." in page
    assert not NetworkDocument.objects.exists()
    editor.post("/cms/documents/add/", {**form, "file": upload(office_document("docx"), "Brief.docx")})
    assert NetworkDocument.objects.get().filename == "Brief.docx"


def test_who_writes_without_a_form_meets_the_door(in_niedersachsen: BoundNetwork) -> None:
    image = NetworkImage.objects.create(
        title="Foto", file=ContentFile(photo(), name="foto.jpg"), collection=collection(public=True)
    )
    assert PLACE not in Path(image.file.path).read_bytes()
    with pytest.raises(Exception, match="keine GIF-Datei"):
        NetworkImage(title="Bild").file.save("bild.gif", ContentFile(CODE), save=False)
    with pytest.raises(Exception, match="keine PDF-Datei"):
        NetworkDocument(title="Brief").file.save("brief.pdf", ContentFile(b"MZ"), save=False)


@pytest.mark.parametrize(("kind", "name", "type"), [("PNG", "bild.png", "image/png"), ("GIF", "bild.gif", "image/gif")])
def test_picture_is_served_as_what_it_is_and_nothing_else(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], editor: Client, form: dict[str, Any],
    kind: str, name: str, type: str,
) -> None:  # fmt: skip
    by_form(editor, form, upload(photo(kind), name))
    sent = client_of(niedersachsen).get(f"/datei/{NetworkImage.objects.get().file.name}")
    assert b"".join(sent.streaming_content)
    assert (sent["Content-Type"], sent["X-Content-Type-Options"]) == (type, "nosniff")
    assert "sandbox" in sent["Content-Security-Policy"]


def test_picture_whose_file_is_gone_asks_for_it_again(editor: Client, form: dict[str, Any]) -> None:
    """Also where the form takes the stored picture over, as when somebody else has exchanged it: it is no upload."""
    by_form(editor, form, upload(photo()))
    image = NetworkImage.objects.get()
    image.file.storage.delete(image.file.name)
    for sent in ({}, {"opened": "x"}):
        answer = editor.post(f"/cms/images/{image.pk}/", {**form, "title": "Neu", **sent})
        assert "Die Datei dieses Bildes fehlt." in answer.text
    assert editor.post(f"/cms/images/{image.pk}/", {**form, "file": upload(photo())}).status_code == 302


def test_document_whose_file_is_gone_is_no_upload_either(editor: Client, form: dict[str, Any]) -> None:
    editor.post("/cms/documents/add/", {**form, "file": SimpleUploadedFile("liste.csv", b"a;b", "text/csv")})
    document = NetworkDocument.objects.get()
    document.file.storage.delete(document.file.name)
    answer = editor.post(f"/cms/documents/edit/{document.pk}/", {**form, "title": "Neu", "opened": "x"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/cms/images/add/", "/cms/images/multiple/add/"])
def test_form_says_that_moving_pictures_stand_still(editor: Client, path: str) -> None:
    assert "Bewegte Bilder (GIF) stehen auf den Seiten still." in editor.get(path).content.decode()
