"""Pictures that are shown small and square: what is taken of an upload, and which part is drawn."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from dkbm.core import square_pictures
from dkbm.core.square_pictures import CUTS, KIND, MIDDLE, SquarePicture, cuts_of, square_of, take_square_picture
from tests.factories.uploads import PLACE, photo

RED, GREEN, BLUE = (255, 0, 0), (0, 200, 0), (0, 0, 255)


def taken(content: bytes, name: str = "Foto.jpg") -> SquarePicture:
    return take_square_picture(ContentFile(content, name=name), name)


def why_not(content: bytes, name: str = "Foto.jpg") -> str:
    with pytest.raises(ValidationError) as caught:
        taken(content, name)
    return " ".join(caught.value.messages)


def saved(image: Image.Image, kind: str, **further: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **further)
    return out.getvalue()


def striped(width: int, height: int) -> bytes:
    """Red, green and blue beside each other, or below each other."""
    image = Image.new("RGB", (width, height), GREEN)
    if width > height:
        image.paste(RED, (0, 0, width // 3, height))
        image.paste(BLUE, (width * 2 // 3, 0, width, height))
    else:
        image.paste(RED, (0, 0, width, height // 3))
        image.paste(BLUE, (0, height * 2 // 3, width, height))
    return saved(image, "PNG")


def colour_of(content: bytes, at: tuple[float, float] = (0.5, 0.5)) -> str:
    """The strongest of red, green and blue at a place of the picture."""
    with Image.open(BytesIO(content)) as image:
        pixel = image.convert("RGB").getpixel((int(at[0] * (image.width - 1)), int(at[1] * (image.height - 1))))
    assert isinstance(pixel, tuple)
    return ("red", "green", "blue")[pixel.index(max(pixel))]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"GIF", "Foto.jpg", "Diese Datei heißt „.jpg“, ist aber keine JPG-Datei."),
        (b"%PDF-1.7", "Foto.pdf", "Bitte wählen Sie ein Foto als JPEG, PNG oder WebP."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "Foto.svg",
            "Bitte wählen Sie ein Foto als JPEG, PNG oder WebP.",
        ),
        (b"", "Foto", "Bitte wählen Sie ein Foto als JPEG, PNG oder WebP."),
        (photo("GIF", size=(200, 200), frames=3), "Foto.gif", "Dieses Bild bewegt sich."),
        (photo("WEBP", size=(200, 200), frames=3), "Foto.webp", "Dieses Bild bewegt sich."),
        (photo(size=(400, 60)), "Foto.jpg", "Dieses Bild ist zu klein: Es braucht mindestens 96 × 96 Pixel."),
        (photo(size=(200, 200))[:900], "Foto.jpg", "Diese Datei heißt „.jpg“, ist aber keine JPG-Datei."),
    ],
)
def test_what_is_no_still_photo_is_refused_in_words(content: bytes, name: str, sentence: str) -> None:
    assert why_not(content, name).startswith(sentence)


def test_sixty_megapixels_are_refused_by_the_head_of_the_file() -> None:
    content = saved(Image.new("1", (10_000, 6_000)), "PNG")
    assert "hat 60 Megapixel, höchstens 20 gehen" in why_not(content, "Foto.png")


def test_too_many_bytes_are_refused_with_both_numbers() -> None:
    assert "hat 16 Megabyte, höchstens 15 gehen" in why_not(bytes(15_000_001))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photo_is_kept_upright_and_without_metadata(kind: str) -> None:
    picture = taken(photo(kind, size=(400, 300), orientation=6), f"Foto.{kind.lower()}")
    assert (picture.width, picture.height) == (300, 400)
    assert (colour_of(picture.content, (0.9, 0.5)), colour_of(picture.content, (0.1, 0.5))) == ("red", "blue")
    with Image.open(BytesIO(picture.content)) as kept:
        assert (kept.format, dict(kept.getexif()), kept.info.get("icc_profile")) == (KIND, {}, None)
    assert PLACE not in picture.content


def test_photo_for_print_is_drawn_in_the_colours_of_screens() -> None:
    picture = taken(saved(Image.new("CMYK", (200, 200), (0, 255, 255, 0)), "JPEG"))
    assert colour_of(picture.content) == "red"


def test_what_one_can_see_through_stands_on_white() -> None:
    picture = taken(saved(Image.new("RGBA", (200, 200), (0, 0, 0, 0)), "PNG"), "Foto.png")
    with Image.open(BytesIO(picture.content)) as kept:
        assert kept.convert("RGB").getpixel((100, 100)) == (255, 255, 255)


def test_large_and_long_picture_is_kept_small() -> None:
    picture = taken(striped(9000, 1000), "Foto.png")
    assert (picture.width, picture.height) == (1920, 640)


@pytest.mark.parametrize(
    ("sides", "cut", "colour"),
    [
        ((600, 200), MIDDLE, "green"),
        ((600, 200), "w4", "red"),
        ((600, 200), "w6", "blue"),
        ((200, 600), "w2", "red"),
        ((200, 600), "w8", "blue"),
        ((200, 600), "n5", "green"),
        ((200, 600), "n9", "blue"),
    ],
)
def test_square_shows_the_chosen_part(sides: tuple[int, int], cut: str, colour: str) -> None:
    square = square_of(taken(striped(*sides), "Foto.png").content, cut, 96)
    with Image.open(BytesIO(square)) as image:
        assert image.size == (96, 96)
    assert {colour_of(square, at) for at in ((0.1, 0.1), (0.5, 0.5), (0.9, 0.9))} == {colour}


def test_cuts_that_are_offered_differ() -> None:
    def large(width: int, height: int) -> list[str]:
        return [cut.key for cut in cuts_of(width, height) if not cut.is_near]

    assert (large(600, 200), large(200, 600), large(300, 300)) == (["w4", "w5", "w6"], ["w2", "w5", "w8"], ["w5"])
    boxes = [cut.box(600, 200) for cut in cuts_of(600, 200)]
    assert len(set(boxes)) == len(boxes) == 12
    assert all(0 <= left < right <= 600 and 0 <= top < bottom <= 200 for left, top, right, bottom in boxes)
    assert len(CUTS) == 18


def test_long_and_narrow_photo_is_not_drawn_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A JPEG is drawn smaller from the start, but by its shorter side."""
    monkeypatch.setattr(square_pictures, "MOST_DRAWN", 100_000)
    with pytest.raises(ValidationError, match="Megapixel"):
        taken(photo(size=(2000, 100)))
