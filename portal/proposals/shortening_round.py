"""Who can be proposed for a shortening on a day, and for everybody else why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectin_polymorphic, selectinload

from portal.cases import good_conduct
from portal.cases.models import RUNNING, Case
from portal.cases.queries import by_name
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.people.models import Person
from portal.proposals.kinds import models
from portal.proposals.kinds.shortening import asking
from portal.proposals.kinds.shortening.asking import Wish
from portal.proposals.kinds.shortening.grounds import OF_TYPE, Ground, only_waived
from portal.proposals.kinds.shortening.model import ShorteningProposal
from portal.proposals.models import Proposal
from portal.proposals.models.proposal import ENDED

HOLIDAYS = ((4, 30), (9, 2))  # on whose occasion courts sit on shortenings
ENDS_BEFORE = mark("The term ends on %(day)s.")
NOT_BEGUN = mark("The term begins on %(day)s.")


@dataclass(frozen=True)
class Standing:
    """One person on the day of a round.

    *reasons* are those against it: of the law, and of what was recorded of the conduct. Without any the law allows
    *least* to *most* months, or the waiver of the rest; *doubts* are what it leaves open. *begun* is the proposal under
    way, *right* the latest duty that asks for one or says why it was not proposed.
    """

    case: Case
    reasons: Sequence[Reason]
    doubts: Sequence[Reason]
    least: int
    most: int
    begun: Proposal | None
    right: Duty | None

    @property
    def eligible(self) -> bool:
        return not self.reasons

    @property
    def left(self) -> Duty | None:
        """What somebody said of the right: that it is not proposed, and why."""
        return self.right if self.right is not None and self.right.rests else None

    @property
    def answered(self) -> bool:
        """Whether somebody proposed it, or said why not; a draft answers nothing yet."""
        return self.left is not None or (self.begun is not None and self.begun.state != "draft")

    @property
    def can_be_left(self) -> bool:
        return self.right is not None and self.right.open


def days_of_rounds() -> list[date]:
    """Today, and the next holidays on whose occasion a round is held."""
    today = clock.today()
    coming = [date(year, month, day) for year in (today.year, today.year + 1) for month, day in HOLIDAYS]
    return [today, *sorted(day for day in coming if day > today)[: len(HOLIDAYS)]]


def standings(cases: Select[Any], on: date, reader: Actor) -> list[Standing]:
    """Everybody whose law knows a shortening, by name, among some cases."""
    running = cases.where(
        Case.state.in_(RUNNING), Case.type.in_(tuple(OF_TYPE)), Case.voided_at.is_(None), Case.term_months > 0
    )
    loaded = (
        joinedload(Case.person).joinedload(Person.village), joinedload(Case.owner), joinedload(Case.commune),
        joinedload(Case.supervising_unit), selectinload(Case.term_changes), selectinload(Case.assessments),
        selectinload(Case.violations), selectinload(Case.reviews),
        selectinload(Case.proposals).options(
            selectin_polymorphic(Proposal, models()), selectinload(Proposal.answers)
        ),
    )  # fmt: skip
    asked = running.join(Case.person).options(*loaded).order_by(*by_name(reader))
    found = [one for one in db.session.scalars(asked).unique() if not one.under_military]
    rights = _rights(one.id for one in found)
    return [standing(one, on, rights.get(one.id)) for one in found]


def standing(case: Case, on: date, right: Duty | None) -> Standing:
    """One person, with all that stands against it on the day."""
    outside = _outside(case, on)
    by_law, least, most = ([], 0, 0) if outside else _by_law(case, on)
    against = [*good_conduct.against(case, on)] if not outside else []
    reasons = [*outside, *by_law, *against]
    wish = Wish(Ground.CONDUCT, on, least, whole_rest=only_waived(case))
    doubts = [] if reasons else asking.weighed(case, wish)
    return Standing(case, reasons, doubts, least, most, _begun(case), right)


def _outside(case: Case, on: date) -> list[Reason]:
    last = case.law.last_day
    if last is not None and on >= last.due_on:
        return [Plain(ENDS_BEFORE, day=last.due_on)]
    return [Plain(NOT_BEGUN, day=case.starts_on)] if on < case.starts_on else []


def _by_law(case: Case, on: date) -> tuple[list[Reason], int, int]:
    """What the law has against it, or the months that are possible."""
    if only_waived(case):
        return asking.refused(case, Wish(Ground.CONDUCT, on, 0, whole_rest=True)), 0, 0
    limits = asking.possible(case, Wish(Ground.CONDUCT, on, 1, whole_rest=False))
    if limits is not None and limits.most:
        waiting = asking.refused(case, Wish(Ground.CONDUCT, on, limits.least, whole_rest=False))
        return waiting, limits.least, limits.most
    tried = (asking.refused(case, Wish(Ground.CONDUCT, on, months, whole_rest=False)) for months in (1, 3))
    return min(tried, key=len), 0, 0


def _begun(case: Case) -> Proposal | None:
    mine = (one for one in reversed(case.proposals) if isinstance(one, ShorteningProposal) and one.voided_at is None)
    return next((one for one in mine if one.state not in ENDED or one.state in ("approved", "communicated")), None)


def _rights(ids: Iterable[int]) -> Mapping[int, Duty]:
    """The latest right of each case."""
    wanted = select(Duty).where(Duty.rule == "RIGHT", Duty.case_id.in_(list(ids)), Duty.voided_at.is_(None))
    return {one.case_id: one for one in db.session.scalars(wanted.order_by(Duty.id)) if one.case_id is not None}
