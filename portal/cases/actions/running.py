"""What every deed in a running case refuses: a case that does not run, and days on which it cannot have happened."""

from datetime import date

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark


def refuse_unless_running(case: Case, **days: date | None) -> None:
    """Refuse what is dated before the case was received or in the future, and anything on a case that does not run.

    *days* by the fields at which they are typed: it is told there.
    """
    if not case.running:
        raise Refused(Plain(mark("The case is not open.")))
    for field, day in days.items():
        if day is None:
            continue
        if day > clock.today():
            raise Refused(Misfit(field, mark("%(day)s lies in the future."), day=day))
        if day < case.received_on:
            raise Refused(Misfit(field, mark("The case was received only on %(day)s."), day=case.received_on))


def refuse_before_month(month: date, day: date) -> None:
    """Refuse what is dated before the month that it is about."""
    if day < month:
        raise Refused(Plain(mark("The month had not begun on that day.")))
