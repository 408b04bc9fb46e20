"""Help given to a person, and what became of it."""

from datetime import date

from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import Case, Measure, MeasureKind
from portal.engine.db import db
from portal.engine.refusal import Plain, Refused
from portal.engine.text import mark

MONTHS_AFTER = (3, 6)


def record_measure(
    case: Case, kind: MeasureKind, given_on: date, given_by: str, amount_vnd: int | None = None, text: str = ""
) -> Measure:
    """Write down help that was given; its result is asked for after three and six months."""
    refuse_unless_running(case, given_on=given_on)
    measure = Measure(
        case=case, commune_id=case.commune_id, kind=kind, given_on=given_on, given_by=given_by, amount_vnd=amount_vnd,
        text=text,
    )  # fmt: skip
    db.session.add(measure)
    return measure


def record_measure_result(measure: Measure, after_months: int, text: str, on: date) -> None:
    """Write down what became of it after three or six months.

    Raises Refused on a case that is not open, help that was struck out, or a day before it was given, and where a
    result is there already.
    """
    refuse_unless_running(measure.case, on=on)
    if measure.voided_at:
        raise Refused(Plain(mark("This entry was struck out as an error.")))
    if on < measure.given_on:
        raise Refused(Plain(mark("The help was given only on %(day)s."), day=measure.given_on))
    if (measure.result_3_on if after_months == MONTHS_AFTER[0] else measure.result_6_on) is not None:
        raise Refused(Plain(mark("This result is recorded already.")))
    if after_months == MONTHS_AFTER[0]:
        measure.result_3_months, measure.result_3_on = text, on
    else:
        measure.result_6_months, measure.result_6_on = text, on
