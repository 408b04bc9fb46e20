"""One page for the person of a case: the next days, the rights, the limits left and whom to ask, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.cases.models import SELF_REPORT_RULES, Case
from portal.cases.presenters import law_days
from portal.cases.presenters.limits import Absence, absence
from portal.cases.presenters.words import of_period
from portal.engine import clock
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


@dataclass(frozen=True)
class Handout:
    """What the sheet says."""

    duties: Sequence[Day]
    rights: Sequence[Day]
    absence: Absence | None
    last_day: Due | None


def handout(case: Case) -> Handout:
    today = clock.today()
    ahead = [due for due in law_days.coming(case) if due.rule in OWED_BY_PERSON]
    rights = [due for due in law_days.calendar(case) if due.kind == "right" and not due.period.endswith("floor")]
    return Handout(
        duties=[_day(due) for due in ahead if due.due_on >= today][:MOST],
        rights=[_day(due) for due in rights],
        absence=absence(case, case.permits),
        last_day=law_days.last_day(case),
    )


def _day(due: Due) -> Day:
    return Day(due.opens_on, due.due_on, of_period(say(due.label), due.period), due.source, due.confirmed)
