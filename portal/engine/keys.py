"""The keys of an installation, and what they do: sealing, keyed digests.

They lie in `instance/keys.json` (mode 0600), are made at the first start and are in no backup.
A sealed box is bound to the place it belongs to: moved elsewhere, it does not open.
"""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

_VERSION = b"\x01"
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """A sealed box was changed, moved, or sealed with a key that is not here."""


class Keys:
    """Everything secret that the installation derives from its one random root, and nothing else does."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._derived: dict[str, bytes] = {}

    @property
    def root(self) -> bytes:
        """The root itself: for the sheet that is sealed, and for nothing else."""
        return self._root

    def derive(self, purpose: str) -> bytes:
        """Give the key of a purpose; it is derived once, since a page may need it for every row."""
        if purpose not in self._derived:
            self._derived[purpose] = HKDF(hashes.SHA256(), 32, None, purpose.encode()).derive(self._root)
        return self._derived[purpose]

    def digest(self, purpose: str, text: str) -> str:
        """Give a keyed digest, in hex: equal texts of one purpose are equal, and nothing else can be learnt."""
        return hmac.new(self.derive(purpose), text.encode(), hashlib.sha256).hexdigest()

    def seal(self, data: bytes, place: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + AESGCM(self.derive("seal")).encrypt(nonce, data, place.encode())

    def unseal(self, box: bytes, place: str) -> bytes:
        """Open a box at the place it was sealed for. Raises CannotOpen otherwise."""
        nonce, sealed = box[1 : 1 + _NONCE_BYTES], box[1 + _NONCE_BYTES :]
        try:
            return AESGCM(self.derive("seal")).decrypt(nonce, sealed, place.encode())
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(place) from error


def keys() -> Keys:
    """The keys of the running installation."""
    found: Keys = current_app.extensions["keys"]
    return found


def init_app(app: Flask) -> None:
    held = Keys(bytes.fromhex(_read_or_make(Path(app.instance_path) / "keys.json")["root"]))
    app.extensions["keys"] = held
    app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or held.derive("cookie").hex()


def _read_or_make(path: Path) -> dict[str, str]:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"root": secrets.token_hex(32)}, file)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    found: dict[str, str] = json.loads(path.read_text())
    return found
