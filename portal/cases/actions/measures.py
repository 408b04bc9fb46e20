"""Help given to a person, and what became of it."""

from datetime import date

from portal.cases.actions.recording import _running
from portal.cases.models import Case, Measure, MeasureKind
from portal.engine.db import db

MONTHS_AFTER = (3, 6)


def record_measure(
    case: Case, kind: MeasureKind, given_on: date, given_by: str, amount_vnd: int | None = None, text: str = ""
) -> Measure:
    """Write down help that was given; its result is asked for after three and six months."""
    _running(case, given_on)
    measure = Measure(
        case=case, commune_id=case.commune_id, kind=kind, given_on=given_on, given_by=given_by, amount_vnd=amount_vnd,
        text=text,
    )  # fmt: skip
    db.session.add(measure)
    return measure


def record_measure_result(measure: Measure, after_months: int, text: str, on: date) -> None:
    """Write down what became of it after three or six months."""
    if after_months == MONTHS_AFTER[0]:
        measure.result_3_months, measure.result_3_on = text, on
    else:
        measure.result_6_months, measure.result_6_on = text, on
