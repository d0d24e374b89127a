"""What an app hands over to be printed: words and pictures as data, never as markup."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .templates import source_of


@dataclass(frozen=True)
class PictureSource:
    """An uploaded picture by its key; ``file_hash``: with another file it is another content."""

    image_id: int
    file_hash: str


@dataclass(frozen=True)
class Document:
    """``about``: which thing for which audience, ``"catalogue.item:12:public"``; who asks for it with the same
    ``about`` must be allowed to read all of it. ``data``: what the template reads (JSON); ``title`` and ``language``
    are asked of each. ``pictures``: name -> picture, which the template reads as ``pictures.<name>``.
    """

    about: str
    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, PictureSource] = field(default_factory=dict)

    @property
    def content(self) -> dict[str, Any]:
        pictures = {name: [each.image_id, each.file_hash] for name, each in self.pictures.items()}
        return {"data": dict(self.data), "pictures": pictures}

    @property
    def digest(self) -> str:
        """Of all that the PDF says and how it is set, so that a release with another template makes new ones."""
        content = json.dumps(self.content, sort_keys=True, ensure_ascii=True)
        parts = (self.about, content, source_of(self.template))
        return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
