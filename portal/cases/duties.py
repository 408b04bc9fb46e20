"""Which duties a case makes: what the law asks of it in these weeks, and what nobody may forget about it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from portal.cases import owed
from portal.cases.models import (
    ANSWER,
    DECIDED,
    HELPING,
    OWNERS,
    RUNNING,
    WAITING,
    Assignment,
    Case,
    Measure,
    TermChange,
    may_help,
)
from portal.duties.rules import DutyRule, Source, Wanted
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l
from portal.engine.workflow import Step, asker, steps_of
from portal.law.asking import asked
from portal.law.days import add_months
from portal.law.rule import Due
from portal.organisation.models import Role, RoleGrant, User, line_of
from portal.organisation.queries import grants_of
from portal.people.models import Person

CLIMB = (("police_chief", 3), ("commune_leader", 10), ("inspector", 20))
CLIMB_TO_CHIEF = (("police_chief", 3),)
NOBODY_OVERSTAYS = (("police_chief", -8), ("commune_leader", -2), ("inspector", -1))  # 7, 1 and 0 days before the end
SILENT_RIGHT = (("police_chief", 14),)
ENDS_SOON = timedelta(days=30)  # from when the end stands before the officer
AHEAD = timedelta(days=62)
BEGINNING = timedelta(days=120)  # steps of the reception were done on paper if the file was older when it was entered

REPORT, PRESENCE, ROLL_CALL, ASSESSMENT = "COM-SELF-REPORT", "RS-PRESENT-MONTHLY", "COM-ROLLCALL", "COM-ASSESS-MONTHLY"
ASSIGNING, HELPERS = ("COM-ASSIGN-OFFICER", "DEF-ASSIGN"), ("COM-HELPER-PROPOSE", "REI-HELPER")
HELPER_REPORTS = ("COM-HELPER-REPORT", "REI-HELPER-REPORT")
HANDOVERS = ("SS-HANDOVER", "PAR-HANDOVER", "NCR-HANDOVER", "RS-HANDOVER", "RB-HANDOVER")
CERTIFICATES = ("SS-CERT", "PAR-CERT", "NCR-CERT")
QUARTERS = {"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}  # as papers write them
RIGHTS = ("SS-SHORTEN-ELIG", "PAR-SHORTEN", "NCR-REDUCE", "RS-EXEMPT", "RB-EXEMPT")
officer, chief, leader = "police_officer", "police_chief", "commune_leader"


def _rule(id: str, label: Any, sentence: Any, verb: Any, endpoint: str, **more: Any) -> DutyRule:
    """A rule of the officer's that climbs to the chief and follows the law's rule of the same name, unless told."""
    kept = {"owner": officer, "ladder": CLIMB_TO_CHIEF, "law": (id,), **more}
    return DutyRule(id, label, sentence, verb, endpoint, **kept)


CASE_RULES = (
    _rule(REPORT, _l("Monthly self-report"), _l("%(name)s: self-report for %(month)s"), _l("Record it as handed in"),
          "cases.check_in", ladder=CLIMB, monthly=True),
    _rule(PRESENCE, _l("Monthly presence"), _l("%(name)s: presence in %(month)s"),
          _l("Record it as handed in"), "cases.check_in", ladder=CLIMB, monthly=True),
    _rule(ROLL_CALL, _l("Monthly roll-call"), _l("%(name)s: roll-call of %(month)s"), _l("Record the roll-call"),
          "cases.roll_call", monthly=True),
    _rule(ASSESSMENT, _l("Monthly assessment"), _l("%(name)s: assessment of %(month)s"),
          _l("Write the assessment"), "cases.assessment", monthly=True),
    _rule("COM-ASSIGN-OFFICER", _l("Assign an officer"), _l("%(name)s: no officer has accepted the case"),
          _l("Assign an officer"), "cases.assign", owner=chief, ladder=(("commune_leader", 5),), law=ASSIGNING),
    _rule("COM-ASSIGN-ANEW", _l("Assign another officer"),
          _l("%(name)s: %(officer)s is no longer in service; the case needs another officer"),
          _l("Assign an officer"), "cases.assign", owner=chief, ladder=(("commune_leader", 5),), law=()),
    _rule("COM-RECEPTION-REPORT", _l("Report the reception"), _l("%(name)s: report the reception to the province"),
          _l("Record as done"), "duties.finish", by_hand=True),
    _rule("COM-PLAN", _l("Supervision plan"), _l("%(name)s: supervision plan"), _l("Record as done"),
          "duties.finish", by_hand=True),
    _rule("COM-HELPER-PROPOSE", _l("Propose a helper"), _l("%(name)s: propose a helper"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}),
    _rule("REI-HELPER", _l("Propose a helper for reintegration"), _l("%(name)s: propose a helper"),
          _l("Propose a helper"), "proposals.new", arguments={"kind": "helper"}),
    _rule("COM-HELPER-ANEW", _l("Propose another helper"),
          _l("%(name)s: %(helper)s does not help; another helper is to be proposed"), _l("Propose a helper"),
          "proposals.new", arguments={"kind": "helper"}, law=()),
    _rule("COM-HELPER-REPORT", _l("Quarterly report of the helper"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Record as done"), "duties.finish",
          by_hand=True),
    _rule("REI-HELPER-REPORT", _l("Quarterly report of the helper in reintegration"),
          _l("%(name)s: report of the helper on quarter %(month)s"), _l("Record as done"), "duties.finish",
          by_hand=True),
    _rule("HANDOVER", _l("Hand the file over"), _l("%(name)s: hand the file over before the term ends"),
          _l("Record as done"), "duties.finish", by_hand=True, ladder=CLIMB, law=HANDOVERS),
    _rule("CERTIFICATE", _l("Completion certificate"), _l("%(name)s: the term ends, completion is to be certified"),
          _l("Propose completion"), "proposals.new", arguments={"kind": "completion"}, ladder=NOBODY_OVERSTAYS,
          law=CERTIFICATES),
    _rule("RIGHT", _l("Right to a shortening"), _l("%(name)s: a shortening may be proposed"),
          _l("Record what became of it"), "duties.finish", by_hand=True, ladder=SILENT_RIGHT, law=RIGHTS),
)  # fmt: skip


def of_case(case: Case) -> Iterator[Wanted]:
    """What a running case asks for: what is still missing of the last months, and what comes until the end of the next.

    A suspended one pauses its monthly steps and nothing else: the reception is still to be reported and planned, the
    helper reports on the quarter, and the term runs on to its end. One that an army unit supervises is only followed.
    """
    if case.voided_at or case.under_military:
        return
    if case.running:
        if case.officer is not None and not in_office(case.officer):
            yield _another_officer(case, case.officer)
        yield from _reception(case)
        yield from _another_helper(case)
        yield from _monthly(case)
        yield from _quarterly(case)
        yield from _ending(case)
    yield from _end(case)


def in_office(officer: User) -> bool:
    """Whether somebody holds a role today that may own cases."""
    return any(grant.role in OWNERS for grant in officer.held_today)


def left_on(gone: User, roles: Collection[Role] = OWNERS) -> date:
    """The last day on which somebody held such a role, or on which their account was open."""
    if gone.disabled_at:
        return gone.disabled_at.astimezone(clock.VIETNAM).date()
    last_days = (grant.valid_to for grant in gone.grants if grant.role in roles and grant.valid_to)
    return max(last_days, default=clock.today())


def _another_officer(case: Case, gone: User) -> Wanted:
    """A case never lacks an owner: the chief finds another on the day after somebody left."""
    told = {"officer": gone.full_name}
    return Wanted("COM-ASSIGN-ANEW", str(case.owner_id), left_on(gone) + timedelta(days=1), chief, values=told)


def _owner(case: Case) -> dict[str, Any]:
    """Whoever owns the case or, once they are no longer in service, the chief."""
    if in_office(case.owner):
        return {"owner_role": officer, "owner_id": case.owner_id}
    return {"owner_role": chief, "owner_id": None}


def _wanted(case: Case, rule: str, due_on: date, **more: Any) -> Wanted:
    values = {"month": more.pop("month", "")}
    return Wanted(**{"rule": rule, "key": "", "due_on": due_on, "values": values, **_owner(case), **more})


def _from(case: Case, due: Due, rule: str, **more: Any) -> Wanted:
    """A duty of the law's own due, with its source."""
    told = {
        "opens_on": due.opens_on, "alert_on": due.alert_on, "source": due.source, "confirmed": due.confirmed, **more,
    }  # fmt: skip
    return _wanted(case, rule, due.due_on, **told)


