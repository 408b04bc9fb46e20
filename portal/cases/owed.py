"""What the law asks of a case for a month: the same for the duties that stand before an officer as for the forms."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from portal.cases.models import ASSESSMENT_RULES, ROLL_CALL_RULES, SELF_REPORT_RULES, Case, CaseType, Custody
from portal.engine import clock
from portal.engine.workflow import Step
from portal.law.days import add_months
from portal.law.rule import Due, Parameter

KEPT_OPEN = "COM-DETAINED"  # what the law of sentences says of custody
QUARTER = 3  # the most months that the law asks for as one
LOOKING_BACK = 12  # months in which something that is still missing is asked for
PAPER_TELLS: Mapping[str, Callable[[Case], date | None]] = {  # up to when the paper has what a rule asks for
    **dict.fromkeys((*SELF_REPORT_RULES, *ROLL_CALL_RULES), lambda case: case.paper_report_on),
    **dict.fromkeys(ASSESSMENT_RULES, lambda case: case.paper_assessed_on),
}


def of_month(case: Case, month: date, *rules: str) -> Due | None:
    """What one of the rules asks for about a month; a quarter's stands for each of its months."""
    law = case.law
    return next((due for due in (*law.monthly(month), *law.quarterly(month)) if due.rule in rules), None)


def on_paper(case: Case, due: Due) -> bool:
    """Whether it was due, or done, on paper before the file was kept here: nothing of it is owed or missing."""
    if case.kept_from is None:
        return False
    opens_on = due.opens_on or due.due_on
    tells = PAPER_TELLS.get(due.rule)
    last = tells(case) if tells else None
    return due.due_on < case.kept_from or (last is not None and opens_on <= last)


def by_month(records: Iterable[Any]) -> dict[date, Any]:
    """Those of what is recorded month by month that count, by the first day of their month."""
    return {one.month: one for one in records if one.counts}


def recorded_as_one(case: Case, month: date, taken: Collection[date], *rules: str) -> date | None:
    """The month under which what the law asks for once about several months, this one among them, is recorded."""
    due = of_month(case, month, *rules)
    if due is None:
        return None
    same = (other for other in taken if (its := of_month(case, other, *rules)) and its.period == due.period)
    return next(same, None)


def months_as_one(case: Case, month: date, *rules: str) -> list[date]:
    """The months about which the law asks for one thing together with this one, in their order: itself, or a quarter.

    None where it asks for nothing about the month.
    """
    due = of_month(case, month, *rules)
    around = (add_months(month, number) for number in range(1 - QUARTER, QUARTER))
    return [one for one in around if due and (its := of_month(case, one, *rules)) and its.period == due.period]


def paused(steps: Iterable[Step]) -> Callable[[date], bool]:
    """Tells by the steps of a case whether it was suspended on a day."""
    turns = [
        (clock.day_of(step.at), step.to_state == "suspended")
        for step in steps
        if "suspended" in (step.from_state, step.to_state)
    ]

    def suspended_on(day: date) -> bool:
        before = [suspended for on, suspended in turns if on <= day]
        return before[-1] if before else False

    return suspended_on


def rests_in_custody(case: Case, day: date) -> bool:
    """Whether what is owed month by month rests while the person is in custody, by the law of that day.

    The management of a drug user records custody only where its own law suspends it.
    """
    return case.type == CaseType.DRUG_USER_MANAGEMENT or law_of_custody(case, day) is not None


def law_of_custody(case: Case, day: date) -> Parameter | None:
    """What the law of a day says of custody during a sentence; None where it is silent, as that of reintegration is."""
    numbers = case.regime.PARAMETERS
    return numbers.on(day).get(KEPT_OPEN) if KEPT_OPEN in numbers.rules else None


def rests_now(case: Case) -> bool:
    """Whether the person is in custody, and what is owed month by month rests today."""
    custody = case.custody
    return custody is not None and custody.holds and rests_in_custody(case, clock.today())


def in_custody(case: Case, day: date, custodies: Iterable[Custody] | None = None) -> bool:
    """Whether custody lets the month rest that asks for something on a day; *custodies* where they are known."""
    known = case.custodies if custodies is None else custodies
    return any(one.holds_on(day) for one in known) and rests_in_custody(case, day)
