"""Files as a list of links."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for

from portal.documents.models import Attachment, AttachmentKind
from portal.documents.queries import files_of
from portal.engine.access import Actor, rights_on
from portal.engine.db import Kept
from portal.engine.presentation import day
from portal.engine.text import _

KILOBYTE, MEGABYTE = 1024, 1024**2


@dataclass(frozen=True)
class AttachedFile:
    """A file: its name, where it is, kind, size and day as one text; why it was struck out, or where that is done."""

    name: str
    url: str
    about: str
    picture: bool
    voided: str = ""
    void_url: str = ""


def attached(one: Attachment, voidable: Collection[int] = ()) -> AttachedFile:
    """*voidable* are the ids of the files that the reader may strike out."""
    about = ", ".join((_kind(one), size(one.size), day(one.dated_on)))
    if one.forgotten_on:
        about = _("Removed on %(day)s with the names of the file", day=day(one.forgotten_on))
    struck = _("Attached in error: %(why)s", why=one.void_reason) if one.voided_at else ""
    may_void = one.id in voidable and not one.voided_at and not one.against_voiding
    url = url_for("documents.download", id=one.id)
    void_url = url_for("documents.void", id=one.id) if may_void else ""
    return AttachedFile(one.title, url, about, one.is_picture, struck, void_url)


def files_shown(user: Actor, record: Kept) -> list[AttachedFile]:
    """The files of a record as its page lists them, each with the way to strike it out for whoever may."""
    found = files_of(user, record)
    may_void = rights_on(user, Attachment, [one.id for one in found], ("void",))
    return [attached(one, [one_id for one_id, held in may_void.items() if held]) for one in found]


def _kind(one: Attachment) -> str:
    if one.kind == AttachmentKind.SIGNED_PAGE:
        return _("Signed page")
    if one.is_picture:
        return _("Picture")
    return one.file_name.rpartition(".")[2].upper() if "." in one.file_name else _("File")


def size(of: int, *, whole: bool = False) -> str:
    """A size as people say it: 212 KB, 1.4 MB; a limit in *whole* megabytes."""
    if of < MEGABYTE:
        return f"{max(1, round(of / KILOBYTE))} KB"
    return f"{of // MEGABYTE} MB" if whole else f"{of / MEGABYTE:.1f} MB"
