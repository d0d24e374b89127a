"""Uploaded files are what their names say, and say nothing that nobody wanted to tell."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from dkbm.core import archives
from dkbm.core.uploads import check_content, take_document, take_picture
from tests.factories.uploads import MIMETYPES, PLACE, archive, office_document, photo

DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
CODE = b"<script>alert(1)</script>"


def not_a(ending: str) -> str:
    return f"Diese Datei heißt „.{ending}“, ist aber keine {ending.upper()}-Datei. Bitte laden Sie das Original hoch."


FETCHES = "Diese Datei lädt beim Öffnen etwas von anderer Stelle"
MACRO = "vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"


def relation(kind: str, target: str) -> bytes:
    """A part that names one other part of an office document."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{types}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def linked(element: str, target: str) -> bytes:
    """A part of an open document with one element that links."""
    spaces = "".join(f' xmlns:{name}="urn:{name}"' for name in ("draw", "text", "style", "script", "xlink"))
    return f'<x{spaces}><{element} xlink:href="{target}"/></x>'.encode()


def why_not(name: str, content: bytes, take: Callable = take_document) -> str:
    with pytest.raises(ValidationError) as caught:
        take(ContentFile(content, name=name), name)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Einladung.pdf", b"%PDF-1.7\n"),
        ("alt.PDF", b"\n\n%PDF-1.4"),
        *((f"Datei.{ending}", office_document(ending)) for ending in ("docx", "xlsx", "pptx", "odt", "ods", "odp")),
        ("Sammlung.zip", archive({"a.txt": b"Text", "innen.zip": archive({"b.txt": b"Text"})})),
        ("leer.zip", archive({})),
        ("Termin.ics", b"BEGIN:VCALENDAR\r\n"),
        ("Zahlen.csv", b"Ort;Zahl\n"),
        ("leer.txt", b""),
    ],
)
def test_content_that_fits_its_name_is_taken(name: str, content: bytes) -> None:
    file = io.BytesIO(content)
    check_content(file, name)
    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Einladung.pdf", b"MZ\x90\x00" + bytes(100)),
        ("Einladung.pdf", b"<html><script>alert(1)</script>"),
        ("Einladung.pdf", b"<html>" + CODE + b"%PDF-1.4"),
        ("Liste.xlsx", b"%PDF-1.7"),
        ("Liste.xlsx", b"PK\x03\x04rest"),
        ("Zahlen.csv", b"\x7fELF\x02"),
        ("Notiz.txt", b"#!/bin/sh\n"),
        ("Brief.docx", archive({"a.txt": b"Text"})),
        ("Brief.docx", office_document("xlsx")),
        ("Brief.docx", office_document("odt")),
        ("Brief.docx", office_document("docx", main_part=DOCM)),
        ("Brief.odt", office_document("ods")),
        ("Brief.odt", office_document("docx")),
        ("Brief.docx", archive({"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"})),
        ("Sammlung.zip", archive({"a.txt": b"Text" * 100})[:-30]),
    ],
)
def test_content_that_does_not_fit_is_refused_in_words(name: str, content: bytes) -> None:
    assert why_not(name, content) == not_a(name.rpartition(".")[2])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Brief.docx", office_document("docx", **{"word/vbaProject.bin": b"x"})),
        ("Liste.xlsx", office_document("xlsx", **{"xl/VBAPROJECT.BIN": b"x"})),
        ("Liste.ods", office_document("ods", **{"Basic/Standard/Module1.xml": b"x"})),
        ("Sammlung.zip", archive({"a.docx": office_document("docx", **{"word/vbaProject.bin": b"x"})})),
        ("Brief.docx", office_document("docx", **{"docProps/Custom\\VBAproject.BIN": b"x"})),
        ("Brief.docx", office_document("docx", **{"word/_rels/main.xml.rels": relation("vbaProject", "harmlos.bin")})),
        ("Brief.docx", office_document("docx", further='<Default Extension="bin" ContentType="x/x.vbaProject"/>')),
        ("Brief.odt", office_document("odt", **{"BASIC/Standard/Module1.xml": b"x"})),
        ("Brief.odt", office_document("odt", **{"Object 1/Basic/Standard/Module1.xml": b"x"})),
        ("Brief.odt", office_document("odt", **{"./scripts/python/a.py": b"x"})),
        ("Brief.odt", office_document("odt", **{"content.xml": linked("script:event-listener", MACRO)})),
        ("Sammlung.zip", archive({"a.odt": office_document("odt", **{"Scripts/python/a.py": b"x"})})),
    ],
)
def test_macros_are_refused(name: str, content: bytes) -> None:
    assert why_not(name, content) == "Diese Datei enthält Makros. Bitte speichern Sie sie ohne Makros."


