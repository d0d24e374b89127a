"""Issues of the Blickpunkt, publications, and what they refer to; call inside a binding."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile

from dkbm.cms.models import NetworkImage
from dkbm.editorial.domain.blickpunkt import Chapter, IssueValues, save_blickpunkt
from dkbm.editorial.domain.publications import PublicationValues, save_publication
from dkbm.editorial.models import BlickpunktPage, Publication
from dkbm.search.domain.index import index_object
from dkbm.search.registry import Entry
from tests.factories.files import collection
from tests.factories.uploads import plain_picture


def make_image(
    title: str = "Bild", *, size: tuple[int, int] = (40, 30), colour: Any = "navy", public: bool = True
) -> NetworkImage:
    """A picture in the collection „Öffentlich“, or in the network's own."""
    return NetworkImage.objects.create(
        title=title,
        description=f"{title}, beschrieben",
        file=ImageFile(BytesIO(plain_picture(size, colour)), name="bild.png"),
        collection=collection(public=public),
    )


def make_issue(title: str = "Ein Heft", *, slug: str = "heft", year: int = 2021, **fields: Any) -> BlickpunktPage:
    given: dict[str, Any] = {
        "summary": "Worum es geht.",
        "chapters": [Chapter("Erstes Kapitel", [("text", "<p>Ein Satz.</p>")])],
    }
    return save_blickpunkt(slug, IssueValues(title=title, year=year, **{**given, **fields}))


def make_publication(title: str = "Ein Papier", *, slug: str = "papier", **fields: Any) -> Publication:
    row = Publication.objects.filter(slug=slug).first() or Publication(slug=slug)
    return save_publication(row, PublicationValues(title=title, **{"kind": "arbeitspapier", **fields}))


def make_example(slug: str, title: str = "Ein Beispiel", visibility: str = "public") -> None:
    """The search entry of a Transfergegenstand; that is all that publications know of it."""
    entry = Entry(
        type="transfergegenstand",
        key=slug,
        slug=slug,
        title=title,
        body="",
        url=f"/katalog/{slug}/",
        visibility=visibility,
    )
    index_object(type=entry.type, key=entry.key, entry=entry)
