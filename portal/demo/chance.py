"""Chance that falls the same way at every load, on every machine and whatever else is told: it hangs on names only."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(below: int, *about: object) -> int:
    """A number from 0 to just below another, the same each time for the same matter."""
    seed = "|".join(str(one) for one in about)
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % below


def choice(options: Sequence[T], *about: object) -> T:
    return options[number(len(options), *about)]
