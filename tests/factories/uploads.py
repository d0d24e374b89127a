"""Bytes of files as people upload them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = b"53.0793 N 8.8017 O"
"""Stands in every kind of metadata of :func:`photo`."""
MAIN_PARTS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MIMETYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
XMP = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta>' + PLACE + b'</x:xmpmeta><?xpacket end="w"?>'


def plain_picture(size: tuple[int, int] = (40, 30), colour: Any = "navy") -> bytes:
    """A PNG of one colour; of four numbers the last one says how much one sees through."""
    out = BytesIO()
    Image.new("RGBA" if isinstance(colour, tuple) else "RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def photo(kind: str = "JPEG", *, orientation: int = 1, size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    """A picture, red above and blue below, with place, owner and a profile of colours as a camera writes them."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # ImageDescription
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 4.0, 45.5), 3: "E", 4: (8.0, 48.0, 6.1)})
    further: dict[str, Any] = {"JPEG": {"xmp": XMP, "comment": PLACE, "quality": 90}, "WEBP": {"xmp": XMP}}.get(
        kind, {}
    )
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Ort", PLACE.decode())
        texts.add_text("Weg", PLACE.decode(), zip=True)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        further = {"pnginfo": texts}
    if kind == "GIF":
        further = {"comment": PLACE}
    else:
        further |= {"exif": exif.tobytes(), "icc_profile": b"Farbprofil" * 20}
    if frames > 1:
        others = [Image.new("RGB", size, (10 * number, 200, 0)) for number in range(1, frames)]
        further |= {"save_all": True, "append_images": others, "duration": 80, "loop": 0}
    out = BytesIO()
    image.save(out, kind, **further)
    return out.getvalue()


def archive(entries: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(name, content, compress_type=kind)
    return out.getvalue()


def office_document(ending: str, *, main_part: str = "", further: str = "", **entries: bytes) -> bytes:
    """The least that says what it is: a docx, xlsx, pptx (with ``further`` types), or an open document."""
    if ending in MIMETYPES:
        return archive(
            {"mimetype": MIMETYPES[ending].encode(), "content.xml": b"<x/>", **entries}, stored=("mimetype",)
        )
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/main.xml" ContentType="{main_part or MAIN_PARTS[ending]}"/>{further}</Types>'
    )
    return archive({"[Content_Types].xml": types.encode(), "main.xml": b"<x/>", **entries})
