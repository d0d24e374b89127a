"""Files that were stored before anything was taken out of them: one command cleans pictures and names the rest."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from dkbm.cms.domain import stored_files
from dkbm.cms.domain.stored_files import clean_stored_files
from dkbm.cms.models import NetworkImage
from dkbm.core.uploads import take_picture
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.files import make_document
from tests.factories.publications import make_image
from tests.factories.uploads import PLACE, office_document, photo

pytestmark = pytest.mark.usefixtures("media")


def old_picture(title: str = "Foto") -> NetworkImage:
    """As it was stored once."""
    image = make_image(title)
    Path(image.file.path).write_bytes(photo("PNG"))
    NetworkImage.objects.filter(pk=image.pk).update(file_hash=digest(photo("PNG")), file_size=len(photo("PNG")))
    return NetworkImage.objects.get(pk=image.pk)


def digest(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def bytes_of(image: NetworkImage) -> bytes:
    return Path(image.file.path).read_bytes()


def test_picture_loses_its_place_and_keeps_address_and_pixels(in_niedersachsen: BoundNetwork) -> None:
    image = old_picture()
    with Image.open(image.file.path) as before:
        pixels = before.tobytes()
    image.get_rendition("width-20")
    assert clean_stored_files().cleaned == 1
    now = NetworkImage.objects.get(pk=image.pk)
    with Image.open(now.file.path) as after:
        assert (after.tobytes(), after.getexif()) == (pixels, {})
        assert not {"Ort", "Weg"} & set(after.info)
    assert (now.file.name, now.renditions.count()) == (image.file.name, 0)
    assert now.file_size == len(bytes_of(now))
    assert now.file_hash == digest(bytes_of(now)) != image.file_hash
    assert Path(now.get_rendition("width-20").file.path).exists()


def test_second_run_has_nothing_to_do(in_niedersachsen: BoundNetwork) -> None:
    image = old_picture()
    make_document()
    assert [clean_stored_files().cleaned for _ in range(2)] == [1, 0]
    assert not [each for each in Path(image.file.path).parent.iterdir() if each.name != Path(image.file.path).name]


def test_run_that_was_stopped_is_taken_up(in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = old_picture("Erstes"), old_picture("Zweites")
    asked: list[str] = []

    def stopped(file: Any, name: str) -> Any:
        asked.append(name)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return take_picture(file, name)

    monkeypatch.setattr(stored_files, "take_picture", stopped)
    with pytest.raises(KeyboardInterrupt):
        clean_stored_files()
    assert (bytes_of(first) == photo("PNG"), bytes_of(second) == photo("PNG")) == (False, True)
    assert clean_stored_files().cleaned == 1
    assert bytes_of(second) != photo("PNG")


def test_what_the_door_would_refuse_today_is_named_and_left(in_niedersachsen: BoundNetwork) -> None:
    broken, gone, document = old_picture("Kaputt"), old_picture("Weg"), make_document("Brief")
    Path(broken.file.path).write_bytes(b"GIF89a" + PLACE)
    Path(gone.file.path).unlink()
    macros = office_document("docx", **{"word/vbaProject.bin": b"x"})
    document.file.name = document.file.name.replace(".txt", ".docx")
    document.save()
    Path(document.file.path).write_bytes(macros)
    done = clean_stored_files()
    assert (done.looked_at, done.cleaned) == (3, 0)
    assert done.doubtful == [
        f"Bild {broken.pk} „Kaputt“: Diese Datei heißt „.png“, ist aber keine PNG-Datei. Bitte laden Sie das Original "
        "hoch.",
        f"Bild {gone.pk} „Weg“: Die Datei fehlt.",
        f"Dokument {document.pk} „Brief“: Diese Datei enthält Makros. Bitte speichern Sie sie ohne Makros.",
    ]
    assert Path(document.file.path).read_bytes() == macros


def test_command_goes_through_the_networks(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    images = []
    for network in (niedersachsen, bayern):
        with bind(network):
            images.append(old_picture())
    said = StringIO()
    call_command("clean_stored_files", stdout=said)
    assert {"niedersachsen: 1 Dateien angesehen, 1 bereinigt.", "bayern: 1 Dateien angesehen, 1 bereinigt."} <= set(
        said.getvalue().splitlines()
    )
    assert all(bytes_of(image) != photo("PNG") for image in images)
