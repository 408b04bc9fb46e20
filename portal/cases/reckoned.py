"""The days of running cases that follow from the law, for whoever asks what a change of a number would move."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.cases.law_days import around
from portal.cases.models import RUNNING, Case
from portal.engine.db import db
from portal.law.asking import Answers
from portal.law.rule import Due
from portal.lawbook.dry_run import Reckoned
from portal.lawbook.queries import Law
from portal.organisation.models import Unit, line_of


def running(commune: Unit) -> Iterable[Case]:
    """Cases that run in a commune and in those that it took over, by number."""
    found = select(Case).where(Case.commune_id.in_(line_of(commune.id)), Case.state.in_(RUNNING))
    loaded = selectinload(Case.term_changes)
    return db.session.scalars(found.where(Case.voided_at.is_(None)).options(loaded).order_by(Case.number))


def days_under(case: Case, law: Law) -> Iterator[Due]:
    """What follows from the term and the reception, and what the months around today ask for."""
    regime: Any = law[case.type]
    yield from case.worked_out_by(regime)
    yield from around(Answers(regime, case.facts_by(regime)))


RECKONED = (Reckoned(Case, "read_dates", running, days_under),)
