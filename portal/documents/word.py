"""Word files (.docx): a zip container, judged by its table of contents before anything in it is unpacked."""

import stat
import xml.sax.handler
import zipfile
from pathlib import PurePosixPath
from typing import Any

import defusedxml.sax

from portal.documents.containers import MOST_RATIO, UNREADABLE, contents
from portal.documents.refused import RefusedFile
from portal.engine.text import mark

MOST_XML = 40 * 2**20  # of all parts that are read
DAMAGED = mark("The Word file cannot be read to its end. Perhaps it was not copied whole.")
CONTENT_TYPES, DOCUMENT, WORKBOOK = "[Content_Types].xml", "word/document.xml", "xl/workbook.xml"
MACROS = ("vbaproject", "vbadata", "activex")
PROGRAMS = ("embeddings/", "externallinks/")
CONTAINERS = frozenset({".zip", ".7z", ".rar", ".gz", ".jar", ".docx", ".docm", ".xlsx", ".pptx", ".ole", ".exe"})


def look_inside(content: bytes) -> None:
    """Refuse whatever is no Word file, naming it where it is known."""
    names = {entry.filename for entry in contents(content, DAMAGED).infolist()}
    if WORKBOOK in names:
        raise RefusedFile(mark("Excel workbooks are not kept as attachments. Please save the table as PDF."))
    if not {CONTENT_TYPES, DOCUMENT} <= names:
        raise RefusedFile(mark("This is a packed folder, and no Word file. Please attach each document by itself."))


def check(content: bytes) -> None:
    """Refuse bombs, paths, links, macros, files in the file and references that are fetched on opening."""
    with contents(content, DAMAGED) as container:
        entries = container.infolist()
        for entry in entries:
            _check_entry(entry)
        if len({entry.filename.lower() for entry in entries}) < len(entries):
            raise RefusedFile(mark("The Word file holds two parts of one name."))
        _check_parts(container, [one for one in entries if one.filename.lower().endswith((".xml", ".rels"))])


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = PurePosixPath(name).parts
    linked = stat.S_ISLNK(entry.external_attr >> 16)
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts or linked or entry.flag_bits & 1:
        raise RefusedFile(mark("The Word file holds parts that lead out of it, or that are locked."))
    if entry.file_size > MOST_RATIO * max(1, entry.compress_size) and entry.file_size > 2**20:
        raise RefusedFile(mark("The file unpacks to far more than it seems to be, and is not opened."))
    low = name.lower()
    if any(word in low for word in MACROS):
        raise RefusedFile(mark("The Word file holds macros. Please save it without, or as PDF."))
    if any(word in low for word in PROGRAMS) or PurePosixPath(low).suffix in CONTAINERS:
        raise RefusedFile(mark("The Word file holds other files. Please attach each by itself."))


def _check_parts(container: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MOST_XML:
        raise RefusedFile(mark("The file unpacks to far more than it seems to be, and is not opened."))
    for part in parts:
        reader = Relations() if part.filename.endswith(".rels") else Types()
        try:
            with container.open(part) as stream:
                defusedxml.sax.parse(stream, reader, forbid_dtd=True)
        except UNREADABLE as error:
            raise RefusedFile(mark("The Word file is damaged, or holds what no Word program writes.")) from error


class Types(xml.sax.handler.ContentHandler):
    """Reads a part to its end: it must be XML. In the table of types, macros give themselves away."""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the reader's name for it
        if "macroenabled" in attrs.get("ContentType", "").lower():
            raise RefusedFile(mark("The Word file holds macros. Please save it without, or as PDF."))


class Relations(xml.sax.handler.ContentHandler):
    """Of what a part refers to outside, only a link that somebody must click is left."""

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the reader's name for it
        outside = attrs.get("TargetMode", "").lower() == "external"
        if outside and not attrs.get("Type", "").lower().endswith("/hyperlink"):
            raise RefusedFile(mark("The Word file fetches something from elsewhere when it is opened."))
