"""The law's answers for a case, where it has any: a term from before the tables begin has no computed day."""

from collections.abc import Iterable, Iterator
from datetime import date

from portal.cases.duties import HELPER_REPORTS
from portal.cases.models import SELF_REPORT_RULES, Case
from portal.engine import clock
from portal.law.asking import Answers, asked
from portal.law.days import add_months
from portal.law.rule import Due

MONTHS_OF_YEAR = 12
MOST_MONTHS = 30 * MONTHS_OF_YEAR  # no term of these regimes is longer


def last_day(case: Case) -> Due | None:
    """The last day of the term with its reason, or None where the law of the portal does not reach back."""
    return case.law.last_day


def calendar(case: Case) -> list[Due]:
    """The days that follow from the term alone."""
    return case.law.calendar


def ended_early(case: Case) -> date | None:
    """The day on which a case ended before its term did: by a death, though only recorded yet, a revocation or a
    transfer (COM-END-DATE). None while it runs, and of a term that was served to its last day."""
    death, last = case.death, last_day(case)
    ended = case.closed_on or (death.died_on if death else None)
    return ended if ended and (last is None or ended < last.due_on) else None


def until_end(case: Case, dues: Iterable[Due]) -> list[Due]:
    """Of some days those that still come to be: what ended has no future."""
    ended = ended_early(case)
    return [due for due in dues if ended is None or due.due_on <= ended]


def months_of(case: Case, last_on: date) -> Iterator[date]:
    """The first days of the months from receipt to the last day, both included."""
    month = max(case.received_on, case.starts_on).replace(day=1)
    for _number in range(MOST_MONTHS):
        if month > last_on:
            return
        yield month
        month = add_months(month, 1)


def self_reports(case: Case, last_on: date) -> list[Due]:
    """The self-report that each month of the term asks for."""
    law, months = case.law, months_of(case, last_on)
    return [due for month in months for due in law.monthly(month) if due.rule in SELF_REPORT_RULES]


def months_ahead() -> list[date]:
    """The months about which something may still be asked today: the last one, this and the next."""
    return [add_months(clock.today().replace(day=1), number) for number in (-1, 0, 1)]


def quarters_ahead() -> list[date]:
    """Days of the quarters about which something may still be asked today."""
    return [clock.today(), add_months(clock.today(), -3)]


def around(law: Answers) -> list[Due]:
    """What the months and quarters around today ask for."""
    found = [due for month in months_ahead() for due in law.monthly(month)]
    return found + [due for day in quarters_ahead() for due in law.quarterly(day)]


def coming(case: Case) -> list[Due]:
    """What this month, this quarter and the next ones still ask for."""
    return [due for due in around(case.law) if due.due_on >= clock.today()]


def next_helper_report(case: Case) -> Due | None:
    """The next quarterly report that the law asks of a helper."""
    return next((due for due in coming(case) if due.rule in HELPER_REPORTS), None)


def reception(case: Case) -> list[Due]:
    """The first steps after the papers came."""
    return asked(case.regime.reception, case.received_on, case.reception_on)


def asks_for(case: Case, *rules: str) -> bool:
    """Whether the regime of a case asks for one of these month by month."""
    law, months = case.law, (add_months(max(case.received_on, case.starts_on), 1), clock.today())
    return any(due.rule in rules for month in months for due in law.monthly(month))