def test_plain_archive_may_have_folders_that_are_called_so() -> None:
    take_document(ContentFile(archive({"Scripts/a.txt": b"Text", "basic/b.txt": b""})), "Sammlung.zip")


ELSEWHERE = [
    *("http://example.org/a.dotx", "HTTPS://example.org/a.png", r"\\server\vorlagen\a.dotx", "//server/a.dotx"),
    *("file://server/a.dotx", "file:////server/a.dotx", r"file:///\\server\a.dotx", "file:///%5C%5Cserver%5Ca"),
    *("ftp://example.org/a", "mhtml:http://example.org/a", " http://example.org/a"),
]
HERE = [
    "media/a.png",
    "/word/media/a.png",
    "../a.png",
    "file:///C:/Vorlagen/a.dotx",
    r"C:\a.dotx",
    "#Seite",
    "NULL",
    "",
]


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument", "neuartig"])
@pytest.mark.parametrize("target", ELSEWHERE)
def test_office_document_that_fetches_is_refused(kind: str, target: str) -> None:
    content = office_document("docx", **{"word/_RELS/settings.xml.RELS": relation(kind, target)})
    assert why_not("Brief.docx", content).startswith(FETCHES)
    assert why_not("Sammlung.zip", archive({"a.docx": content})).startswith(FETCHES)


@pytest.mark.parametrize("kind", ["draw:image", "draw:object", "text:section-source", "style:background-image"])
@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "Object 1/content.xml"])
def test_open_document_that_fetches_is_refused(part: str, kind: str, target: str) -> None:
    assert why_not("Brief.odt", office_document("odt", **{part: linked(kind, target)})).startswith(FETCHES)


@pytest.mark.parametrize("target", [*ELSEWHERE, *HERE])
def test_links_that_somebody_clicks_are_taken(target: str) -> None:
    check_content(io.BytesIO(office_document("docx", **{"_rels/a.rels": relation("hyperlink", target)})), "a.docx")
    check_content(io.BytesIO(office_document("odt", **{"content.xml": linked("text:a", target)})), "a.odt")


@pytest.mark.parametrize("target", HERE)
def test_parts_of_the_document_itself_are_taken(target: str) -> None:
    """And those of the writer's own computer, which nobody else has."""
    check_content(io.BytesIO(office_document("docx", **{"_rels/a.rels": relation("image", target)})), "a.docx")
    check_content(io.BytesIO(office_document("odt", **{"content.xml": linked("draw:image", target)})), "a.odt")


