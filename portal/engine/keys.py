"""The keys of an installation, and what they do: sealing, keyed digests.

They lie in `instance/keys.json` (mode 0600), are made at the first start and are in no backup. Beside a database
that was written with keys no others are made: they would open nothing, and break the audit trail.
A sealed box is bound to the place it belongs to: moved elsewhere, it does not open.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import sys
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from portal.config import command, commanded, in_words, instance_path, no_answer

_VERSION = b"\x01"
_NONCE_BYTES = 12
_ROOT_BYTES = 32


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


class KeysMissing(Exception):
    """The database was written with keys that are not here: nothing goes on until they are back."""


def keys() -> Keys:
    """The keys of the running installation. Raises KeysMissing where they were not put back."""
    found: Keys | None = current_app.extensions["keys"]
    if found is None:
        raise KeysMissing
    return found


def init_app(app: Flask) -> None:
    """Read the keys, or make them at the first start. Beside a database that has its own already none are made."""
    path = key_file(app.instance_path)
    if not path.exists() and not holds_events(app.config["SQLALCHEMY_DATABASE_URI"]):
        write(path, secrets.token_bytes(_ROOT_BYTES))
    app.extensions["keys"] = None
    if root := read(path):
        hold(app, root)
    elif not commanded():
        sys.exit(keys_missing())


def hold(app: Flask, root: bytes) -> None:
    held = Keys(root)
    app.extensions["keys"] = held
    app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or held.derive("cookie").hex()


def key_file(instance: Path | str) -> Path:
    return Path(instance) / "keys.json"


def read(path: Path) -> bytes | None:
    """The root in a file; None if there is no file, or no root in it."""
    try:
        root = bytes.fromhex(json.loads(path.read_text())["root"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return root if len(root) == _ROOT_BYTES else None


def write(path: Path, root: bytes) -> None:
    """Keep a root in a file of its own, whole or not at all. A file that is there already stays as it is."""
    draft = path.with_name(f".keys-{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"root": root.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def holds_events(url: str) -> bool:
    """Whether a database holds audit events, and so was written with keys. Ends the program if it cannot be asked."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and not Path(place.database or "").is_file():
        return False
    engine = create_engine(place)
    try:
        with engine.connect() as connection:
            return inspect(connection).has_table("audit_event") and bool(
                connection.execute(text("SELECT 1 FROM audit_event LIMIT 1")).first()
            )
    except DBAPIError as error:
        sys.exit(no_answer(error))
    finally:
        engine.dispose()


def keys_missing() -> str:
    return in_words(
        "The keys of this database are missing: there is no readable keys.json in %(place)s. Put the file back, or "
        "type the sealed key sheet:  %(command)s", place=instance_path(), command=command("backup keys"),
    )  # fmt: skip


def keys_differ() -> str:
    return in_words(
        "keys.json in %(place)s holds other keys than those that this database was written with. Put the right file "
        "back, or move this one away and type the sealed key sheet:  %(command)s",
        place=instance_path(), command=command("backup keys"),
    )  # fmt: skip
