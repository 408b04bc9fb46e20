"""What helpers tell of the person who is entrusted to them."""

from portal.cases.actions.running import refuse_unless_running
from portal.cases.duties.quarters import asked_on, reported, spelled, whose
from portal.cases.models import Case, GettingOn, HelperReport
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark


def report_help(
    case: Case, quarter: str, getting_on: GettingOn, help_given: str, to_know: str, by: Actor
) -> HelperReport:
    """Take the report on a quarter: from the helper, or from the officer to whom they gave it on paper.

    Raises Conflict if that quarter's is there already, Refused where the law asks for none, or not yet.
    """
    refuse_unless_running(case)
    if before := reported(case).get(quarter):
        raise Conflict(
            before, Plain(mark("The report on quarter %(quarter)s is there already."), quarter=spelled(quarter))
        )
    due = next((one for one in asked_on(case, by) if one.period == quarter), None)
    assignment = whose(case, due) if due else None
    if due is None or assignment is None:
        raise Refused(Misfit("quarter", mark("No report is asked for on this quarter.")))
    if due.opens_on and clock.today() < due.opens_on:
        raise Refused(Misfit("quarter", mark("This can be done from %(day)s on."), day=due.opens_on))
    report = HelperReport(
        case=case, commune_id=case.commune_id, assignment=assignment, quarter=quarter, getting_on=getting_on,
        help_given=help_given, to_know=to_know,
    )  # fmt: skip
    db.session.add(report)
    return report
