"""One page for the person of a case: the next days, the rights, the limits left and whom to ask, in plain words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.cases import law_days, queries
from portal.cases.models import SELF_REPORT_RULES, Case
from portal.cases.presenters.limits import Absence, absence
from portal.cases.presenters.words import duty_title, left, of_period
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.text import say
from portal.law.rule import Due

MOST = 6
OWED_BY_PERSON = {*SELF_REPORT_RULES, "COM-ROLLCALL", "PAR-PRESENT-5D"}


@dataclass(frozen=True)
class Day:
    """A day, or a window up to it."""

    opens_on: date | None
    on: date
    title: str
    source: str
    confirmed: bool
    late: str = ""  # by how much it is past, in words


@dataclass(frozen=True)
class Handout:
    """What the sheet says."""

    duties: Sequence[Day]
    rights: Sequence[Day]
    absence: Absence | None
    last_day: Due | None


def handout(case: Case, user: Actor) -> Handout:
    """What is past its day first: the month that is missing must not be the one that the sheet leaves out."""
    today = clock.today()
    late = [*_late(case, (one for one in queries.duties_of(user, case) if one.open))]
    ahead = [due for due in law_days.coming(case) if due.rule in OWED_BY_PERSON]
    rights = [due for due in law_days.calendar(case) if due.kind == "right" and not due.period.endswith("floor")]
    return Handout(
        duties=[*late, *(_day(due) for due in ahead if due.due_on >= today)][:MOST],
        rights=[_day(due) for due in rights],
        absence=absence(case, case.permits),
        last_day=law_days.last_day(case),
    )


def _late(case: Case, duties: Iterable[Duty]) -> Iterable[Day]:
    for duty in duties:
        if duty.rule in OWED_BY_PERSON and duty.days_left < 0:
            title = duty_title(duty, case)
            yield Day(duty.opens_on, duty.due_on, title, duty.source, duty.confirmed, left(duty.due_on))


def _day(due: Due) -> Day:
    return Day(due.opens_on, due.due_on, of_period(say(due.label), due.period), due.source, due.confirmed)
