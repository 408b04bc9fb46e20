"""Zip containers (.docx, .xlsx): judged by their table of contents before anything in them is unpacked."""

import struct
import zipfile
import zlib
from io import BytesIO
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException

from portal.documents.refused import RefusedFile
from portal.engine.text import mark

MOST_ENTRIES = 1000
MOST_UNPACKED = 200 * 2**20
MOST_RATIO = 100
MOST_CONTENTS = MOST_ENTRIES * 1024  # bytes of the table of contents: read before it is parsed
TOO_MUCH = mark("The file unpacks to far more than it seems to be, and is not opened.")
_END, _END_BYTES, _END_COMMENT = b"PK\x05\x06", 22, 2**16
_LOCATOR_64 = b"PK\x06\x07"

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, SAXException, DefusedXmlException, OSError, EOFError, ValueError,
    LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip


def contents(content: bytes, damaged: str) -> zipfile.ZipFile:
    """The table of contents, once its size is known to be bearable. *damaged* says that there is none."""
    _bounded(content, damaged)
    try:
        container = zipfile.ZipFile(BytesIO(content))
        entries = container.infolist()
    except UNREADABLE as error:
        raise RefusedFile(damaged) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(content):
        raise RefusedFile(TOO_MUCH)
    return container


def _bounded(content: bytes, damaged: str) -> None:
    """The module that reads containers makes an object of every entry: first ask how long the table is."""
    at = content.rfind(_END, max(0, len(content) - _END_BYTES - _END_COMMENT))
    if at < 0 or len(content) < at + _END_BYTES:
        raise RefusedFile(damaged)
    length: int = struct.unpack("<L", content[at + 12 : at + 16])[0]
    if length > MOST_CONTENTS or content[max(0, at - 20) : at].startswith(_LOCATOR_64):
        raise RefusedFile(TOO_MUCH)
