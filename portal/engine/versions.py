"""The version of a record that a form showed, as it comes back with what was typed."""

import re
from collections.abc import Mapping

FIELD = "version"
_WRITTEN = re.compile(r"[0-9]{1,9}")


def read(typed: object) -> int:
    """The number as it was sent; 0, which no record has, where somebody tampered with it or there is none."""
    text = str(typed or "")
    return int(text) if _WRITTEN.fullmatch(text) else 0


def shown(sent: Mapping[str, str], kind: str) -> int:
    """The version that a form showed of a kind of record: in a field of the record's name, else in the one field."""
    return read(sent.get(f"{kind}_{FIELD}", sent.get(FIELD)))
