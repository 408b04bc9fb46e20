"""What the law of a case makes of an absence: how many days are used, and why it may not be permitted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import mark
from portal.law.absence import refuse_late
from portal.law.residence_supervision import Reach
from portal.law.rule import AbsenceLimits, NotInForceError, Parameter, Refusal

if TYPE_CHECKING:
    from portal.proposals.kinds.absence.model import AbsenceProposal

START = "COM-START-DATE"
FIRST_DAY, LAST_DAY = "leaves_on", "returns_on"  # the fields at which it is told
PERMITTED_ALREADY = mark(
    "An absence from %(first)s to %(last)s is permitted already. "
    "Choose other days: none is permitted and counted twice."
)


PAPER_FIRST = mark(
    "So long a treatment is permitted once its paper is here: enter the number and the day of the doctor's order or of "
    "the hospital's confirmation."
)
PROOF_WITHIN = timedelta(days=7)  # after the return; from then on a treatment without its paper counts


@dataclass(frozen=True)
class Leave:
    """An absence as far as it is typed. Both days are included."""

    leaves_on: date
    returns_on: date
    medical: bool = False
    abroad: bool = False
    reach: Reach | None = None  # how far it goes, where that is asked
    consented_on: date | None = None  # when the commune of a banned place agreed to a visit
    consent: str = ""  # the number of its paper
    proof_on: date | None = None  # the day of the doctor's order or of the hospital's confirmation
    proof: str = ""  # its number, and whose it is

    @property
    def proved(self) -> bool:
        """Whether the paper that makes a treatment of it is there."""
        return self.proof_on is not None and bool(self.proof)

    @property
    def proof_by(self) -> date:
        """By when the paper of a treatment is here: our own policy, since the act names no day."""
        return self.returns_on + PROOF_WITHIN

    @property
    def exempt(self) -> bool:
        """Whether it is left out of the count: a treatment, by its paper or while that may still come."""
        return self.medical and (self.proved or clock.today() <= self.proof_by)

    @property
    def days(self) -> int:
        """Departure and return both count."""
        return (self.returns_on - self.leaves_on).days + 1

    @property
    def days_that_count(self) -> int:
        return 0 if self.exempt else self.days

    @property
    def days_within_limits(self) -> int:
        """Those that have to stay within the limits when it is permitted: only a paper lifts them, not its promise."""
        return 0 if self.medical and self.proved else self.days


def refuse_absence(case: Case, leave: Leave, besides: "AbsenceProposal | None" = None) -> list[Reason]:
    """Ask the law of the case whether an absence may be permitted."""
    if not case.running:
        return [Plain(mark("The case is not open."))]
    try:
        outside: list[Reason] = [*misfits(case, leave, besides)] or _beyond_the_term(case, leave)
        return outside or _over_the_limits(case, leave, besides)
    except NotInForceError:
        return [Plain(mark("The portal does not know the law of that day."))]


def misfits(case: Case, leave: Leave, besides: "AbsenceProposal | None" = None) -> list[Misfit]:
    """Why an absence may not begin on its first day, or not reach to its last.

    The supervision had not begun, permission comes too late, or another permit has those days already.
    """
    placed = misplaced(case, leave, besides)
    return placed or [Misfit.by(FIRST_DAY, one) for one in _too_late(case, leave)]


def misplaced(case: Case, leave: Leave, besides: "AbsenceProposal | None" = None) -> list[Misfit]:
    """Why an absence cannot lie there at all, whenever it was permitted."""
    if leave.leaves_on < case.starts_on:
        return [Misfit.by(FIRST_DAY, _within(case))]
    if leave.leaves_on < case.received_on:
        return [Misfit.by(FIRST_DAY, _before_the_file(case))]
    return [*permitted_already(case, leave, besides)]


def permitted_already(case: Case, leave: Leave, besides: "AbsenceProposal | None") -> Iterator[Misfit]:
    """No day is permitted twice: it would be counted twice, and two papers would say where the person is."""
    for one in case.permits:
        if one is not besides and one.leaves_on <= leave.returns_on and leave.leaves_on <= one.returns_on:
            field = FIRST_DAY if one.leaves_on <= leave.leaves_on else LAST_DAY
            yield Misfit(field, PERMITTED_ALREADY, first=one.leaves_on, last=one.returns_on)
            return


def _before_the_file(case: Case) -> Reason:
    """The supervision starts with the file (COM-START-DATE); before July 2026 no clause says so."""
    told = mark("The file was received on %(day)s: no absence before that day is permitted here.")
    parameters = case.regime.PARAMETERS
    known = START in parameters.rules and START in parameters.on(case.received_on)
    law: Parameter | None = parameters.on(case.received_on)[START] if known else None
    return law.forbids(told, day=case.received_on) if law else Plain(told, day=case.received_on)


def _too_late(case: Case, leave: Leave) -> list[Refusal]:
    limits: AbsenceLimits | None = case.regime.absence_limits(leave.leaves_on, case.regime.term_days(case.term))
    if limits is None:
        return []
    return refuse_late(limits, leave.leaves_on, clock.today(), case.regime.PARAMETERS, medical=leave.medical)


def _within(case: Case) -> Refusal:
    within, last = mark("An absence lies within the term, from %(first)s to %(last)s."), case.last_day
    return Refusal(within, {"first": case.starts_on, "last": last.due_on}, "", last.source, last.confirmed)


def _beyond_the_term(case: Case, leave: Leave) -> list[Reason]:
    return [_within(case)] if leave.returns_on > case.ends_on else []


def _over_the_limits(case: Case, leave: Leave, besides: "AbsenceProposal | None") -> list[Reason]:
    days, used = case.regime.term_days(case.term), case.days_away(besides)

    def forbidden(*, medical: bool) -> list[Reason]:
        refusals: list[Reason] = case.regime.refuse_absence(
            leave.leaves_on, leave.returns_on, days, used, abroad=leave.abroad, medical=medical
        )
        return refusals

    found = forbidden(medical=not leave.days_within_limits)
    way_out = leave.medical and len(found) > len(forbidden(medical=True))
    return [*found, Misfit("proof_number", PAPER_FIRST)] if way_out else found
