"""The version of a record that a form showed, as it comes back with what was typed."""

import re
from collections.abc import Mapping

from portal.engine.db import Kept

FIELD = "version"
OF_PARENT = "parent_version"  # of the record that the one shown belongs to
_WRITTEN = re.compile(r"[0-9]{1,9}")


def read(typed: object) -> int:
    """The number as it was sent; 0, which no record has, where somebody tampered with it or there is none."""
    text = str(typed or "")
    return int(text) if _WRITTEN.fullmatch(text) else 0


def shown(sent: Mapping[str, str], kind: str, field: str = FIELD) -> int:
    """The version that a form showed of a kind of record: in a field of the record's name, else in the one field."""
    return read(sent.get(f"{kind}_{FIELD}", sent.get(field)))


def older(record: Kept, sent: Mapping[str, str], field: str = FIELD) -> bool:
    """Whether a form showed an earlier version of a record than the one that stands now."""
    return 0 < shown(sent, record.kind_of_record, field) < record.version


def carried(record: Kept) -> dict[str, int]:
    """What a form over a record carries of it, and of the record that it belongs to."""
    parent: Kept | None = getattr(record, record.parent) if record.parent else None
    return {FIELD: record.version, **({OF_PARENT: parent.version} if parent is not None else {})}
