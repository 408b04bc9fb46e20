"""PDF: whole, open to the eye, and without what acts by itself."""

import re
import zlib
from collections.abc import Iterator

from portal.documents.refused import RefusedFile
from portal.engine.text import mark

TAIL = 2048
HEAD = 500  # bytes before a stream in which its description stands
MOST_UNPACKED = 50 * 2**20
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# /JS alone is three bytes, which any photograph holds by chance: it is looked for beside the streams only.
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_SHORT = re.compile(rb"/JS(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")


def check(content: bytes) -> None:
    """Refuse a torn file, one that is locked, and one that brings scripts, programs or files of its own.

    The names of such things are looked for, also where they are written with escapes or lie in packed objects. That
    finds what programs write; somebody who hides a script with care (in a stream packed twice, behind a broken
    structure that one reader mends) is not found. Raises RefusedFile.
    """
    if b"startxref" not in content[-TAIL:]:
        raise RefusedFile(mark("The PDF cannot be read to its end. Perhaps it was not copied whole."))
    streams = list(_streams(content))
    beside = _plain(_without(content, streams))
    if _LOCKED.search(beside):
        raise RefusedFile(mark("The PDF is locked by a password. Please save it without, then attach it."))
    told = (_plain(content), *(_plain(one) for one in _unpacked(content, streams)))
    if _SHORT.search(beside) or any(_ACTIVE.search(one) for one in told):
        raise RefusedFile(
            mark("The PDF holds a script, a program or another file. Please print it into a new PDF, then attach that.")
        )


def _plain(content: bytes) -> bytes:
    """Names may be written with escapes: /J#61vaScript is /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each stream begins and ends. Found step by step: a pattern would start anew at every beginning."""
    end = 0
    while (start := content.find(b"stream", end)) >= 0:
        end = content.find(b"endstream", start)
        if end < 0:
            return
        yield start + len(b"stream"), end
        end += len(b"endstream")


def _without(content: bytes, streams: list[tuple[int, int]]) -> bytes:
    pieces, last = [], 0
    for start, end in streams:
        pieces.append(content[last:start])
        last = end
    return b" ".join((*pieces, content[last:]))


def _unpacked(content: bytes, streams: list[tuple[int, int]]) -> Iterator[bytes]:
    """The objects that lie compressed, no more of them than memory allows. Raises RefusedFile where there are more."""
    left = MOST_UNPACKED
    for start, end in streams:
        if b"/ObjStm" not in _plain(content[max(0, start - HEAD) : start]):
            continue
        opened = _inflated(content[start:end].lstrip(b"\r\n"), left)
        left -= len(opened)
        if left <= 0:
            raise RefusedFile(mark("The PDF unpacks to more than can be looked at."))
        yield opened


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""  # packed in another way, or not at all: its bytes were looked at as they are
