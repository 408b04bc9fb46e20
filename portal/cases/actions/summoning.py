"""Calling a person to appear, and what becomes of it."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from portal.cases.actions.minors import against_representative
from portal.cases.actions.recording import record_violation
from portal.cases.actions.running import refuse_unless_running
from portal.cases.duties.summonses import appearance
from portal.cases.models import Case, Summons, SummonsOutcome, SummonsPurpose, ViolationKind, waiting_summons
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Reason, Refused
from portal.engine.text import mark

MOST_AHEAD = timedelta(days=366)
ALREADY = mark("What became of this summons is recorded already.")


def summon(
    case: Case, purpose: SummonsPurpose, appear_on: date, appear_time: time, place: str,
    summoned_on: date | None = None, about: str = "", representative: str = "",
) -> Summons:  # fmt: skip
    """Write a summons down. Raises Refused where the days contradict one another, or a minor is called alone."""
    summoned_on = summoned_on or clock.today()
    refuse_unless_running(case, summoned_on=summoned_on)
    against = [
        *_against_purpose(case, purpose, about), *_against_days(summoned_on, appear_on),
        *against_representative(case.person, appear_on, representative),
    ]  # fmt: skip
    if against:
        raise Refused(*against)
    summons = Summons(
        case=case, commune_id=case.commune_id, purpose=purpose, about=about, summoned_on=summoned_on,
        appear_on=appear_on, appear_time=appear_time, place=place, representative=representative,
    )  # fmt: skip
    db.session.add(summons)
    return summons


def _against_purpose(case: Case, purpose: SummonsPurpose, about: str) -> Iterator[Reason]:
    if purpose == SummonsPurpose.OTHER and not about.strip():
        yield Misfit("about", mark("Please say for what the person is called."))
    if purpose == SummonsPurpose.RECEPTION and case.reception_on:
        yield Misfit("purpose", mark("The reception was held on %(day)s."), day=case.reception_on)
    if (before := waiting_summons(case, purpose)) and purpose != SummonsPurpose.OTHER:
        told = mark("The person is called for this on %(day)s already. Record first what became of that.")
        yield Misfit("purpose", told, day=before.appear_on)


def _against_days(summoned_on: date, appear_on: date) -> Iterator[Reason]:
    if appear_on < summoned_on:
        yield Misfit("appear_on", mark("Nobody is called for a day that has passed."))
    if appear_on > summoned_on + MOST_AHEAD:
        yield Misfit("appear_on", mark("That is more than a year ahead. Please check the year."))


def record_outcome(summons: Summons, outcome: SummonsOutcome, recorded_on: date, note: str = "") -> None:
    """Write down whether they came. Who stays away without a good reason has broken a duty, which is recorded with it.

    Raises Conflict where somebody has written it down already.
    """
    case = summons.case
    refuse_unless_running(case, recorded_on=recorded_on)
    if summons.outcome is not None or not summons.counts:
        raise Conflict(summons, Plain(ALREADY))
    if recorded_on < summons.appear_on:
        raise Refused(Misfit("recorded_on", mark("The person was called for %(day)s only."), day=summons.appear_on))
    if outcome != SummonsOutcome.CAME and not note.strip():
        raise Refused(Misfit("note", mark("Please say what is known of the reason.")))
    summons.outcome, summons.outcome_on, summons.outcome_note = outcome, recorded_on, note
    if outcome == SummonsOutcome.ABSENT:
        summons.violation = record_violation(case, ViolationKind.DUTY, summons.appear_on, recorded_on, note)


def record_still_absent(summons: Summons, recorded_on: date, note: str) -> None:
    """Write down that somebody did not come within the time that the law gives after a summons not obeyed.

    Raises Refused before that time has passed, or where the law of the case knows no such time.
    """
    case, due = summons.case, appearance(summons)
    refuse_unless_running(case, recorded_on=recorded_on)
    if due is None:
        raise Refused(Plain(mark("The law sets no time to appear after this summons.")))
    if summons.missed_again_on is not None:
        raise Conflict(summons, Plain(mark("The second record was drawn up on %(day)s."), day=summons.missed_again_on))
    if case.reception_on is not None:
        raise Refused(Plain(mark("The reception was held on %(day)s."), day=case.reception_on))
    if recorded_on <= due.due_on:
        told = Plain(mark("The person may still appear until %(day)s."), day=due.due_on)
        told.source, told.confirmed = due.source, due.confirmed
        raise Refused(Misfit.by("recorded_on", told))
    summons.second_violation = record_violation(case, ViolationKind.DUTY, due.due_on, recorded_on, note)
