"""Which duties a case makes: what the law asks of it in these weeks, and what nobody may forget about it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from portal.cases.models import Assignment, Case, Measure
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.text import _l
from portal.law.days import DayOutsideTableError, add_months
from portal.law.rule import Due, NotInForceError

CLIMB = (("police_chief", 3), ("commune_leader", 10), ("inspector", 20))
CLIMB_TO_CHIEF = (("police_chief", 3),)
NOBODY_OVERSTAYS = (("police_chief", -31), ("commune_leader", -8), ("inspector", -2))
SILENT_RIGHT = (("police_chief", 14),)
BEGINNING = timedelta(days=120)  # steps of the reception that are older were done on paper

REPORT, ROLL_CALL = "COM-SELF-REPORT", "COM-ROLLCALL"
officer = "police_officer"


def _rule(id: str, label: Any, sentence: Any, verb: Any, endpoint: str, **more: Any) -> DutyRule:
    return DutyRule(
        id, label, sentence, verb, endpoint, more.pop("owner", officer), **{"ladder": CLIMB_TO_CHIEF, **more}
    )


CASE_RULES = (
    _rule(REPORT, _l("Monthly self-report"), _l("%(name)s: self-report for %(month)s"), _l("Record it as handed in"),
          "cases.check_in", ladder=CLIMB),
    _rule("RS-PRESENT-MONTHLY", _l("Monthly presence"), _l("%(name)s: presence in %(month)s"),
          _l("Record it as handed in"), "cases.check_in", ladder=CLIMB),
    _rule(ROLL_CALL, _l("Monthly roll-call"), _l("%(name)s: roll-call of %(month)s"), _l("Record the roll-call"),
          "cases.roll_call"),
    _rule("COM-ASSESS-MONTHLY", _l("Monthly assessment"), _l("%(name)s: assessment of %(month)s"),
          _l("Write the assessment"), "cases.assessment"),
    _rule("COM-ASSIGN-OFFICER", _l("Assign an officer"), _l("%(name)s: no officer has accepted the case"),
          _l("Assign an officer"), "cases.assign", owner="police_chief", ladder=(("commune_leader", 5),)),
    _rule("COM-RECEPTION-REPORT", _l("Report the reception"), _l("%(name)s: report the reception to the province"),
          _l("Record as done"), "duties.finish", by_hand=True),
    _rule("COM-PLAN", _l("Supervision plan"), _l("%(name)s: supervision plan"), _l("Record as done"),
          "duties.finish", by_hand=True),
    _rule("COM-HELPER-PROPOSE", _l("Propose a helper"), _l("%(name)s: propose a helper"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}),
    _rule("REI-HELPER", _l("Propose a helper"), _l("%(name)s: propose a helper"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}),
    _rule("COM-HELPER-REPORT", _l("Quarterly report of the helper"), _l("%(name)s: report of the helper on %(month)s"),
          _l("Record as done"), "duties.finish", by_hand=True),
    _rule("REI-HELPER-REPORT", _l("Quarterly report of the helper"), _l("%(name)s: report of the helper on %(month)s"),
          _l("Record as done"), "duties.finish", by_hand=True),
    _rule("HANDOVER", _l("Hand the file over"), _l("%(name)s: hand the file over before the term ends"),
          _l("Record as done"), "duties.finish", by_hand=True, ladder=CLIMB),
    _rule("CERTIFICATE", _l("Completion certificate"), _l("%(name)s: the term ends, completion is to be certified"),
          _l("Propose completion"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS),
    _rule("RIGHT", _l("Right to a shortening"), _l("%(name)s: a shortening may be proposed"), _l("Look at the case"),
          "cases.show", ladder=SILENT_RIGHT),
)  # fmt: skip


def of_case(case: Case) -> Iterator[Wanted]:
    """What a running case asks for from last month to the end of the next. A suspended one pauses its monthly steps."""
    if not case.running or case.voided_at or case.under_military:
        return
    if case.accepted("officer") is None and case.state == "open":
        yield _wanted(case, "COM-ASSIGN-OFFICER", case.received_on, owner_role="police_chief", owner_id=None)
    if case.state != "suspended":
        yield from _monthly(case)
        yield from _reception(case)
    yield from _end(case)


def _wanted(case: Case, rule: str, due_on: date, **more: Any) -> Wanted:
    owner: dict[str, Any] = {"owner_role": officer, "owner_id": case.owner_id}
    values = {"month": more.pop("month", "")}
    return Wanted(**{"rule": rule, "key": "", "due_on": due_on, "values": values, **owner, **more})


def _from(case: Case, due: Due, rule: str, **more: Any) -> Wanted:
    """A duty of the law's own due, with its source."""
    return _wanted(
        case, rule, due.due_on, opens_on=due.opens_on, alert_on=due.alert_on, source=due.source,
        confirmed=due.confirmed, **more,
    )  # fmt: skip


