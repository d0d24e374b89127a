"""Pictures of pages: in sizes that fit, drawn when somebody asks, with words for those who do not see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.test import Client
from PIL import Image

from dkbm.cms.domain import renditions
from dkbm.cms.models import NetworkImage
from dkbm.cms.showing import ACROSS, KINDS, picture_of, widths_of
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.files import collection
from tests.factories.groups import make_workgroup
from tests.factories.publications import make_image

pytestmark = pytest.mark.usefixtures("media")

ClientOf = Callable[..., Client]


def drawn_at(answer: Any) -> tuple[str, tuple[int, int]]:
    picture = Image.open(BytesIO(b"".join(answer.streaming_content)))
    return str(picture.format), picture.size


@pytest.mark.parametrize(
    ("size", "whole", "across"),
    [
        ((40, 30), [40], [40]),
        ((1000, 250), [320, 640, 960, 1000], [320, 375]),
        ((3000, 4000), [320, 640, 960, 1280], [320, 640, 960, 1280]),
        ((4000, 60), [320, 640, 960, 1280], [90]),
        ((1, 4000), [1], [1]),
        ((320, 17_000), [308], [320]),
    ],
)
def test_sizes_are_never_larger_than_the_picture(
    in_niedersachsen: BoundNetwork, size: tuple[int, int], whole: list[int], across: list[int]
) -> None:
    image = NetworkImage(width=size[0], height=size[1])
    assert (widths_of(image, "ganz"), widths_of(image, ACROSS)) == (whole, across)


def test_every_address_is_answered_in_its_size_and_kind(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf
) -> None:
    with bind(niedersachsen):
        shown = picture_of(make_image(size=(500, 250)), shape=ACROSS)
    assert shown is not None
    assert (shown.width, shown.height) == (375, 250)
    guest = client_of(niedersachsen)
    addresses = re.findall(r"(/datei/bild/\S+) (\d+)w", f"{shown.srcset}, {shown.small_srcset}")
    assert len(addresses) == 2 * len(KINDS)
    for url, width in addresses:
        kind, size = drawn_at(guest.get(url))
        assert kind.lower() == url.rpartition(".")[2]
        assert size == (int(width), int(width) * 2 // 3)
    for wrong in ("quer-333.webp", "quer-320.png", "hoch-320.webp", "quer-9999999.webp"):
        assert guest.get(f"{shown.src.rpartition('/')[0]}/{wrong}").status_code == 404
    assert client_of(bayern).get(shown.src).status_code == 404


def test_nobody_waits_for_ever_while_others_are_drawn(
    niedersachsen: BoundNetwork, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renditions, "AT_ONCE", BoundedSemaphore(1))
    monkeypatch.setattr(renditions, "PATIENCE", 0.01)
    with bind(niedersachsen):
        shown = picture_of(make_image(size=(40, 30)))
    assert shown is not None
    guest = client_of(niedersachsen)
    with renditions.AT_ONCE:
        assert guest.get(shown.src).status_code == 503
    assert drawn_at(guest.get(shown.src)) == ("WEBP", (40, 30))
    with renditions.AT_ONCE:
        assert drawn_at(guest.get(shown.src)) == ("WEBP", (40, 30))


def test_what_was_drawn_and_lost_is_drawn_again(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    with bind(niedersachsen):
        image = make_image(size=(40, 30))
        shown = picture_of(image)
    assert shown is not None
    guest = client_of(niedersachsen)
    assert drawn_at(guest.get(shown.src)) == ("WEBP", (40, 30))
    with bind(niedersachsen):
        Path(image.renditions.get().file.path).unlink()
    assert drawn_at(guest.get(shown.src)) == ("WEBP", (40, 30))
    Path(image.file.path).unlink()
    with bind(niedersachsen):
        for rendition in image.renditions.all():
            rendition.delete()
        assert picture_of(image) is None
    assert guest.get(shown.src).status_code == 404


def test_component_sets_the_size_and_draws_a_sign_without_a_picture(in_niedersachsen: BoundNetwork) -> None:
    template = Template('{% load components %}{% picture picture=picture sizes="9rem" lazy=lazy sign="art-angebot" %}')
    shown = picture_of(make_image(size=(500, 250)), alt='Ein "Bild"')
    page = template.render(Context({"picture": shown, "lazy": True}))
    assert 'width="500" height="250"' in " ".join(page.split())
    assert 'alt="Ein &quot;Bild&quot;"' in page
    assert 'loading="lazy"' in page
    assert "loading" not in template.render(Context({"picture": shown, "lazy": False}))
    drawn = template.render(Context({"picture": None, "lazy": True}))
    assert "<img" not in drawn
    assert "#art-angebot" in drawn


def test_picture_without_words_is_refused_in_plain_german(in_niedersachsen: BoundNetwork) -> None:
    load_vocabulary()
    page = make_item().page
    page.picture = make_image(size=(40, 30))
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.message_dict == {
        "picture_alt": ["Bitte beschreiben Sie in einem Satz, was auf dem Bild zu sehen ist."]
    }
    page.picture_alt = "Ein Ratssaal"
    page.full_clean()


def test_pictures_of_examples_and_groups_are_for_who_reads_them(
    niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    with bind(niedersachsen):
        load_vocabulary()
        image = make_image(size=(40, 30), public=False)
        item, group = make_item(), make_workgroup("ag1", number=1)
        for page in (item.page, group.page):
            page.picture, page.picture_alt = image, "Ein Ratssaal"
            page.save_revision().publish()
    guest = client_of(niedersachsen)
    for url in ("/katalog/", "/katalog/bildungsbuero/", "/", "/ag/", "/ag/ag1/"):
        page = guest.get(url).text
        assert page.count('alt="Ein Ratssaal"') == 1, url
        source = re.search(r'src="(/datei/bild/[^"]+)"', page)
        assert source is not None
        assert drawn_at(guest.get(source[1]))[0] == "WEBP", url
    with bind(niedersachsen):
        for page in (item.page, group.page):
            page.refresh_from_db()
            page.unpublish()
    assert guest.get(source[1]).status_code == 404
    for url in ("/katalog/", "/ag/"):
        assert "Ein Ratssaal" not in guest.get(url).text


@pytest.mark.parametrize(
    ("mode", "ending", "options"),
    [
        ("CMYK", "JPEG", {}),
        ("RGBA", "PNG", {}),
        ("P", "GIF", {"save_all": True, "append_images": [Image.new("P", (40, 30), 9)]}),
        ("LA", "PNG", {}),
        ("I;16", "PNG", {}),
    ],
)
def test_pictures_of_every_kind_are_drawn(
    niedersachsen: BoundNetwork, client_of: ClientOf, mode: str, ending: str, options: dict[str, Any]
) -> None:
    content = BytesIO()
    Image.new(mode, (40, 30)).save(content, ending, **options)
    with bind(niedersachsen):
        file = ImageFile(BytesIO(content.getvalue()), name=f"bild.{ending.lower()}")
        image = NetworkImage.objects.create(title="Bild", file=file, collection=collection(public=True))
        shown = picture_of(image)
    assert shown is not None
    guest = client_of(niedersachsen)
    for address in (shown.srcset, shown.small_srcset):
        assert drawn_at(guest.get(address.split(" ")[0]))[1] == (40, 30)
