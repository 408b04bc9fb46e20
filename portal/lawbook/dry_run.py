"""Whose days would move: each room's records under the law as it holds, and under the law with a change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.engine.access import Actor, within
from portal.engine.db import Kept, db
from portal.law.rule import Due
from portal.lawbook.models import MovedDay, RuleChange, YearOff
from portal.lawbook.queries import Law, law_of, law_with, law_with_year
from portal.organisation.models import Unit


@dataclass(frozen=True)
class Reckoned:
    """Records of a room whose days follow from the law: those of a commune that run, and their days under a law.

    *to*: the right to a record that lets somebody know its days.
    """

    of: type[Kept]
    to: str
    running: Callable[[Unit], Iterable[Any]]
    days: Callable[[Any, Law], Iterable[Due]]


def moved_by(change: RuleChange) -> list[MovedDay]:
    """Every day of a running record that the change moves, of the records in the order of their rooms."""
    return _between(change.commune, law_with(change.commune_id, [change]))


def moved_by_year(year: YearOff) -> list[MovedDay]:
    """Every day of a running record that the days off of a year move once they are confirmed."""
    return _between(year.commune, law_with_year(year))


def _between(commune: Unit, changed: Law) -> list[MovedDay]:
    law = law_of(commune)
    return [
        moved
        for source in _sources()
        for record in source.running(commune)
        for moved in _moved(record, source.days(record, law), source.days(record, changed))
    ]


def known_to(user: Actor, moved: Sequence[MovedDay]) -> list[MovedDay]:
    """Those of the days that a reader may know: of the records whose days they read anyway."""
    known: set[tuple[str, int]] = set()
    for source in _sources():
        kind = source.of.__tablename__
        ids = {one.subject_id for one in moved if one.subject_type == kind}
        found = select(source.of.id).where(source.of.id.in_(ids), within(user, source.to, source.of))
        known |= {(kind, one) for one in db.session.scalars(found)} if ids else set()
    return [one for one in moved if (one.subject_type, one.subject_id) in known]


def _sources() -> Sequence[Reckoned]:
    return [source for area in current_app.extensions["areas"] for source in area.reckoned]


def _moved(record: Any, now: Iterable[Due], then: Iterable[Due]) -> Iterator[MovedDay]:
    before, after = ({(due.rule, due.period): due for due in found} for found in (now, then))
    for rule, period in sorted(before.keys() | after.keys()):
        was, will_be = before.get((rule, period)), after.get((rule, period))
        known = was or will_be
        if known is None or (was and will_be and was.due_on == will_be.due_on):
            continue
        yield MovedDay(
            subject_type=record.kind_of_record, subject_id=record.id, number=record.number, rule=rule, period=period,
            label=known.label, before=was.due_on if was else None, after=will_be.due_on if will_be else None,
        )  # fmt: skip