def _asked(question: Any, *facts: Any) -> Iterable[Due]:
    """Ask the law; nothing where none of its versions holds, or a year's days off are not entered."""
    try:
        found: Iterable[Due] = question(*facts)
    except (NotInForceError, DayOutsideTableError):
        return ()
    return found


def _monthly(case: Case) -> Iterator[Wanted]:
    this_month = clock.today().replace(day=1)
    known = {rule.id for rule in CASE_RULES}
    for shift in (-1, 0, 1):
        month = add_months(this_month, shift)
        for due in _asked(case.regime.monthly, case.term, month):
            if due.rule in known and due.due_on >= add_months(this_month, -1):
                yield _from(case, due, due.rule, key=due.period, month=_spelled(due.period), **_done(case, due))
    for due in _asked(case.regime.quarterly, case.term, add_months(this_month, -3)):
        if due.rule in known:
            yield _from(case, due, due.rule, key=due.period, month=due.period)


def _spelled(period: str) -> str:
    year, _dash, month = period.partition("-")
    return f"{month}/{year}"


def _done(case: Case, due: Due) -> dict[str, Any]:
    """The record of the month that shows a duty done."""
    records: dict[str, Any] = {
        REPORT: ((one.month, one.received_on, one) for one in case.check_ins if one.counts),
        "RS-PRESENT-MONTHLY": ((one.month, one.received_on, one) for one in case.check_ins if one.counts),
        ROLL_CALL: ((one.month, one.held_on, one) for one in case.roll_calls if one.voided_at is None),
        "COM-ASSESS-MONTHLY": ((one.month, one.written_on, one) for one in case.assessments if one.voided_at is None),
    }
    for month, on, record in records.get(due.rule, ()):
        if f"{month:%Y-%m}" == due.period:
            return {"done_on": on, "done_by_id": record.created_by_id}
    return {}


def _reception(case: Case) -> Iterator[Wanted]:
    """The first steps of a young case; a helper is proposed once a proposal or a helper is there."""
    if clock.today() - case.received_on > BEGINNING:
        return
    known = {rule.id for rule in CASE_RULES} - {"COM-ASSIGN-OFFICER"}
    helped = [one.proposed_on for one in case.assignments if one.kind == "helper"]
    helped += [one.submitted_on for one in case.proposals if one.kind == "helper" and one.submitted_on]
    for due in _asked(case.regime.reception, case.received_on, case.reception_on):
        if due.rule in known:
            done = {"done_on": min(helped)} if helped and due.rule in ("COM-HELPER-PROPOSE", "REI-HELPER") else {}
            yield _from(case, due, due.rule, **done)


def _end(case: Case) -> Iterator[Wanted]:
    """Rights, hand-over and the end: nobody overstays."""
    soon = clock.today() + timedelta(days=62)
    for due in _asked(case.regime.calendar, case.term):
        if due.rule.endswith("HANDOVER") and due.due_on <= soon:
            yield _from(case, due, "HANDOVER")
        elif due.kind == "right" and not due.period and due.due_on <= soon and not case.term_changes:
            yield _from(case, due, "RIGHT", is_right=True)
        elif due.kind == "end" and due.due_on <= soon:
            done = [one.decided_on for one in case.proposals if one.kind == "completion" and one.decided_on]
            yield _from(case, due, "CERTIFICATE", **({"done_on": max(done)} if done else {}))


ASSIGNMENT_RULES = (
    _rule("ASSIGNMENT", _l("Answer to an assignment"), _l("%(name)s: you are asked to take this on"), _l("Answer"),
          "cases.assignment"),
)  # fmt: skip


def of_assignment(assignment: Assignment) -> Iterator[Wanted]:
    if assignment.state != "proposed" or assignment.voided_at or not assignment.case.running:
        return
    yield Wanted(
        "ASSIGNMENT", "", assignment.proposed_on + timedelta(days=3), officer, assignment.assignee_id,
    )  # fmt: skip


MEASURE_RULES = (
    _rule("MEASURE-3", _l("Result of help after 3 months"), _l("%(name)s: what became of the help after 3 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "3"}),
    _rule("MEASURE-6", _l("Result of help after 6 months"), _l("%(name)s: what became of the help after 6 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "6"}),
)  # fmt: skip


def of_measure(measure: Measure) -> Iterator[Wanted]:
    if measure.voided_at or not measure.case.running:
        return
    for months, done_on in ((3, measure.result_3_on), (6, measure.result_6_on)):
        due_on = add_months(measure.given_on, months)
        yield Wanted(f"MEASURE-{months}", "", due_on, officer, measure.case.owner_id, done_on=done_on)


SOURCES = (
    Source(Case, CASE_RULES, of_case),
    Source(Assignment, ASSIGNMENT_RULES, of_assignment),
    Source(Measure, MEASURE_RULES, of_measure),
)
