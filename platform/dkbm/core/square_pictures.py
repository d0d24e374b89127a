"""Pictures that are shown small and square, as portraits are: what is taken of an upload, and how it is cut.

What is kept stands upright, in the colours of screens, and holds nothing but the picture. It has come through the door
for uploads (``core.uploads``).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import product, starmap
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from .uploads import MOST_DRAWN, PICTURES, take_picture

KIND, CONTENT_TYPE = "WEBP", "image/webp"
"""Of what is kept and drawn; every browser shows it."""
MOST_BYTES = 15_000_000
MOST_OF_JPEG = 50_000_000
"""So many pixels: of a JPEG that is drawn small from the start, so that cameras' own files need no preparing."""
LEAST_SIDE = 96
KEPT_SIDE = 640
"""Of the shorter side, in pixels; the longer one is three times as long at most."""
LONGEST = 3
NEARER = 1.6
SAVED = {"quality": 82, "method": 4}
UNREADABLE = (ValueError, OSError, SyntaxError, ImageCms.PyCMSError)


@dataclass(frozen=True)
class SquarePicture:
    """``content``: the whole picture as it is kept."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Cut:
    """A square of the picture: as large as it can be or nearer, at one of nine places (``row``, ``column``: 0 to 2)."""

    is_near: bool
    row: int
    column: int

    @property
    def key(self) -> str:
        return f"{'n' if self.is_near else 'w'}{self.row * 3 + self.column + 1}"

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        side = min(width, height) / (NEARER if self.is_near else 1)
        left, top = (width - side) * self.column / 2, (height - side) * self.row / 2
        return left, top, left + side, top + side


CUTS = {cut.key: cut for cut in starmap(Cut, product((False, True), range(3), range(3)))}
MIDDLE = Cut(False, 1, 1).key


def cuts_of(width: int, height: int) -> list[Cut]:
    """Those that differ: the largest ones lie side by side or below each other, whichever the picture is longer in."""
    large = [Cut(False, 1, place) if width > height else Cut(False, place, 1) for place in range(3)]
    return [*(large if width != height else [CUTS[MIDDLE]]), *(cut for cut in CUTS.values() if cut.is_near)]


def take_square_picture(file: File, name: str) -> SquarePicture:
    """Raises ValidationError with a German sentence for what cannot be shown as a picture that stands still."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in PICTURES:
        raise ValidationError(_("Bitte wählen Sie ein Foto als JPEG, PNG oder WebP."), code="kind")
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("Diese Datei hat %(size)d Megabyte, höchstens %(most)d gehen. Bitte verkleinern Sie das Bild vorher.")
            % {"size": -(-file.size // 1_000_000), "most": MOST_BYTES // 1_000_000},
            code="size",
        )
    _check_sides(file, PICTURES[ending])
    content = take_picture(file, name).read()
    try:
        with Image.open(BytesIO(content), formats=[PICTURES[ending]]) as image:
            return _kept(_upright(image))
    except UNREADABLE:
        raise _unreadable() from None


def square_of(content: bytes, cut: str, side: int) -> bytes:
    """``content``: of a :class:`SquarePicture`."""
    with Image.open(BytesIO(content), formats=[KIND]) as image:
        drawn = image.resize((side, side), Image.Resampling.LANCZOS, box=CUTS[cut].box(*image.size))
        return _saved(drawn)


def _check_sides(file: File, kind: str) -> None:
    """By the head of the file, before a pixel is drawn. What is no such picture, the door says."""
    file.seek(0)
    try:
        with Image.open(file, formats=[kind]) as image:
            # Some cameras put a second picture behind a JPEG; the door takes it away.
            (width, height), moves = image.size, kind != "JPEG" and getattr(image, "is_animated", False)
    except Image.DecompressionBombError:
        raise _too_large(MOST_OF_JPEG) from None
    except UNREADABLE:
        return
    most = MOST_OF_JPEG if kind == "JPEG" else MOST_DRAWN
    if width * height > most:
        raise _too_large(most, width * height)
    if moves:
        raise ValidationError(_("Dieses Bild bewegt sich. Bitte wählen Sie eines, das stillsteht."), code="moving")
    if min(width, height) < LEAST_SIDE:
        raise ValidationError(
            _("Dieses Bild ist zu klein: Es braucht mindestens %(least)d × %(least)d Pixel.") % {"least": LEAST_SIDE},
            code="small",
        )


def _too_large(most: int, pixels: int = 0) -> ValidationError:
    text = _("Dieses Bild hat zu viele Pixel, höchstens %(most)d Megapixel gehen. Bitte verkleinern Sie es vorher.")
    if pixels:
        text = _("Dieses Bild hat %(pixels)d Megapixel, höchstens %(most)d gehen. Bitte verkleinern Sie es vorher.")
    # Rounded up: 50,1 must not read as 50.
    return ValidationError(text % {"pixels": -(-pixels // 1_000_000), "most": most // 1_000_000}, code="pixels")


def _unreadable() -> ValidationError:
    return ValidationError(
        _("Dieses Bild lässt sich nicht lesen. Bitte speichern Sie es als JPEG neu."), code="content"
    )


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held, small, in red, green and blue, on white where one could see through."""
    image.draft(None, (KEPT_SIDE * 2, KEPT_SIDE * 2))
    if image.width * image.height > MOST_DRAWN:  # one that is long and narrow is not drawn smaller
        raise _too_large(MOST_DRAWN, image.width * image.height)
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode not in {"RGB", "L", "CMYK", "YCbCr"}:
        image = image.convert("RGBA")
    image = _small(image)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    return _in_colours_of_screens(image, profile)


def _small(image: Image.Image) -> Image.Image:
    """Of one that is very long, the middle."""
    shorter = min(image.size)
    width, height = (min(side, shorter * LONGEST) for side in image.size)
    left, top = (image.width - width) / 2, (image.height - height) / 2
    scale = min(1, KEPT_SIDE / shorter)
    size = (round(width * scale), round(height * scale))
    return image.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height), reducing_gap=3)


def _in_colours_of_screens(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A photo for print (CMYK) or of a camera with colours of its own; a profile that nobody can read says nothing."""
    if profile and image.mode in {"RGB", "L", "CMYK"}:
        with suppress(*UNREADABLE):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            found = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if found is not None:
                return found
    return image.convert("RGB")


def _kept(image: Image.Image) -> SquarePicture:
    return SquarePicture(_saved(image), *image.size)


def _saved(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, KIND, **SAVED)
    return out.getvalue()