@pytest.mark.parametrize("part", [b"<x", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x y='&a;'/>", b""])
def test_office_document_with_a_part_that_cannot_be_read_is_refused(part: bytes) -> None:
    said = "Ein Teil dieser Datei lässt sich nicht lesen. Bitte speichern Sie sie in Ihrem Programm neu."
    assert why_not("Brief.docx", office_document("docx", **{"_rels/.rels": part})) == said
    assert why_not("Brief.odt", office_document("odt", **{"styles.xml": part})) == said


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Brief.odt", ["mimetype"]),
        ("Brief.docx", ["[Content_Types].xml"]),
        ("Brief.docx", ["[content_types].XML"]),
        ("Brief.docx", ["word/a.xml", "word\\a.xml"]),
        ("Sammlung.zip", ["a.txt", "a.txt"]),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_part_that_stands_twice_is_refused(name: str, names: list[str]) -> None:
    """One program reads the first, another one the last."""
    made = io.BytesIO(archive({}) if name.endswith("zip") else office_document(name.rpartition(".")[2]))
    with zipfile.ZipFile(made, "a") as opened:
        for each in names:
            opened.writestr(each, MIMETYPES.get("odt", "") if each == "mimetype" else b"<x/>")
    assert why_not(name, made.getvalue()).startswith("In dieser Datei steht ein Teil doppelt.")


def lying_archive() -> bytes:
    """Its directory says that the entry is small."""
    content = bytearray(archive({"a": bytes(20_000_000)}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        archive({"a": bytes(20_000_000)}),
        archive({f"{number}": bytes(3_000_000) for number in range(5)}),
        archive({"innen.zip": archive({"a": bytes(20_000_000)})}),
        archive({"innen.zip": archive({"innen.zip": archive({"a.txt": b"x"})})}),
        archive({f"{number}": b"" for number in range(archives.MOST_ENTRIES + 1)}),
    ],
    ids=["ratio", "many", "nested", "deep", "entries"],
)
def test_archive_that_floods_is_refused(content: bytes) -> None:
    assert why_not("Sammlung.zip", content).startswith("Dieses Archiv wird beim Auspacken zu groß.")


def test_size_is_counted_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the directory says may be a lie: then the archive is broken or too large, never taken."""
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)
    assert "zu groß" in why_not("Sammlung.zip", archive({"a": bytes(2_000)}))
    monkeypatch.undo()
    assert why_not("Sammlung.zip", lying_archive())


def test_archive_with_a_password_is_refused() -> None:
    content = bytearray(archive({"a.txt": b"Text"}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert why_not("Sammlung.zip", bytes(content)).startswith("Diese Datei ist mit einem Passwort geschützt")


def test_archive_with_ways_to_the_outside_is_refused() -> None:
    assert "Pfaden nach außen" in why_not("Sammlung.zip", archive({"../../etc/passwd": b"x"}))


ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}


def taken(content: bytes, kind: str) -> bytes:
    name = f"Foto.{ENDINGS[kind]}"
    return bytes(take_picture(ContentFile(content, name=name), name).read())


@pytest.mark.parametrize(
    ("kind", "frames"), [("JPEG", 1), ("PNG", 1), ("PNG", 3), ("WEBP", 1), ("WEBP", 3), ("GIF", 1), ("GIF", 3)]
)
def test_photo_keeps_its_pixels_and_loses_its_place(kind: str, frames: int) -> None:
    before = photo(kind, frames=frames)
    after = taken(before, kind)
    assert PLACE in before or kind == "PNG"
    assert PLACE not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert not new.getexif()
        assert not {"xmp", "comment", "Ort", "Weg", "XML:com.adobe.xmp", "exif"} & set(new.info)
        assert new.info.get("icc_profile") == old.info.get("icc_profile")
        assert (getattr(new, "n_frames", 1), new.info.get("duration")) == (frames, old.info.get("duration"))
        for frame in range(frames):
            old.seek(frame)
            new.seek(frame)
            assert old.convert("RGB").tobytes() == new.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_as_the_camera_was_held(kind: str, orientation: int) -> None:
    before = photo(kind, orientation=orientation)
    after = taken(before, kind)
    assert PLACE not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert dict(new.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
        assert ImageOps.exif_transpose(old).tobytes() == ImageOps.exif_transpose(new).tobytes()


def chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


@pytest.mark.parametrize("name", [b"EXIF", b"XMP ", b"exif", b"Exif", b"xmp ", b"META", b"vp8 "])
def test_webp_keeps_only_chunks_that_draw(name: bytes) -> None:
    content = photo("WEBP")
    inner = content[8:] + chunk(name, PLACE)
    found = taken(b"RIFF" + len(inner).to_bytes(4, "little") + inner, "WEBP")
    assert found == taken(content, "WEBP")


def test_frame_of_an_animated_webp_keeps_only_chunks_that_draw() -> None:
    """The frames are chunks that hold chunks."""
    content = photo("WEBP", frames=2)
    at = content.find(b"ANMF")
    length = int.from_bytes(content[at + 4 : at + 8], "little")
    body = content[at + 8 : at + 8 + length]
    inner = content[8:at] + chunk(b"ANMF", body + chunk(b"META", PLACE)) + content[at + 8 + length + length % 2 :]
    found = taken(b"RIFF" + len(inner).to_bytes(4, "little") + inner, "WEBP")
    assert found == taken(content, "WEBP")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


JFIF = b"JFIF\0\x01\x01\x01\0\x48\0\x48"
ADOBE = b"Adobe\0\x64\0\0\0\0\x01"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (segment(0xEE, ADOBE), segment(0xEE, ADOBE)),
        (segment(0xEE, ADOBE + PLACE), segment(0xEE, ADOBE)),
        (segment(0xEE, b"Adobe" + PLACE[:3]), b""),
        (segment(0xED, ADOBE), b""),
        (segment(0xE0, JFIF + b"\x01\x01" + b"Ort"), segment(0xE0, JFIF + b"\0\0")),
        (segment(0xE0, JFIF + b"\0\0" + PLACE), segment(0xE0, JFIF + b"\0\0")),
        (segment(0xE0, b"JFXX\0\x10" + PLACE), b""),
        (segment(0xE5, JFIF + b"\0\0" + PLACE), b""),
        (segment(0xE3, b"ICC_PROFILE\0\x01\x01" + PLACE), b""),
        (segment(0xE2, b"FPXR\0" + PLACE), b""),
        (segment(0xEB, b"JP" + PLACE), b""),
        (segment(0xFE, b"JFIF\0" + PLACE), b""),
    ],
)
def test_jpeg_keeps_of_the_programs_segments_what_draws(sent: bytes, kept: bytes) -> None:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(out, "JPEG")
    bare = out.getvalue()[20:]
    assert taken(b"\xff\xd8" + sent + bare, "JPEG") == b"\xff\xd8" + kept + bare


def test_what_stands_behind_a_picture_goes() -> None:
    for kind in ENDINGS:
        clean = taken(photo(kind), kind)
        assert taken(photo(kind) + b"\n" + PLACE + archive({"a.txt": b"x"}), kind) == clean


def test_progressive_photo_and_one_with_a_preview_are_taken() -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(out, "JPEG", progressive=True, quality=90)
    content = out.getvalue()
    assert taken(content, "JPEG") == content
    exif = b"\xff\xe1" + (len(b"Exif\0\0" + content[:2000]) + 2).to_bytes(2, "big") + b"Exif\0\0" + content[:2000]
    assert taken(content[:2] + exif + content[2:], "JPEG") == content


ACTIVE = "Diese SVG-Datei enthält Skripte oder Verweise nach außen."
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Bild.gif", b"GIF89a/*" + CODE + b"*/=1;"),
        ("Bild.gif", CODE),
        ("Bild.gif", SVG.format("").encode()),
        ("Bild.png", photo("JPEG")),
        ("Bild.jpg", photo("PNG")),
        ("Bild.jpg", b"<html>" + photo("JPEG")),
        ("Bild.jpg", photo("JPEG")[:400]),
        ("Bild.png", photo("PNG")[:60]),
        ("Bild.webp", photo("WEBP")[:60]),
        ("Bild.gif", photo("GIF")[:60]),
        ("Bild.png", b""),
        ("Bild.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("Bild.svg", photo("PNG")),
        ("Bild.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;").encode()),
        ("Bild.bmp", photo("PNG")),
    ],
)
def test_what_is_no_such_picture_is_refused(name: str, content: bytes) -> None:
    assert why_not(name, content, take_picture) == not_a(name.rpartition(".")[2])


def test_code_in_pixels_is_refused() -> None:
    """A picture that a browser could be told to be a page."""
    plain = Image.new("P", (256, 1))
    plain.putdata(list(range(256)))
    plain.putpalette(CODE.ljust(768, b"\0"))
    out = io.BytesIO()
    plain.save(out, "PNG")
    assert CODE in out.getvalue()
    assert why_not("Bild.png", out.getvalue(), take_picture) == not_a("png")


def picture_with(text: bytes, at: int) -> bytes:
    """Its pixels stand in the file as they are."""
    pixels = bytearray(200 * 200)
    pixels[at : at + len(text)] = text
    image = Image.frombytes("P", (200, 200), bytes(pixels))
    image.putpalette(bytes(768))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=0)
    return out.getvalue()


def test_what_reads_like_code_amid_the_pixels_is_chance() -> None:
    """Of a hundred large photos one holds "<svg" somewhere."""
    content = picture_with(b"<svg", 20_000)
    assert b"<svg" in content
    assert taken(content, "PNG") == content


@pytest.mark.parametrize("code", [b"<script>", b"<SVG ", b"<!DOCTYPE html>", b"<?php"])
def test_code_at_either_end_of_a_picture_is_refused(code: bytes) -> None:
    """Where whoever guesses what a file is looks for it."""
    for at in (0, 200 * 200 - len(code)):
        assert why_not("Bild.png", picture_with(code, at), take_picture) == not_a("png")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<a xlink:href="javascript:alert(1)"><rect/></a>',
        '<image href="https://example.org/pixel.png"/>',
        '<image xlink:href="//example.org/pixel.png"/>',
        "<style>@import url(https://example.org/x.css)</style>",
        "<style>rect { fill: url('https://example.org/x') }</style>",
        '<rect style="fill: url( https://example.org/x )"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<animateColor attributeName="href" to="#a"/>',
        r"<style>rect { fill: \75rl(https://example.org/x) }</style>",
        r"<style>rect { fill: \000055 r\6C('https://example.org/x') }</style>",
        r"<style>@\69mport 'https://example.org/x.css';</style>",
        r"<style>@i\mport 'https://example.org/x.css';</style>",
        r"<rect fill='\75rl(https://example.org/x)'/>",
        r"<rect style='fill:u\72l(https://example.org/x)'/>",
        "<style><![CDATA[@import 'https://example.org/x.css';]]></style>",
        "<style>&#64;import 'https://example.org/x.css';</style>",
        "<style>rect { background: image-set('https://example.org/x' 1x) }</style>",
        '<g xml:base="https://example.org/x.svg"><use href="#a"/></g>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use href=" x.svg#a"/>',
        '<a href="https://example.org/"><rect/></a>',
        '<feImage href="//example.org/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        f'<meta {HTML} http-equiv="refresh" content="0; https://example.org/"/>',
        '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0"/>',
        f'<link {HTML} rel="stylesheet" /><img {HTML} srcset="https://example.org/x 1x"/>',
        f'<video {HTML} poster="https://example.org/x"/>',
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext/></math>',
    ],
)
def test_svg_that_runs_or_fetches_is_refused(inside: str) -> None:
    assert why_not("Logo.svg", SVG.format(inside).encode(), take_picture).startswith(ACTIVE)


def test_svg_with_a_style_sheet_of_its_own_is_refused() -> None:
    """Before the picture itself, where no element stands."""
    sheet = '<?xml-stylesheet href="https://example.org/x.css"?>'
    assert why_not("Logo.svg", (sheet + SVG.format("")).encode(), take_picture).startswith(ACTIVE)


@pytest.mark.parametrize(
    "type_of",
    [
        '<!DOCTYPE svg SYSTEM "https://example.org/x.dtd">',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "//example.org/svg11.dtd">',
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
        "<!DOCTYPE svg [<!ENTITY % a SYSTEM 'https://example.org/x'> %a;]>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>",
    ],
)
def test_svg_of_another_type_is_refused(type_of: str) -> None:
    assert why_not("Logo.svg", (type_of + SVG.format("")).encode(), take_picture) == not_a("svg")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("spelt", ["{}", " {}", "{} "])
def test_photo_within_an_svg_loses_its_place(kind: str, spelt: str) -> None:
    coded = base64.encodebytes(photo(kind)).decode().replace("\n", "&#10;")
    value = spelt.format(f"data:image/{ENDINGS[kind]};base64,{coded}")
    svg = SVG.format(f'<g id="a"><image xlink:href="{value}"/></g><text>Größe</text>')
    after = take_picture(ContentFile(svg.encode(), name="Logo.svg"), "Logo.svg").read()
    image = ElementTree.fromstring(after).find(".//{*}image")
    assert image is not None
    shown = base64.b64decode(image.get("{http://www.w3.org/1999/xlink}href", "").partition(",")[2])
    assert shown == taken(photo(kind), kind)
    assert "Größe" in after.decode()


def test_photo_within_an_svg_is_told_by_its_bytes() -> None:
    """As a browser tells it."""
    value = "data:image/png;charset=x," + quote(photo("JPEG"))
    after = take_picture(ContentFile(SVG.format(f'<image href="{value}"/>').encode(), name="a.svg"), "a.svg").read()
    assert base64.b64encode(taken(photo("JPEG"), "JPEG")) in after


@pytest.mark.parametrize("value", ["data:image/png;base64,AAAA", "data:image/png;base64,A", "data:image/gif,"])
def test_svg_with_a_picture_that_cannot_be_read_is_refused(value: str) -> None:
    said = why_not("Logo.svg", SVG.format(f'<image href="{value}"/>').encode(), take_picture)
    assert said.startswith("In dieser SVG-Datei steckt ein Bild, das sich nicht lesen lässt.")


NO_SIZE = "Aus dieser SVG-Datei geht nicht hervor, wie groß das Bild ist."


@pytest.mark.parametrize(
    "sides",
    [
        *('viewBox="0 0 0 0"', 'viewBox="0 0 -1 -1"', 'viewBox="0 0 9"', 'viewBox="a b c d"', 'viewBox="0 0 1e999 1"'),
        *('width="0.4"', 'width="1e-5"', 'width="auto"', 'width="50vh"', 'width="calc(1px)"', 'width="NaN"'),
        *('width="0"', 'width="-3"', 'width="1e999"', 'width="1e12" height="9"', 'width="9" viewBox="0 0 0 9"'),
        *('width="9" height="9" viewBox="0 0 1e-300 1e-300"', 'width="9" height="9" viewBox="1e999 0 9 9"'),
        'width="9" preserveAspectRatio="foo"',
    ],
)
def test_svg_of_no_size_is_refused(sides: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {sides}/>'.encode()
    assert why_not("Logo.svg", svg, take_picture).startswith(NO_SIZE)


def test_svg_that_is_nested_too_deep_is_refused() -> None:
    svg = SVG.format(3000 * "<g>" + 3000 * "</g>").encode()
    assert why_not("Logo.svg", svg, take_picture).startswith("Diese SVG-Datei ist zu tief verschachtelt.")


@pytest.mark.parametrize(
    "sides",
    [
        *("", 'width="9"', 'width="2.5cm" height="10%"', 'viewBox="0 0 1 1"', 'viewBox="-5 -5,1000 20.5"'),
        *('width="100%" height="100%" viewBox="0 0 24 24"', 'width="9" height="9" viewBox="0 0 0.5 0.5"'),
        *('width="5000" height="30"', 'width="9pt" preserveAspectRatio="xMinYMax slice"', 'width="3em"'),
    ],
)
def test_svg_of_any_usual_size_is_taken(sides: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {sides}>{50 * "<g>"}{50 * "</g>"}</svg>'.encode()
    assert take_picture(ContentFile(svg, name="Logo.svg"), "Logo.svg").read() == svg


def test_plain_svg_is_taken() -> None:
    """With what drawing programs write beside it."""
    picture = base64.b64encode(taken(photo("PNG"), "PNG")).decode()
    inside = (
        '<defs><linearGradient id="a"/></defs><style>rect { fill: url( "#a" ) }</style><rect fill="url(#a)"/>'
        f'<use xlink:href="#a"/><image href="data:image/png;base64,{picture}"/><?xpacket end="w"?>'
        '<p:view xmlns:p="http://sodipodi.example" p:name="Bild image(2).svg"/>'
    )
    svg11 = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    content = (f'<?xml version="1.0"?>\n<!-- Zeichenprogramm -->\n{svg11}' + SVG.format(inside)).encode()
    assert take_picture(ContentFile(content, name="Logo.svg"), "Logo.svg").read() == content


def test_unknown_compression_is_refused() -> None:
    content = bytearray(archive({"a.txt": b"Text"}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(mark)
        content[at + offset : at + offset + 2] = (98).to_bytes(2, "little")
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["a.txt"]
    assert why_not("Sammlung.zip", bytes(content)) == not_a("zip")


def test_second_picture_of_a_camera_goes_with_its_metadata() -> None:
    """Phones put a preview or a map of depths behind the photo, with a place of its own."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(photo())) as first:
        exif = first.getexif()
        first.save(out, "MPO", save_all=True, append_images=[first.copy()], exif=exif.tobytes())
    after = taken(out.getvalue(), "JPEG")
    assert PLACE not in after
    with Image.open(io.BytesIO(after)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (40, 30))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "I;16"), ("PNG", "1"), ("WEBP", "RGBA"), ("GIF", "P")],
)
def test_pictures_of_every_mode_stay_as_they_are(kind: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    with Image.open(io.BytesIO(out.getvalue())) as old, Image.open(io.BytesIO(taken(out.getvalue(), kind))) as new:
        assert (old.mode, old.tobytes()) == (new.mode, new.tobytes())
