"""What the law of a case makes of an absence: how many days are used, and why it may not be permitted."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.cases.models import Case
from portal.engine.refusal import Plain, Reason
from portal.engine.text import mark
from portal.law.rule import NotInForceError

if TYPE_CHECKING:
    from portal.proposals.models.kinds import AbsenceProposal


@dataclass(frozen=True)
class Leave:
    """An absence as far as it is typed. Both days are included."""

    leaves_on: date
    returns_on: date
    medical: bool = False
    abroad: bool = False

    @property
    def days(self) -> int:
        """Departure and return both count."""
        return (self.returns_on - self.leaves_on).days + 1


def days_used(case: Case, besides: "AbsenceProposal | None" = None) -> int:
    """Days of absence permitted so far; those in hospital do not count."""
    return sum(one.days for one in case.permits if one is not besides and not one.medical)


def refuse_absence(case: Case, leave: Leave, besides: "AbsenceProposal | None" = None) -> list[Reason]:
    """Ask the law of the case whether an absence may be permitted."""
    if not case.running:
        return [Plain(mark("The case is not open."))]
    try:
        return _outside(case, leave) or _over_the_limits(case, leave, besides)
    except NotInForceError:
        return [Plain(mark("The portal does not know the law of that day."))]


def _outside(case: Case, leave: Leave) -> list[Reason]:
    if case.starts_on <= leave.leaves_on and leave.returns_on <= case.ends_on:
        return []
    within = mark("An absence lies within the term, from %(first)s to %(last)s.")
    return [Plain(within, first=case.starts_on, last=case.ends_on)]


def _over_the_limits(case: Case, leave: Leave, besides: "AbsenceProposal | None") -> list[Reason]:
    days, used = case.regime.term_days(case.term), days_used(case, besides)
    refusals: list[Reason] = case.regime.refuse_absence(
        leave.leaves_on, leave.returns_on, days, used, abroad=leave.abroad, medical=leave.medical
    )
    return refusals
