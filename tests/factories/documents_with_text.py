"""Bytes of small files that hold text, and of those that hold none; nothing that needs a binding."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfReader, PdfWriter

PICTURE = b"q 200 0 0 200 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"


def pdf(*pages: str) -> bytes:
    """A page for each text, its lines below each other."""
    return _pdf([_lines(page) for page in pages])


def scanned_pdf(pages: int = 1) -> bytes:
    return _pdf([PICTURE] * pages)


def locked_pdf(text: str, *, password: str) -> bytes:
    """Without ``password`` it may only not be changed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _lines(text: str) -> bytes:
    shown = ") Tj 0 -14 Td (".join(text.splitlines())
    return f"BT /F1 12 Tf 72 720 Td ({shown}) Tj ET".encode("cp1252")


def _pdf(contents: list[bytes]) -> bytes:
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"{page} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override ContentType="{}"/></Types>'
)
_OOXML = "application/vnd.openxmlformats-officedocument."
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def docx(text: str, *, deleted: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    gone = f"<w:p><w:del><w:r><w:delText>{deleted}</w:delText></w:r></w:del></w:p>"
    return archive(
        {
            "[Content_Types].xml": TYPES.format(f"{_OOXML}wordprocessingml.document.main+xml"),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}{gone}</w:body></w:document>',
        }
    )


def pptx(*slides: str) -> bytes:
    parts = {"[Content_Types].xml": TYPES.format(f"{_OOXML}presentationml.presentation.main+xml")}
    for number, text in enumerate(slides, start=1):
        parts[f"ppt/slides/slide{number}.xml"] = f'<x xmlns:a="{_DRAWING}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></x>'
    return archive(parts)


def xlsx(*cells: str) -> bytes:
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return archive(
        {
            "[Content_Types].xml": TYPES.format(f"{_OOXML}spreadsheetml.sheet.main+xml"),
            "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
        }
    )


def open_document(text: str, kind: str = "text", *, deleted: str = "") -> bytes:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.splitlines())
    gone = f"<text:tracked-changes><text:p>{deleted}</text:p></text:tracked-changes>"
    spaces = f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0"'
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces}>{gone}{lines}</office:document-content>",
        }
    )


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()
