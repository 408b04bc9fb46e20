"""Good and bad files, each made here: nothing of them lies in the repository."""

import io
import struct
import zipfile
import zlib

from docx import Document
from PIL import ExifTags, Image

CONTENT_TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]><a>&i;</a>"
)
GPS = {1: "N", 2: (14.0, 41.0, 12.0), 3: "E", 4: (107.0, 40.0, 30.0)}


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200), mode: str = "RGB", **saved) -> bytes:
    """A picture whose left half is red."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image = image.convert(mode)
    written = io.BytesIO()
    image.save(written, kind, **saved)
    return written.getvalue()


def photograph(orientation: int = 1) -> bytes:
    """A JPEG as a telephone makes it: with the place where it was taken, and how the camera was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make] = orientation, "Máy ảnh của Y"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return picture("JPEG", exif=exif)


def flood(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small PNG that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(extra: bytes = b"", trailer: bytes = b"", stream: bytes = b"") -> bytes:
    """A page of PDF as plain as can be, with something put into it."""
    body = b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R " + extra + b">> endobj\n"
    body += b"2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\n"
    if stream:
        body += b"3 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\n" + stream + b"\nendstream endobj\n"
    return body + b"trailer <</Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n"


def photo_in_pdf() -> bytes:
    """A scan: its packed points hold the letters /JS and more by chance, and mean nothing."""
    points = b"3 0 obj <</Subtype /Image>> stream\n\x01/JS \x02/Encrypt \x03\nendstream endobj\n"
    return pdf().replace(b"trailer", points + b"trailer")


def word(text: str = "Đơn xin phép vắng mặt") -> bytes:
    document = Document()
    document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def word_with(**parts: bytes | str) -> bytes:
    """A Word file with parts added; two underscores stand for a slash, one for a dot."""
    named = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    return word_of(named)


def word_of(parts: dict[str, bytes | str], *, links: bool = False) -> bytes:
    written = io.BytesIO(word())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o120777 << 16 if links else 0o600 << 16
            container.writestr(entry, content)
    return written.getvalue()


def word_replacing(part: str, old: str, new: str) -> bytes:
    """A Word file in one of whose parts something else stands."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name).decode("utf-8", "surrogateescape")
            assert name != part or old in content
            changed = content.replace(old, new, 1) if name == part else content
            made.writestr(name, changed.encode("utf-8", "surrogateescape"))
    return written.getvalue()


def excel() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        container.writestr(CONTENT_TYPES, "<Types/>")
        container.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()


def packed_pdf(megabytes: int) -> bytes:
    """Packed objects that unpack to so much of nothing."""
    return pdf(stream=zlib.compress(bytes(megabytes * 2**20)))


def bomb(megabytes: int) -> bytes:
    return word_of({"word/media/a.bin": bytes(megabytes * 2**20)})


def folder() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        container.writestr("bài.txt", "văn bản")
    return written.getvalue()


def table_of_contents(entries: int) -> bytes:
    """A Word file with a table of contents of so many empty parts."""
    return word_of({f"word/x{number}": b"" for number in range(entries)})


OUTSIDE = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'attachedTemplate" Target="https://example.org/mau.dotm" TargetMode="External"/></Relationships>'
)
LINK = OUTSIDE.replace("attachedTemplate", "hyperlink")
RELATIONS = "word/_rels/document.xml.rels"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_KEPT, RENAMED, TORN = "does not count", "Was the file renamed?", "cannot be read to its end"
UNPACKS = "far more than it seems"

# name, file name, content, what the field says
BAD = {
    "an empty file": ("a.pdf", b"", "empty"),
    "a page of HTML": ("a.html", b"<!doctype html><script>alert(1)</script>", NOT_KEPT),
    "HTML that calls itself a picture": ("a.jpg", b"<html><script>alert(1)</script></html>", NOT_KEPT),
    "an SVG": ("a.svg", SVG, NOT_KEPT),
    "an SVG that calls itself PNG": ("a.png", SVG, NOT_KEPT),
    "a program": ("a.pdf", b"MZ\x90\x00" + b"\0" * 400, NOT_KEPT),
    "a script of a shell": ("a.docx", b"#!/bin/sh\nrm -rf /\n", NOT_KEPT),
    "a GIF": ("a.gif", b"GIF89a" + b"\0" * 300, NOT_KEPT),
    "a picture that calls itself PDF": ("a.pdf", picture(), RENAMED),
    "a PDF that calls itself Word": ("a.docx", pdf(), RENAMED),
    "a Word file that calls itself a picture": ("a.png", word(), RENAMED),
    "a flood of pixels": ("a.png", flood(), "more than 40 million points"),
    "a torn PNG": ("a.png", picture(size=(900, 900))[:-900], TORN),
    "a torn JPEG": ("a.jpg", photograph()[:600], TORN),
    "a torn WebP": ("a.webp", picture("WEBP")[:40], TORN),
    "a torn PDF": ("a.pdf", pdf()[:60], TORN),
    "a PDF with a script": ("a.pdf", pdf(b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>"), "script"),
    "a PDF with a hidden script": ("a.pdf", pdf(b"/OpenAction <</S /J#61vaScript>>"), "script"),
    "a PDF with a packed script": ("a.pdf", pdf(stream=zlib.compress(b"<</S /JavaScript>>")), "script"),
    "a PDF that starts a program": ("a.pdf", pdf(b"/OpenAction <</S /Launch /F (cmd.exe)>>"), "script"),
    "a PDF with a file in it": ("a.pdf", pdf(b"/Names <</EmbeddedFiles 4 0 R>>"), "another file"),
    "a locked PDF": ("a.pdf", pdf(trailer=b"/Encrypt 5 0 R"), "password"),
    "a PDF that unpacks without end": ("a.pdf", packed_pdf(60), "more than can be"),
    "an Excel workbook": ("a.xlsx", excel(), "Excel workbooks are not kept"),
    "a packed folder": ("a.zip", folder(), "no Word file"),
    "a torn Word file": ("a.docx", word()[:-200], TORN),
    "a Word file with macros": ("a.docx", word_of({"word/vbaProject.bin": b"\0" * 10}), "macros"),
    "a Word file whose table tells of macros": (
        "a.docx", word_replacing(CONTENT_TYPES, "wordprocessingml.document.main+xml", "ms-word.document."
                                 "macroEnabled.main+xml"), "macros",
    ),
    "a Word file with a workbook in it": ("a.docx", word_of({"word/embeddings/a.xlsx": excel()}), "other files"),
    "a Word file with a zip in it": ("a.docx", word_of({"word/media/a.zip": folder()}), "other files"),
    "a Word file with a path": ("a.docx", word_of({"../../keys.json": b"{}"}), "lead out of it"),
    "a Word file with a path of Windows": ("a.docx", word_of({"word\\..\\a": b"{}"}), "lead out of it"),
    "a Word file with a link": ("a.docx", word_of({"word/a": b"/etc/passwd"}, links=True), "lead out of it"),
    "a Word file that fetches its template": (
        "a.docx", word_replacing(RELATIONS, "</Relationships>", OUTSIDE), "fetches something"),
    "a Word file with entities": ("a.docx", word_with(word__bomb_xml=BILLION), "damaged, or holds"),
    "a Word file of no XML": ("a.docx", word_with(word__other_xml="<a><b></a>"), "damaged, or holds"),
    "a bomb": ("a.docx", bomb(5), UNPACKS),
    "a Word file of too many parts": ("a.docx", table_of_contents(1001), UNPACKS),
    "two parts of one name": ("a.docx", word_of({"word/Document.xml": b"<a/>"}), "two parts of one name"),
}  # fmt: skip

GOOD = {
    "a PDF": ("đơn.pdf", pdf(), "application/pdf"),
    "a scan as PDF": ("quét.pdf", photo_in_pdf(), "application/pdf"),
    "a photograph": ("ảnh.JPG", photograph(), "image/jpeg"),
    "a PNG": ("ảnh.png", picture(), "image/jpeg"),
    "a transparent PNG": ("ảnh.png", picture(mode="RGBA"), "image/jpeg"),
    "a PNG of few colours": ("ảnh.png", picture(mode="P"), "image/jpeg"),
    "a PNG of 16 bits": ("ảnh.png", picture(mode="I;16"), "image/jpeg"),
    "a grey PNG": ("ảnh.png", picture(mode="L"), "image/jpeg"),
    "a WebP": ("ảnh.webp", picture("WEBP"), "image/jpeg"),
    "a Word file": ("đơn.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a Word file with a link to click": (
        "đơn.docx", word_replacing(RELATIONS, "</Relationships>", LINK),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a picture without an ending": ("blob", picture(), "image/jpeg"),
}  # fmt: skip
