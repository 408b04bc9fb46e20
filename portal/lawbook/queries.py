"""The law as it holds in a commune: what the portal comes with, and what was approved and confirmed there."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.engine.db import db
from portal.engine.workflow import Step
from portal.law.bound import Bound
from portal.law.catalogue import ALL, tables
from portal.law.days import DAYS_OFF
from portal.law.days_off import DaysOff
from portal.law.rule import Parameters
from portal.lawbook.models import RuleChange, YearOff
from portal.lawbook.models.kept import KEPT, forget
from portal.lawbook.models.rule_change import NUMBER, READING
from portal.organisation.models import Unit, line_of

Law = Mapping[str, Bound]  # of a commune, by type of case


def law_of(commune: Unit) -> Law:
    """All regimes with the numbers, readings and days off of a commune, or of the one that took it over.

    Asked once a transaction: whoever holds an answer longer may hold an old one.
    """
    heir = commune.heir or commune
    if not heir.own_law:
        return AS_WRITTEN
    known = db.session.info.setdefault(KEPT, {})
    if heir.id not in known:
        known[heir.id] = law_with(heir.id, ())
    found: Law = known[heir.id]
    return found


def law_with(commune_id: int, more: Iterable[RuleChange]) -> Law:
    """The same, and with some changes that nobody has approved yet."""
    return _law([*_approved(commune_id), *more], days_off_of(commune_id))


def law_with_year(year: YearOff) -> Law:
    """The law of a commune with the days off of a year that nobody has confirmed yet."""
    return _law(_approved(year.commune_id), days_off_of(year.commune_id).with_year(year.year, year.table))


def law_without(decided: RuleChange | YearOff) -> Law:
    """The law of a commune as if a change that was approved there, or a year that was confirmed, were not."""
    of = decided.commune_id
    return _law([one for one in _approved(of) if one is not decided], days_off_of(of, without=decided))


def _law(changes: Iterable[RuleChange], days_off: DaysOff) -> Law:
    changes = [*changes]
    amended = [(one.key, one.parameter) for one in changes if one.kind == NUMBER]
    chosen = {one.key: one.value for one in changes if one.kind == READING}
    found = tables(amended, chosen, days_off)
    return {name: Bound(regime, found[name]) for name, regime in ALL.items()}


def _approved(commune_id: int) -> Iterable[RuleChange]:
    """In the order in which they were decided, so that of two the later holds."""
    return _in_force(RuleChange, commune_id, "approved", RuleChange.decided_on)


def days_off_of(commune_id: int, without: RuleChange | YearOff | None = None) -> DaysOff:
    """The table of days off with the years that were confirmed in a commune, or with all but one of them."""
    table = DAYS_OFF
    for one in _in_force(YearOff, commune_id, "confirmed", YearOff.confirmed_on):
        if one is not without:
            table = table.with_year(one.year, one.table)
    return table


def _in_force(kind: Any, commune_id: int, state: str, day: Any) -> Iterable[Any]:
    """What was decided in a commune and in those that it took over, by the moment of the deciding step.

    What was brought in from another installation has its day alone.
    """
    decided = (Step.record_type == kind.__tablename__) & (Step.record_id == kind.id) & (Step.to_state == state)
    stands = kind.commune_id.in_(line_of(commune_id)), kind.voided_at.is_(None), kind.state == state
    asked = select(kind).outerjoin(Step, decided).where(*stands)
    return db.session.scalars(asked.order_by(day, Step.at, Step.id, kind.id)).unique()


def table_of(commune_id: int | None) -> DaysOff:
    """The same as the law of the commune, or of the one that took it over, counts by; asked once a transaction."""
    return numbers_of(commune_id, "fines").days_off


def numbers_of(commune_id: int | None, name: str) -> Parameters:
    """One table with what holds in a commune: of a regime, or of what stands apart, such as fines."""
    commune = db.session.get(Unit, commune_id) if commune_id else None
    law = law_of(commune) if commune is not None else AS_WRITTEN
    return law[name].PARAMETERS


AS_WRITTEN: Law = {name: Bound(regime, regime.PARAMETERS) for name, regime in ALL.items()}


@event.listens_for(Session, "after_transaction_end")
def _ended(session: Session, _transaction: object) -> None:
    forget(session)
