"""Files that were stored before the door of today (``core.uploads``) stood: pictures lose what cameras wrote beside
them, and what the door would refuse is named."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from dkbm.cms.domain.files import UploadedFile
from dkbm.cms.models import NetworkDocument, NetworkImage
from dkbm.core.uploads import take_document, take_picture


@dataclass
class Cleaning:
    """What came of the bound network's files. ``doubtful``: what a person has to look at, a sentence each."""

    looked_at: int = 0
    cleaned: int = 0
    doubtful: list[str] = field(default_factory=list)


def clean_stored_files() -> Cleaning:
    """Each file by itself: whoever stops it begins anew, and what is clean already is only read."""
    done = Cleaning()
    for file in _each_file():
        done.looked_at += 1
        try:
            done.cleaned += _clean(file) if isinstance(file, NetworkImage) else _look_at(file)
        except FileNotFoundError:
            done.doubtful.append(f"{_name(file)}: Die Datei fehlt.")
        except ValidationError as error:
            done.doubtful.append(f"{_name(file)}: {' '.join(error.messages)}")
    return done


def _each_file() -> Iterator[UploadedFile]:
    for model in (NetworkImage, NetworkDocument):
        for pk in list(model.objects.order_by("pk").values_list("pk", flat=True)):
            if file := model.objects.filter(pk=pk).first():  # deleted meanwhile
                yield file


def _name(file: UploadedFile) -> str:
    return f"{file._meta.verbose_name} {file.pk} „{file.title}“"


def _look_at(document: NetworkDocument) -> bool:
    with document.file.open("rb") as opened:
        take_document(ContentFile(opened.read()), str(document.file.name))
    return False


@transaction.atomic
def _clean(image: NetworkImage) -> bool:
    """Whether there was something to clean. Its address stays; what was drawn of it is drawn anew."""
    image = NetworkImage.objects.select_for_update(of=("self",)).get(pk=image.pk)
    with image.file.open("rb") as opened:
        stored = opened.read()
    bare = bytes(take_picture(ContentFile(stored), str(image.file.name)).read())
    digest = hashlib.sha1(bare, usedforsecurity=False).hexdigest()
    if bare == stored and image.file_hash in {"", digest}:
        return False
    for rendition in image.renditions.all():
        rendition.delete()
    NetworkImage.objects.filter(pk=image.pk).update(file_hash=digest, file_size=len(bare))
    _replace(image.file.path, bare)  # last: stopped before, nothing has changed
    return True


def _replace(path: Any, content: bytes) -> None:
    """At once: nobody is sent half a picture."""
    place = Path(path)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as new:
        new.write(content)
    made = Path(new.name)
    made.chmod(place.stat().st_mode)
    made.replace(place)
