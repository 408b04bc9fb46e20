"""Who lives where on a day, and what does business there: every denominator of a village is one select."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.engine import clock
from portal.engine.db import db
from portal.engine.numbering import next_number
from portal.households.models import Establishment, Household, Pledge, Signer, Stay
from portal.organisation.models import Unit, line_of

DIGITS = {Household: 4, Establishment: 3}
LETTERS = {Household: "HH", Establishment: "CS"}


def lived_on(on: Any) -> ColumnElement[bool]:
    """Stays that hold on a day."""
    return and_(Stay.since <= on, or_(Stay.until.is_(None), Stay.until >= on), Stay.voided_at.is_(None))


def stood_on(on: Any) -> ColumnElement[bool]:
    """Establishments that are there on a day."""
    until = or_(Establishment.until.is_(None), Establishment.until >= on)
    return and_(Establishment.since <= on, until, Establishment.voided_at.is_(None))


def living_in(village: Unit, on: date) -> Select[Household]:
    """The households that live in a village on a day, or in one that it took over, in the order of the walk."""
    stays = exists().where(Stay.household_id == Household.id, Stay.village_id.in_(line_of(village.id)), lived_on(on))
    return select(Household).where(stays, Household.voided_at.is_(None)).order_by(Household.walk, Household.id)


def standing_in(village: Unit, on: date) -> Select[Establishment]:
    """The same of establishments."""
    there = Establishment.village_id.in_(line_of(village.id)), stood_on(on)
    return select(Establishment).where(*there).order_by(Establishment.walk, Establishment.id)


def signers_in(kind: type[Signer], village: Unit, on: date) -> Select[Any]:
    """Who could sign in a village on a day, of one kind."""
    return living_in(village, on) if kind is Household else standing_in(village, on)


def column_of(record: type[Any], kind: type[Signer]) -> Any:
    """The column of a pledge or a call that names a household, or an establishment."""
    return record.household_id if kind is Household else record.establishment_id


def in_village(kind: type[Signer], village_id: int) -> ColumnElement[bool]:
    """Those of a village now, or of one that it took over, also who left it since."""
    return kind.village_id.in_(line_of(village_id))


def here_on(kind: type[Signer], on: date) -> ColumnElement[bool]:
    """Those who are in the commune on a day."""
    if kind is Establishment:
        return stood_on(on)
    stays = exists().where(Stay.household_id == Household.id, lived_on(on))
    return and_(stays, Household.voided_at.is_(None))


@lru_cache(maxsize=64)
def taken_in(on: date) -> CTE:
    """The households that had become part of another by a day: *from_id*, with each that took it in since, *into_id*.

    Whoever takes a household in bears what it pledged. The question is kept, never the answer.
    """
    pairs = _merged(Household, on).cte("taken_in", recursive=True)
    next_one = aliased(Household)
    onward = _merged(next_one, on).with_only_columns(pairs.c.from_id, next_one.merged_into_id)
    return pairs.union(onward.join(pairs, pairs.c.into_id == next_one.id))


def _merged(household: Any, on: date) -> Select[Any]:
    ended = exists().where(
        Stay.household_id == household.id, Stay.why == "merge", Stay.until < on, Stay.voided_at.is_(None)
    )  # fmt: skip
    pairs = select(household.id.label("from_id"), household.merged_into_id.label("into_id"))
    return pairs.where(household.merged_into_id.is_not(None), household.voided_at.is_(None), ended)


def fitting(kind: type[Signer]) -> Any:
    """Search by number and name, folded."""
    return lambda words: kind.folded.contains(words, autoescape=True)


def next_number_of(kind: type[Signer], village: Unit, commune_id: int) -> str:
    """The next number of a village, as HH-NHA-0522. What moved elsewhere keeps its own."""
    prefix = f"{LETTERS[kind]}-{village.code.rpartition('-')[2]}-"
    among = kind.commune_id.in_(line_of(commune_id))
    return next_number(kind.number, prefix, among, digits=DIGITS[kind])


def pledges_of(signer: Signer, among: Select[Pledge]) -> Select[Pledge]:
    """All pledges of somebody among a select, and of the households that became part of theirs: the newest first,
    struck out ones too."""
    found = column_of(Pledge, type(signer)) == signer.id
    if isinstance(signer, Household):
        pairs = taken_in(clock.today())
        found = or_(found, Pledge.household_id.in_(select(pairs.c.from_id).where(pairs.c.into_id == signer.id)))
    return among.where(found).order_by(Pledge.signed_on.desc(), Pledge.id.desc())


def signed_since(signer: Signer, on: date = date.min) -> date | None:
    """The last day, from a day on, on which somebody is entered as having signed."""
    asked = select(func.max(Pledge.signed_on)).where(column_of(Pledge, type(signer)) == signer.id)
    return db.session.scalar(asked.where(Pledge.signed_on >= on, Pledge.voided_at.is_(None)))


def of_those_in(record: type[Any], on: Any, village_id: int | None = None) -> ColumnElement[bool]:
    """Pledges or calls of those who are in the commune on a day; in a village, or in one that it took over.

    Every count of a village asks this, so that what somebody pledged is counted where they live. *on* may be a column
    of what is asked beside.
    """
    stays = exists().where(Stay.household_id == record.household_id, lived_on(on))
    shops = exists().where(Establishment.id == record.establishment_id, stood_on(on))
    if village_id is not None:
        stays, shops = (
            stays.where(Stay.village_id.in_(line_of(village_id))),
            shops.where(Establishment.village_id.in_(line_of(village_id))),
        )
    return or_(stays.correlate_except(Stay), shops.correlate_except(Establishment))
