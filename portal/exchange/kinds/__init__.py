"""Sheets of records that are no books, one module a room. A further one is a class of `Rows`, and a line here."""

from portal.exchange.kinds.accounts import Accounts, Grants
from portal.exchange.kinds.rows import Rows
from portal.exchange.kinds.units import Units
from portal.exchange.references import Numbered, Reference

KINDS: tuple[type[Rows], ...] = (Units, Accounts, Grants)


def numbers() -> dict[str, Reference]:
    """How cells name records by their numbers, by their tables."""
    named = (kind for kind in KINDS if hasattr(kind.record, "number"))
    return {str(kind.record.__tablename__): Numbered(kind.record, kind.key) for kind in named}
