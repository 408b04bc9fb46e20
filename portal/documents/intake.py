"""What may be kept as a file: decided by its content, bounded before it is opened, never by its name.

A file is taken as it is (PDF, Word) once nothing active was found in it, or written anew (pictures). What this does not
do: look for viruses, or promise that a reader of PDF with a fault of its own is safe. Files therefore leave the portal
as downloads only, under a policy that lets nothing in them run.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype

from portal.documents import pdf, word
from portal.documents.refused import RefusedFile
from portal.engine.letters import plain
from portal.engine.text import mark

PDF, DOCX, JPEG = (
    "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/jpeg",
)  # fmt: skip
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
EXTENSIONS = {PDF: ".pdf", DOCX: ".docx", JPEG: ".jpg"}
# What a name may end in, by what the content is. A name that promises another kind is refused, not mended.
NAMED = {
    PDF: {".pdf"}, DOCX: {".docx"}, JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"}, "image/png": {".png"},
    "image/webp": {".webp"},
}  # fmt: skip
NAMES = {PDF: "PDF", DOCX: "Word", JPEG: "JPEG", "image/png": "PNG", "image/webp": "WebP"}
MOST_LETTERS = 80


@dataclass(frozen=True)
class Accepted:
    """A file as it will be kept."""

    content: bytes
    media_type: str
    file_name: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def accept(content: bytes, name: str, most_bytes: int) -> Accepted:
    """Look at a file and give what will be kept of it. Raises RefusedFile with the reason."""
    if not content:
        raise RefusedFile(mark("The file is empty."))
    if len(content) > most_bytes:
        raise RefusedFile(mark("The file is larger than %(limit)s MB."), limit=most_bytes // 2**20)
    found = kind_of(content)
    _named_rightly(name, found)
    if found in PICTURES:
        from portal.documents import pictures  # with its library, which a worker holds only once somebody attaches one

        return Accepted(pictures.written_anew(content), JPEG, own_name(name, JPEG))
    (pdf if found == PDF else word).check(content)
    return Accepted(content, found, own_name(name, found))


def kind_of(content: bytes) -> str:
    """The media type by content. Raises RefusedFile for a kind that is not kept."""
    guessed = filetype.guess(content[:8192])
    found = guessed.mime if guessed else ""
    if found in PICTURES or found == PDF:
        return str(found)
    if content.startswith(b"PK"):
        word.look_inside(content)
        return DOCX
    raise RefusedFile(
        mark("The content is neither PDF nor JPEG, PNG, WebP or Word (.docx); the name of a file does not count.")
    )


def _named_rightly(name: str, found: str) -> None:
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending and ending not in NAMED[found]:
        told = mark("The name ends in %(ending)s, but the content is %(kind)s. Was the file renamed?")
        raise RefusedFile(told, ending=plain(ending)[:12], kind=NAMES[found])


def own_name(name: str, media_type: str) -> str:
    """The name without folders and signs that no file system likes, and with the ending of its content."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    kept = "".join(letter for letter in plain(stem) if letter.isprintable() and letter not in '<>:"/\\|?*;%')
    return (kept.strip(" .")[:MOST_LETTERS] or "tep") + EXTENSIONS[media_type]
