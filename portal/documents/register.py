"""The register of documents as it stands: which numbers of a unit's year are taken, which is next, which are missing.

A unit's register begins anew each year.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.documents import numbers
from portal.documents.models import Direction, OfficialDocument
from portal.documents.numbers import Number
from portal.engine.db import db
from portal.organisation.models import Unit


def taken_in(unit: Unit, year: int, besides: OfficialDocument | None = None) -> list[Number]:
    """The numbers that documents of the unit bear in a year."""
    found = select(OfficialDocument.number).where(
        OfficialDocument.unit_id == unit.id,
        OfficialDocument.direction == Direction.OUTGOING,
        OfficialDocument.dated_on.between(date(year, 1, 1), date(year, 12, 31)),
        OfficialDocument.voided_at.is_(None),
        OfficialDocument.id != (besides.id if besides is not None else 0),
    )
    read = (numbers.read(number) for number in db.session.scalars(found))
    return [number for number in read if number]


def suggested(document: OfficialDocument, day: date) -> Number:
    """The next number of the year in the register of this kind of paper."""
    return numbers.following(taken_in(document.unit, day.year, document), document.symbol)


def number_of(document: OfficialDocument) -> Number | None:
    """The number that it bears, as the register reads it."""
    return numbers.read(document.number)


def gap_before(document: OfficialDocument, number: Number, day: date) -> str:
    """The numbers before this one that the portal does not know, as people read them."""
    taken = taken_in(document.unit, day.year, document)
    return numbers.in_runs(numbers.missing(taken, number.symbol, number.ordinal))


def gaps(unit: Unit, year: int) -> list[tuple[str, str]]:
    """Each symbol of a unit's year in whose numbers something is missing, and what. The party keeps its own."""
    taken = [one for one in taken_in(unit, year) if not one.of_party]
    highest = {one.symbol: max(other.ordinal for other in taken if other.of(one.symbol)) for one in taken}
    missing = [(symbol, numbers.in_runs(numbers.missing(taken, symbol, last))) for symbol, last in highest.items()]
    return sorted((symbol, told) for symbol, told in missing if told)


def next_arrival(unit: Unit, year: int) -> int:
    """The number under which the next document comes in."""
    return max(arrivals(unit, year), default=0) + 1


def arrivals(unit: Unit, year: int, besides: OfficialDocument | None = None) -> Sequence[int]:
    """The numbers under which documents came in."""
    found = select(OfficialDocument.arrival).where(
        OfficialDocument.unit_id == unit.id,
        OfficialDocument.received_on.between(date(year, 1, 1), date(year, 12, 31)),
        OfficialDocument.voided_at.is_(None),
        OfficialDocument.id != (besides.id if besides is not None else 0),
    )
    return [number for number in db.session.scalars(found) if number is not None]