# ── month by month ──────────────────────────────────────────────────────────────────────────────────────────────────
def _first_month(case: Case) -> date:
    """The month from which on something missing is asked for: what was owed before the portal had it is on paper."""
    this_month = clock.today().replace(day=1)
    entered = case.created_at.astimezone(clock.VIETNAM).date().replace(day=1)
    return max(add_months(this_month, -owed.LOOKING_BACK), min(add_months(this_month, -1), entered))


def _months(case: Case) -> Iterator[date]:
    month, last = _first_month(case), add_months(clock.today().replace(day=1), 1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def _monthly(case: Case) -> Iterator[Wanted]:
    known, done, first = {rule.id for rule in CASE_RULES}, _records(case), _first_month(case)
    paused = owed.paused(case)
    for month in _months(case):
        for due in owed.monthly(case, month):
            if due.rule in known and due.due_on >= first and not paused(due.due_on):
                shown = done.get((due.rule, due.period), {})
                yield _from(case, due, due.rule, key=due.period, month=_spelled(due.period), **shown)


def _spelled(period: str) -> str:
    """2026-11 as 11/2026, 2026-Q4 as IV/2026."""
    year, _dash, part = period.partition("-")
    return f"{QUARTERS.get(part, part)}/{year}"


def _records(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """By rule and month, the record that shows a duty done."""
    reports = [(one.month, one.received_on, one) for one in case.check_ins if one.counts]
    found: dict[str, list[tuple[date, date, Any]]] = {
        REPORT: reports,
        PRESENCE: reports,
        ROLL_CALL: [(one.month, one.held_on, one) for one in case.roll_calls if one.voided_at is None],
        ASSESSMENT: [(one.month, one.written_on, one) for one in case.assessments if one.voided_at is None],
    }
    return {
        (rule, f"{month:%Y-%m}"): {"done_on": on, "done_by_id": record.created_by_id}
        for rule, records in found.items()
        for month, on, record in records
    }


def _quarterly(case: Case) -> Iterator[Wanted]:
    """The helper's report on each quarter in which there was a helper."""
    first, until = _first_month(case), clock.today() + AHEAD
    days = {add_months(month, shift) for month in _months(case) for shift in (-3, 0)}
    found = (due for day in sorted(days) for due in asked(case.regime.quarterly, case.term, day))
    for due in {due.period: due for due in found}.values():
        if due.rule in HELPER_REPORTS and first <= due.due_on <= until and _was_helped(case, due):
            yield _from(case, due, due.rule, key=due.period, month=_spelled(due.period))


def _was_helped(case: Case, due: Due) -> bool:
    first: Any = due.inputs["first_on"]
    last: Any = due.inputs["last_on"]
    return any(
        one.since is not None and one.since <= last and (one.until is None or one.until > first)
        for one in case.assignments
        if one.kind == "helper" and one.voided_at is None
    )


# ── the beginning ───────────────────────────────────────────────────────────────────────────────────────────────────
def _reception(case: Case) -> Iterator[Wanted]:
    """An officer, the report to the province, the plan, a helper; of a file that was entered while it was young."""
    steps = list(asked(case.regime.reception, case.received_on, case.reception_on))
    young = case.created_at.astimezone(clock.VIETNAM).date() - case.received_on <= BEGINNING
    if case.officer is None or young:
        yield _assigning(case, next((due for due in steps if due.rule in ASSIGNING), None))
    known = {rule.id for rule in CASE_RULES} - {*ASSIGNING}
    for due in steps if young else ():
        if due.rule in known:
            yield _from(case, due, due.rule, **(_helper_proposed(case) if due.rule in HELPERS else {}))


def _assigning(case: Case, due: Due | None) -> Wanted:
    """Done when the first officer has accepted. Where the law sets no limit, ours is as long."""
    taken = [one for one in case.assignments if one.kind == "officer" and one.since and one.voided_at is None]
    told: dict[str, Any] = {"owner_role": chief, "owner_id": None}
    if taken and case.officer:
        told |= {"done_on": taken[0].since, "done_by_id": taken[0].assignee_id}
    if due is not None:
        return _from(case, due, ASSIGNING[0], **told)
    return _wanted(case, ASSIGNING[0], case.received_on + ANSWER, confirmed=False, **told)


def _helper_proposed(case: Case, after: Assignment | None = None) -> dict[str, Any]:
    """Done once a helper is asked, or a proposal that was not turned down is under way; *after* an earlier one."""
    last, known = (after.id, after.proposal_id or 0) if after else (0, 0)
    tried = [(one.proposed_on, one) for one in _asked_to_help(case) if one.id > last]
    tried += [
        (one.submitted_on, one)
        for one in case.proposals
        if one.kind == "helper" and one.id > known and one.submitted_on and one.state not in ("rejected", "withdrawn")
    ]
    if not tried:
        return {}
    on, record = min(tried, key=lambda pair: pair[0])
    return {"done_on": on, "done_by_id": record.created_by_id}


def _asked_to_help(case: Case) -> list[Assignment]:
    return [one for one in case.assignments if one.kind == "helper" and one.voided_at is None]


def _another_helper(case: Case) -> Iterator[Wanted]:
    """Another is proposed where whoever was asked did not accept, or serves no more, unless somebody else helps."""
    helped = case.helper is not None and may_help(case.helper, case.commune)
    for one in _asked_to_help(case):
        gone_on, done = _does_not_help_since(one), _helper_proposed(case, after=one)
        if gone_on and (done or not helped):
            told = {"helper": one.assignee.full_name}
            yield _wanted(case, "COM-HELPER-ANEW", gone_on + ANSWER, key=str(one.id), values=told, **done)


def _does_not_help_since(asked: Assignment) -> date | None:
    """The day on which somebody declined, was no longer asked, or left service as a helper; None for all others."""
    if asked.state in ("declined", "recalled"):
        steps = steps_of(asked)
        return steps[-1].at.astimezone(clock.VIETNAM).date() if steps else asked.proposed_on
    if asked.runs and not may_help(asked.assignee, asked.case.commune):
        return left_on(asked.assignee, HELPING)
    return None


# ── rights and the end ──────────────────────────────────────────────────────────────────────────────────────────────
def _ending(case: Case) -> Iterator[Wanted]:
    """The right to a shortening, until a court has cut or somebody said why not; and the hand-over of the file."""
    soon = clock.today() + AHEAD
    cuts = [one for one in case.term_changes if one.counts]
    for due in asked(case.regime.calendar, case.term):
        if due.due_on > soon:
            continue
        if due.rule in HANDOVERS:
            yield _from(case, due, "HANDOVER")
        elif due.kind == "right" and not due.period.endswith("floor"):
            done = {"done_on": cuts[0].decided_on, "done_by_id": cuts[0].created_by_id} if cuts else {}
            yield _from(case, due, "RIGHT", is_right=True, **done)


def _end(case: Case) -> Iterator[Wanted]:
    """Nobody overstays: from a month before its last day until completion is certified."""
    certified = [one for one in case.proposals if one.kind == "completion" and one.state in DECIDED]
    if not (case.running or certified):
        return
    done = {"done_on": certified[0].decided_on, "done_by_id": certified[0].decided_by_id} if certified else {}
    for due in asked(case.regime.calendar, case.term):
        if due.kind == "end" and due.due_on <= clock.today() + AHEAD:
            yield _from(case, due, "CERTIFICATE", opens_on=due.due_on - ENDS_SOON, **done)


# ── what belongs to a case ──────────────────────────────────────────────────────────────────────────────────────────
ASSIGNMENT_RULES = (
    _rule("ASSIGNMENT", _l("Answer to an assignment"), _l("%(name)s: you are asked to take this on"), _l("Answer"),
          "cases.assignment", law=()),
)  # fmt: skip
ASSIGNEES = {"officer": officer, "helper": "team_member"}


def of_assignment(assignment: Assignment) -> Iterator[Wanted]:
    """Whoever is asked answers; done by accepting or declining."""
    if assignment.voided_at or not assignment.case.running:
        return
    answer = next((step for step in steps_of(assignment) if step.from_state == "proposed"), None)
    if answer is None and assignment.state != "proposed":
        return
    done: dict[str, Any] = {}
    if answer:
        done = {"done_on": answer.at.astimezone(clock.VIETNAM).date(), "done_by_id": answer.by_id}
    role = ASSIGNEES[assignment.kind]
    yield Wanted("ASSIGNMENT", "", assignment.answer_by, role, assignment.assignee_id, **done)


MEASURE_RULES = (
    _rule("MEASURE-3", _l("Result of help after 3 months"), _l("%(name)s: what became of the help after 3 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "3"}, law=()),
    _rule("MEASURE-6", _l("Result of help after 6 months"), _l("%(name)s: what became of the help after 6 months"),
          _l("Record the result"), "cases.measure_result", arguments={"months": "6"}, law=()),
)  # fmt: skip


def of_measure(measure: Measure) -> Iterator[Wanted]:
    if measure.voided_at or not measure.case.running:
        return
    for months, done_on in ((3, measure.result_3_on), (6, measure.result_6_on)):
        due_on = add_months(measure.given_on, months)
        by = measure.changed_by_id if done_on else None
        yield Wanted(f"MEASURE-{months}", "", due_on, **_owner(measure.case), done_on=done_on, done_by_id=by)


TERM_RULES = (
    _rule("CONFIRM-TERM", _l("Confirm a shortening"), _l("%(name)s: a shortening of the term waits for confirmation"),
          _l("Compare and confirm"), "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(),
          decision=True),
    _rule("TAKE-TERM-BACK", _l("Take a shortening back"),
          _l("%(name)s: somebody asks to take a shortening of the term back"), _l("Compare and decide"),
          "cases.term_changed", owner=chief, ladder=(("commune_leader", 3),), law=(), decision=True),
)  # fmt: skip


def of_term_change(change: TermChange) -> Iterator[Wanted]:
    """Somebody else than whoever recorded it compares it with the court's paper; and so each time that somebody asks
    to take it back."""
    steps = steps_of(change)
    first = next((step for step in steps if step.from_state == "recorded"), None)
    if first or change.state == "recorded":
        yield from _question(change, "CONFIRM-TERM", "", change.created_at, first)
    for place, step in enumerate(steps, 1):
        if step.name == "ask_back":
            yield from _question(change, "TAKE-TERM-BACK", str(place), step.at, next(iter(steps[place:]), None))


def _question(change: TermChange, rule: str, key: str, put_at: datetime, answer: Step | None) -> Iterator[Wanted]:
    """One question to a second person, until it is answered."""
    due_on = _day(put_at) + ANSWER
    if answer:
        yield Wanted(rule, key, due_on, chief, done_on=_day(answer.at), done_by_id=answer.by_id)
    elif change.waits and change.case.running:
        yield Wanted(rule, key, due_on, *_second_person(change))


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.VIETNAM).date()


def _second_person(change: TermChange) -> tuple[str, int | None]:
    """The chief or, where the chief asks, the one deputy; if nobody else holds the office, the chair."""
    holders = {grant.user_id for grant in grants_of(Role.POLICE_CHIEF, change.commune_id)}
    others = holders - {asker(change)}
    if not others:
        return leader, None
    return chief, next(iter(others)) if len(others) == 1 and others != holders else None


def _waiting_in(commune_id: int | None) -> Iterable[TermChange]:
    """Shortenings on which another may have to answer when somebody's account or roles change."""
    waiting = select(TermChange).where(TermChange.state.in_(WAITING), TermChange.voided_at.is_(None))
    return db.session.scalars(waiting.where(TermChange.commune_id.in_(line_of(commune_id)))) if commune_id else ()


def cases_of(user: User) -> Iterable[Case]:
    """The running cases that somebody owns or helps whose account or roles change: they may need somebody else."""
    helps = select(Assignment.case_id).where(
        Assignment.assignee_id == user.id, Assignment.kind == "helper", Assignment.state == "accepted"
    )
    theirs = or_(Case.owner_id == user.id, Case.id.in_(helps))
    return db.session.scalars(select(Case).where(theirs, Case.state.in_(RUNNING)))


def cases_of_holder(grant: RoleGrant) -> Iterable[Case]:
    return cases_of(grant.user)


def cases_about(person: Person) -> Iterable[Case]:
    """The running cases of a person of whom something else is known now: an age moves days."""
    return db.session.scalars(select(Case).where(Case.person_id == person.id, Case.state.in_(RUNNING)))


SOURCES = (
    Source(
        Case,
        CASE_RULES,
        of_case,
        also=((RoleGrant, cases_of_holder), (User, cases_of), (Person, cases_about)),
        goes_on=lambda commune_id: and_(Case.state.in_(RUNNING), Case.commune_id.in_(line_of(commune_id))),
    ),
    Source(Assignment, ASSIGNMENT_RULES, of_assignment),
    Source(Measure, MEASURE_RULES, of_measure),
    Source(
        TermChange,
        TERM_RULES,
        of_term_change,
        also=(
            (Case, lambda case: [one for one in case.term_changes if one.waits]),  # nobody is asked once it is closed
            (RoleGrant, lambda grant: _waiting_in(grant.commune_id)),
            (User, lambda user: _waiting_in(user.commune_id)),
        ),
    ),
)
