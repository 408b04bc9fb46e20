"""The outbox of a phone in a file: sealed on the phone, and opened here for its owner alone.

Its key lies in it wrapped by the secret that the portal gave the owner at sign-in (HKDF-SHA-256, AES-256-GCM), as the
phone keeps it. What was sent already is answered as ever; nothing is taken twice.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from werkzeug.datastructures import FileStorage

from portal.engine.letters import kept, plain
from portal.offline import parcel
from portal.offline.models import Phone
from portal.offline.parcel import Damaged, Item, Unreadable
from portal.offline.photos import Photo

KIND = "portal-outbox"
KEY_BYTES = 32
MOST_ITEMS, MOST_LETTERS = 2_000, 120


@dataclass(frozen=True)
class Titled:
    """An item, and what the phone calls it."""

    item: Item | Damaged
    title: str


@dataclass(frozen=True)
class Outbox:
    """What waits in a file, in the order in which it was written."""

    items: Sequence[Titled]
    photos: Sequence[Photo]


def tag_in(content: bytes) -> str:
    """Which store the file is of. Raises Unreadable where it is no outbox."""
    return parcel.tag_of(_read(content).get("phone"))


def opened(content: bytes, phone: Phone) -> Outbox:
    """What waits in the file. Raises Unreadable where it was not sealed for this owner, or is no outbox inside."""
    file = _read(content)
    inside = _parsed(_unwrap(_unwrap(_key_of(phone), file.get("key")), file.get("sealed")))
    if inside.get("phone") != phone.tag:
        raise Unreadable
    items, photos = inside.get("items"), inside.get("photos", [])
    if not isinstance(items, list) or not isinstance(photos, list) or max(len(items), len(photos)) > MOST_ITEMS:
        raise Unreadable
    ahead = parcel.ahead_of(inside)
    return Outbox([Titled(parcel.readable(one, ahead), _title(one)) for one in items], [_photo(one) for one in photos])


def _read(content: bytes) -> Mapping[str, Any]:
    file = _parsed(content)
    if file.get("kind") != KIND:
        raise Unreadable
    return file


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _title(sent: Any) -> str:
    """What the phone shows for it; it wrote that itself, so nothing more than letters is taken of it."""
    named = [sent.get(name) for name in ("title", "label")] if isinstance(sent, dict) else []
    return ": ".join(kept(plain(one))[:MOST_LETTERS] for one in named if isinstance(one, str) and one)


def _photo(sent: Any) -> Photo:
    if not isinstance(sent, dict) or not isinstance(sent.get("data"), str):
        raise Unreadable
    try:
        content = base64.b64decode(sent["data"], validate=True)
    except (ValueError, binascii.Error) as error:
        raise Unreadable from error
    return Photo(parcel.id_of(sent, "id"), parcel.id_of(sent, "of"), FileStorage(BytesIO(content), "photo.jpg", "file"))


def _key_of(phone: Phone) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, phone.tag.encode()).derive(phone.secret.encode())


def _unwrap(key: bytes, box: Any) -> bytes:
    try:
        iv, sealed = (base64.b64decode(box[name], validate=True) for name in ("iv", "box"))
        return AESGCM(key).decrypt(iv, sealed, None)
    except (InvalidTag, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Unreadable from error
