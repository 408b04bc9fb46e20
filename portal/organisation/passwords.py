"""Passwords: hashed with argon2id, refused where anybody would guess them."""

import secrets
import unicodedata
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from portal.engine.text import mark
from portal.engine.vietnamese import fold

LEAST, MOST = 12, 128
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["PASSWORD_COST"])


def hashed(password: str) -> str:
    return _hasher().hash(unicodedata.normalize("NFC", password))


def matches(password: str, kept: str) -> bool:
    """Compare; an account that does not exist takes the same time."""
    try:
        fits: bool = _hasher().verify(kept or _nobody(), unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False
    return fits if kept else False


@lru_cache
def _nobody_for(cost: tuple[tuple[str, Any], ...]) -> str:
    return PasswordHasher(**dict(cost)).hash("a password that nobody has")


def _nobody() -> str:
    return _nobody_for(tuple(current_app.config["PASSWORD_COST"].items()))


def outdated(kept: str) -> bool:
    return _hasher().check_needs_rehash(kept)


def first_password() -> str:
    """A random password to be read aloud once: four groups of four letters that cannot be mistaken."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def weakness(password: str, *known: str) -> str | None:
    """Say why a password may not be used: too short, common, or made of what everybody knows of the user."""
    if len(password) < LEAST:
        return mark("A password has at least 12 characters.")
    if len(password) > MOST:
        return mark("A password has at most 128 characters.")
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # twelve megabytes, for a page that hardly anybody opens

    folded = fold(password).replace(" ", "")
    if folded in FREQUENCY_LISTS["passwords"] or len(set(folded)) < 5:
        return mark("This password is on the list of common ones.")
    if any(part in folded for part in _guessable(*known)):
        return mark("The password must not be made of your name, the commune or a date of birth.")
    return None


def _guessable(*known: str) -> set[str]:
    words = {fold(word).replace(" ", "") for word in (*known, "công an", "xã Bờ Y", "mật khẩu")}
    return {word for word in words if len(word) >= 4}
