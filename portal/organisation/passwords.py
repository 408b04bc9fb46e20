"""Passwords: hashed with argon2id, refused where anybody would guess them."""

import secrets
import unicodedata
from functools import lru_cache
from itertools import pairwise
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
    return joined(half(), half())


def half() -> str:
    """Half of one: whoever knows it alone cannot guess the other."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))


def joined(first: str, second: str) -> str:
    """The whole password of two halves, as it is typed."""
    return f"{first}-{second}"


def weakness(password: str, *known: str) -> str | None:
    """Say why a password may not be used: too short, common, or made of what everybody knows of the user."""
    if len(password) < LEAST:
        return mark("A password has at least 12 characters.")
    if len(password) > MOST:
        return mark("A password has at most 128 characters.")
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # twelve megabytes, for a page that hardly anybody opens

    typed, folded = fold(password).replace(" ", ""), _letters(password)
    if _repeats(folded) or _runs(folded):
        return mark("This password is too easily guessed: it is one part said again, or letters or digits in a row.")
    common = any(one in FREQUENCY_LISTS["passwords"] for one in (typed, folded))
    if common or len(set(typed)) < 5:
        return mark("This password is on the list of common ones.")
    only_numbers = not any(letter.isalpha() for letter in folded)  # dates, telephone and identity card numbers
    if only_numbers or any(part in folded for part in _guessable(*known)):
        return mark("The password must not be made of your name, the commune or a date of birth.")
    return None


def _repeats(folded: str) -> bool:
    """Whether it is one part again and again, the last time perhaps not to its end: passwordpassword, abcabcabcab."""
    return any(folded == (folded[:length] * len(folded))[: len(folded)] for length in range(1, len(folded) // 2 + 1))


def _runs(folded: str) -> bool:
    """Whether it only counts up or down, 0 following 9: 123456789012, zyxwvutsrqpo."""
    steps = {ord(after) - ord(before) for before, after in pairwise(folded)}
    return any(steps <= {step, -9 * step} for step in (1, -1))


def _letters(text: str) -> str:
    """Letters and digits alone, without marks: what stands between them hides nothing."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _guessable(*known: str) -> set[str]:
    """Names as a whole and by their last two words, and what comes to mind first in such an office."""
    names = (*known, *(" ".join(name.split()[-2:]) for name in known), "công an", "xã Bờ Y", "mật khẩu")
    words = {_letters(name) for name in names}
    return {word for word in words if len(word) >= 4}
