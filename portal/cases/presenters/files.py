"""Files of a case as a list of links."""

from dataclasses import dataclass

from flask import url_for

from portal.documents.models import Attachment
from portal.engine.presentation import day
from portal.engine.text import _

KILOBYTE, MEGABYTE = 1024, 1024**2


@dataclass(frozen=True)
class AttachedFile:
    """A file: its name, where it is, and kind, size and day as one text."""

    name: str
    url: str
    about: str
    picture: bool


def attached(one: Attachment) -> AttachedFile:
    about = ", ".join((_kind(one), size(one.size), day(one.dated_on)))
    return AttachedFile(one.title, url_for("documents.download", id=one.id), about, one.is_picture)


def _kind(one: Attachment) -> str:
    if one.is_picture:
        return _("Picture")
    return one.file_name.rpartition(".")[2].upper() if "." in one.file_name else _("File")


def size(of: int) -> str:
    """A size as people say it: 212 KB, 1.4 MB."""
    if of < MEGABYTE:
        return f"{max(1, round(of / KILOBYTE))} KB"
    return f"{of / MEGABYTE:.1f} MB"
