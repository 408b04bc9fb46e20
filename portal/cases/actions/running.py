"""What is written into a case, or of help given in it, belongs to a case that runs and to a day of its own."""

from datetime import date

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark


def must_run(case: Case, *days: date) -> None:
    """Refuse what is dated before the case was received or in the future, and anything on a case that does not run."""
    if not case.running:
        raise Refused(Plain(mark("The case is not open.")))
    for day in days:
        if day > clock.today():
            raise Refused(Plain(mark("The day lies in the future.")))
        if day < case.received_on:
            raise Refused(Plain(mark("The case was received only on %(day)s."), day=case.received_on))
