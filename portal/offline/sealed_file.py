"""The outbox of a phone in a file: sealed on the phone, and opened here for its owner alone.

Its key lies in it wrapped by the secret that the portal gave the owner at sign-in (HKDF-SHA-256, AES-256-GCM), as the
phone keeps it. What was sent already is answered as ever; nothing is taken twice.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.engine import clock
from portal.offline import parcel
from portal.offline.models import Phone
from portal.offline.parcel import Parcel, Unreadable

KIND = "portal-outbox"
KEY_BYTES = 32
TO_SEND = ("waiting", "refused", "conflict")


def tag_in(content: bytes) -> str:
    """Which store the file is of. Raises Unreadable where it is no outbox."""
    return str(_read(content)["phone"])


def opened(content: bytes, phone: Phone) -> Parcel:
    """What waits in the file, as the phone would send it. Raises Unreadable where it was not sealed for this owner."""
    file = _read(content)
    key = _unwrap(_key_of(phone), file["key"])
    items = [json.loads(_unwrap(key, one)) for one in file["items"]]  # the key fits: so a phone of ours wrote it
    sent = sorted((one for one in items if one["state"] in TO_SEND), key=lambda one: int(one["seq"]))
    return parcel.read({"phone": phone.tag, "clock": clock.now().isoformat(), "waiting": len(sent), "items": sent})


def _read(content: bytes) -> Mapping[str, Any]:
    try:
        file = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(file, dict) or file.get("kind") != KIND or not isinstance(file.get("items"), list):
        raise Unreadable
    if len(file["items"]) > parcel.MOST_ASKED or not isinstance(file.get("phone"), str):
        raise Unreadable
    return file


def _key_of(phone: Phone) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, phone.tag.encode()).derive(phone.secret.encode())


def _unwrap(key: bytes, box: Any) -> bytes:
    try:
        iv, sealed = (base64.b64decode(box[name], validate=True) for name in ("iv", "box"))
        return AESGCM(key).decrypt(iv, sealed, None)
    except (InvalidTag, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Unreadable from error
