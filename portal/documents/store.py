"""Where files lie: encrypted, each bound to its row, under random names in the instance folder.

A file is written to the end, and known to be on the disk, before its row is. So a row without its file is a fault; a
file without its row is what a power cut leaves, and harms nobody.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from portal.documents.intake import Accepted
from portal.engine.keys import CannotOpen, keys

FOLDER = "attachments"


class NotKept(Exception):
    """The disk did not take a file."""


class Unreadable(Exception):
    """A file is missing, or is not what was kept."""


@dataclass(frozen=True)
class Stored:
    """A file that lies on the disk: what its row says of it."""

    stored_as: str
    digest: str
    size: int
    media_type: str
    file_name: str


def keep(accepted: Accepted) -> Stored:
    """Write a file under a name of its own. Raises NotKept if the disk does not take it."""
    name = secrets.token_hex(16)
    sealed = keys().seal(accepted.content, _place(name))
    try:
        folder = _folder()
        _write_through(folder / f"{name}.part", sealed)
        (folder / f"{name}.part").rename(folder / name)
        _sync_folder(folder)
    except OSError as error:
        raise NotKept(name) from error
    return Stored(name, accepted.digest, len(accepted.content), accepted.media_type, accepted.file_name)


def fetch(name: str, digest: str) -> bytes:
    """Read a file. Raises Unreadable if it is missing or was changed."""
    try:
        content = keys().unseal((_folder() / name).read_bytes(), _place(name))
    except (OSError, CannotOpen) as error:
        raise Unreadable(name) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Unreadable(name)
    return content


def remove(name: str) -> bool:
    """Take the content of a file from the disk for good; whether it was still there."""
    try:
        (_folder() / name).unlink()
    except FileNotFoundError:
        return False
    _sync_folder(_folder())
    return True


def _place(name: str) -> str:
    return f"attachment:{name}"


def _folder() -> Path:
    folder = Path(current_app.instance_path) / FOLDER
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
    return folder


def _write_through(path: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
