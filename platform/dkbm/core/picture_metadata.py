"""What a camera writes beside a picture (place, time, owner, preview) goes; the picture itself stays bit by bit.

Kept are the colours' profile, what an animation needs, and how the camera was held: without it the picture lies on its
side. What stands behind the picture's end goes too. ``ValueError``: these are no bytes of such a picture.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image

ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST"),
    *(b"pHYs", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_FRAME = {b"ALPH", b"VP8 ", b"VP8L"}
_WEBP_KEPT = {*_WEBP_FRAME, b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
_WEBP_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers of a JPEG without a length."""
_DRAWING = {0x01, *range(0xC0, 0xE0)}
"""Markers of a JPEG that no program has for its own notes."""
_JFIF = b"JFIF\0"
_JFIF_LENGTH, _ADOBE_LENGTH = 12, 12
"""Without the small picture behind the one, and without what programs write behind the other."""


def without_metadata(content: bytes, kind: str) -> bytes:
    """``kind``: Pillow's name of the format, one of :data:`CLEANERS`."""
    try:
        return CLEANERS[kind](content)
    except (IndexError, struct.error) as error:
        raise ValueError(f"This is no {kind}.") from error


def _orientation(content: bytes) -> bytes:
    """EXIF that says this and nothing else; empty for a picture that stands upright."""
    with Image.open(BytesIO(content)) as image:
        held = image.getexif().get(ORIENTATION)
    if held not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = held
    return exif.tobytes()


def _jpeg(content: bytes) -> bytes:
    """Segments up to the end of the picture; of the programs' own only JFIF, colour profile and Adobe's."""
    held = _orientation(content)
    out = [content[:2]]
    if held:
        out.append(_jpeg_segment(0xE1, held))
    for marker, part in _jpeg_parts(content):
        out.append(part if marker in _DRAWING else _own_segment(marker, part[4:]))
    return b"".join(out)


def _own_segment(marker: int, body: bytes) -> bytes:
    """What may stay of what programs write; empty for nothing."""
    if marker == 0xE0 and body.startswith(_JFIF) and len(body) >= _JFIF_LENGTH:
        return _jpeg_segment(marker, body[:_JFIF_LENGTH] + b"\0\0")
    if marker == 0xEE and body.startswith(b"Adobe") and len(body) >= _ADOBE_LENGTH:
        return _jpeg_segment(marker, body[:_ADOBE_LENGTH])
    return _jpeg_segment(marker, body) if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") else b""


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; what is coded behind the head of a scan belongs to it."""
    if content[:2] != b"\xff\xd8":
        raise ValueError("This is no JPEG.")
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("This is no JPEG.")
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        end = at + 2
        if marker not in {0xD9, *_STANDALONE}:
            end += struct.unpack(">H", content[end : end + 2])[0]
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        if marker == 0xD9:
            return
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no part of coded data."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise ValueError("The JPEG breaks off.")
        if content[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 2 if content[at + 1] != 0xFF else 1


def _png(content: bytes) -> bytes:
    """Chunks that draw; texts, times, EXIF and what nobody knows go."""
    if not content.startswith(_PNG):
        raise ValueError("This is no PNG.")
    held = _orientation(content)
    out, at = [_PNG], len(_PNG)
    while True:
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content):
            raise ValueError("The PNG breaks off.")
        if name in _PNG_KEPT:
            out.append(content[at:end])
        if name == b"IHDR" and held:
            # Without the mark that begins EXIF in a JPEG.
            out.append(_png_chunk(b"eXIf", held.removeprefix(b"Exif\0\0")))
        if name == b"IEND":
            return b"".join(out)
        at = end


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _webp(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("This is no WebP.")
    held = _orientation(content)
    until = 8 + struct.unpack("<I", content[4:8])[0]
    if until > len(content):
        raise ValueError("The WebP breaks off.")
    out = []
    for name, body in _riff_chunks(content[12:until]):
        if name == b"VP8X":
            flags = body[0] & ~(_WEBP_FLAGS[b"EXIF"] | _WEBP_FLAGS[b"XMP "]) | (_WEBP_FLAGS[b"EXIF"] if held else 0)
            body = bytes([flags]) + body[1:]
        if name == b"ANMF":
            body = _webp_frame(body)
        if name in _WEBP_KEPT:
            out.append(_riff_chunk(name, body))
    if held:
        out.append(_riff_chunk(b"EXIF", held))
    inner = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _webp_frame(body: bytes) -> bytes:
    """Where it stands and how long, and again chunks."""
    kept = (_riff_chunk(name, inner) for name, inner in _riff_chunks(body[16:]) if name in _WEBP_FRAME)
    return body[:16] + b"".join(kept)


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        yield name, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _gif(content: bytes) -> bytes:
    """Comments, texts and the notes of programs go; of these an animation needs how often it is played."""
    if content[:6] not in {b"GIF87a", b"GIF89a"}:
        raise ValueError("This is no GIF.")
    at = 13 + _colours(content[10])
    out = [content[:at]]
    while (start := content[at]) != 0x3B:
        if start == 0x2C:
            end = at + 10 + _colours(content[at + 9]) + 1
        elif start == 0x21:
            end = at + 2
        else:
            raise ValueError("This is no GIF.")
        end = _end_of_blocks(content, end)
        label = content[at + 1]
        if start == 0x2C or label == 0xF9 or (label == 0xFF and content[at + 3 : at + 14] == b"NETSCAPE2.0"):
            out.append(content[at:end])
        at = end
    return b"".join(out) + b";"


def _colours(flags: int) -> int:
    """Bytes of the table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while length := content[at]:
        at += length + 1
    return at + 1


CLEANERS: dict[str, Callable[[bytes], bytes]] = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}
