"""What is written into a case while it runs."""

from datetime import date
from typing import Any

from portal.cases import conduct, months, owed
from portal.cases.actions.keeping import keeping_what_moves
from portal.cases.actions.running import refuse_before_month, refuse_unless_running
from portal.cases.models import (
    ASSESSMENT_RULES,
    SELF_REPORT_RULES,
    Assessment,
    Case,
    Channel,
    CheckIn,
    Contact,
    ContactKind,
    Rating,
    RollCall,
    Violation,
    ViolationKind,
)
from portal.cases.seldom import tell_empty
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.law.asking import NOT_SERVED
from portal.law.results import Refusal
from portal.organisation.models import Role

STILL_MISSING = mark(
    "A violation recorded on %(recorded)s says that the self-report of %(month)s had not come by then. If that is "
    "wrong, mark the violation as entered in error first; if the report came late, give the day on which it came, "
    "%(recorded)s or later."
)
CAME_BEFORE = mark("The self-report of %(month)s was handed in on %(day)s.")


def record_reception(case: Case, held_on: date, by: Actor, reason: str = "") -> None:
    """Write down when rights and duties were explained. Another day than before needs a reason, which the story tells.

    Raises Refused without one. What is past its day stays so, whatever the new day.
    """
    refuse_unless_running(case, held_on=held_on)
    before = case.reception_on
    with keeping_what_moves(case, "receive" if before is None else "correct_reception"):
        case.reception_on = held_on
    if before is None or before == held_on:
        return
    if not reason.strip():
        raise Refused(Misfit("reason", mark("Please give the reason.")))
    case.workflow.tell("correct_reception", case, by, reason)


def record_check_in(
    case: Case, month: date, received_on: date, channel: Channel = Channel.IN_PERSON, note: str = "",
    by: Actor | None = None,
) -> CheckIn:  # fmt: skip
    """Take a self-report for a month that the law asks for. Raises Conflict if that month's lies there already.

    Where it is taken *by* somebody else than whoever has the case or the chief, that one has still to check it.
    """
    tell_empty(case)
    month = month.replace(day=1)
    refuse_unless_running(case, received_on=received_on)
    refuse_before_month(month, received_on)
    if before := owed.by_month(case.check_ins).get(month):
        told = Plain(mark("The self-report of that month was handed in on %(day)s."), day=before.received_on)
        raise Conflict(before, told)
    months.of_self_reports(case).refuse_unless_asked(month)
    _refuse_against_record(case, month, received_on)
    check_in = CheckIn(
        case=case, commune_id=case.commune_id, month=month, received_on=received_on, channel=channel, note=note,
        to_check=by is not None and by.id != case.owner_id and not _is_chief(by),
    )  # fmt: skip
    db.session.add(check_in)
    return check_in


def _refuse_against_record(case: Case, month: date, received_on: date) -> None:
    """Refuse a self-report of before the day on which a record says that it had not come: both cannot be."""
    said = conduct.told_missing(case, month)
    due = owed.of_month(case, month, *SELF_REPORT_RULES)
    if said is None or due is None or received_on >= said.recorded_on:
        return
    told = Refusal(
        STILL_MISSING, {"month": months.spelled(month), "recorded": said.recorded_on}, due.rule, due.source,
        due.confirmed, due.holds_from,
    )  # fmt: skip
    raise Refused(Misfit.by("received_on", told))


def _is_chief(by: Actor) -> bool:
    return by.acting is not None and by.acting.role == Role.POLICE_CHIEF


def return_check_in(check_in: CheckIn, by: Actor, reason: str, version: int | None = None) -> None:
    """Return a deficient self-report: it counts as not handed in."""
    check_in.workflow.take("return", check_in, by, reason, version)


def record_roll_call(case: Case, month: date, held_on: date, present: bool, note: str = "") -> RollCall:
    """Write down whether the person was there at the presence check of a month."""
    month = month.replace(day=1)
    refuse_unless_running(case, held_on=held_on)
    refuse_before_month(month, held_on)
    if before := owed.by_month(case.roll_calls).get(month):
        raise Conflict(before, Plain(mark("The roll-call of that month is recorded already.")))
    months.of_roll_calls(case).refuse_unless_asked(month)
    roll_call = RollCall(
        case=case, commune_id=case.commune_id, month=month, held_on=held_on, present=present, note=note
    )
    db.session.add(roll_call)
    return roll_call


def record_contact(case: Case, kind: ContactKind, happened_on: date, note: str) -> Contact:
    """Write down a visit or a call."""
    refuse_unless_running(case, happened_on=happened_on)
    contact = Contact(case=case, commune_id=case.commune_id, kind=kind, happened_on=happened_on, note=note)
    db.session.add(contact)
    return contact


def record_assessment(case: Case, month: date, written_on: date, rating: Rating | None, text: str) -> Assessment:
    """Write the opinion on a month that is over; one a month."""
    month = month.replace(day=1)
    refuse_assessment(case, month, written_on)
    assessment = Assessment(
        case=case, commune_id=case.commune_id, month=month, written_on=written_on, rating=rating, text=text
    )
    db.session.add(assessment)
    return assessment


def refuse_assessment(case: Case, month: date, written_on: date) -> None:
    """Raise Refused where the month is not assessed, or not on that day; Conflict where it is assessed already."""
    refuse_unless_running(case, written_on=written_on)
    refuse_before_month(month, written_on)
    written = owed.by_month(case.assessments)
    if before := written.get(month):
        raise Conflict(before, Plain(mark("The assessment of that month is written already.")))
    if as_one := owed.recorded_as_one(case, month, written, *ASSESSMENT_RULES):
        raise Conflict(written[as_one], Plain(mark("The assessment of that quarter is written already.")))
    asked = months.of_assessments(case)
    asked.refuse_unless_asked(month)
    asked.refuse_too_early(month, written_on)


def record_violation(
    case: Case, kind: ViolationKind, occurred_on: date, recorded_on: date, text: str, only_reminded: bool = False,
    **of_minutes: Any,
) -> Violation:  # fmt: skip
    """Write down a breach of a duty or of the law, which cannot be recorded before it happened.

    *of_minutes* is what its minutes tell besides: whether it was deliberate, which duty, hour, place, words of those
    who were there.
    """
    refuse_unless_running(case, occurred_on=occurred_on, recorded_on=recorded_on)
    if recorded_on < occurred_on:
        raise Refused(Plain(mark("It cannot be recorded before it happened.")))
    if only_reminded and of_minutes.get("deliberate"):
        told = mark("What was done on purpose is recorded in minutes; a reminder alone says nothing of purpose.")
        raise Refused(Misfit("deliberate", told))
    _refuse_stay(case, kind, of_minutes.get("away_from"), of_minutes.get("away_until"), only_reminded=only_reminded)
    if month := of_minutes.get("missing_report"):
        _refuse_not_missing(case, kind, month, recorded_on)
    violation = Violation(
        case=case, commune_id=case.commune_id, kind=kind, occurred_on=occurred_on, recorded_on=recorded_on, text=text,
        only_reminded=only_reminded, **of_minutes,
    )  # fmt: skip
    db.session.add(violation)
    return violation


def _refuse_not_missing(case: Case, kind: ViolationKind, month: date, recorded_on: date) -> None:
    """Refuse to record as missing what was not due yet by that day, or had come."""
    due = owed.of_month(case, month, *SELF_REPORT_RULES)
    if kind != ViolationKind.DUTY:
        told = mark("A self-report that did not come is a breach of a duty of the sentence.")
        raise Refused(Misfit("missing_report", told))
    if due is None:
        raise Refused(Misfit.by("missing_report", months.of_self_reports(case).why_not(month)))
    if recorded_on <= due.due_on:
        told = mark("The self-report of %(month)s was due by %(day)s; it is missing only after that.")
        raise Refused(Misfit("missing_report", told, month=months.spelled(month), day=due.due_on))
    came = owed.by_month(case.check_ins).get(month)
    if came is not None and came.received_on < recorded_on:
        raise Refused(Misfit("missing_report", CAME_BEFORE, month=months.spelled(month), day=came.received_on))


def _refuse_stay(
    case: Case, kind: ViolationKind, first: date | None, last: date | None, *, only_reminded: bool
) -> None:
    """Refuse days away that move no end: no day is taken as not served twice, or while it was permitted."""
    if first is None and last is None:
        return
    if not hasattr(case.regime, NOT_SERVED):
        raise Refused(Misfit("away_from", mark("By the law of this case days away move no end. Leave it empty.")))
    if first is None or last is None:
        missing = mark("Please give the first and the last day away.")
        raise Refused(Misfit("away_from" if first is None else "away_until", missing))
    if only_reminded or kind != ViolationKind.DUTY:
        told = mark("Days that are not counted as served need a record of the breach of duty.")
        raise Refused(Misfit("away_from", told))
    if last < first or last > clock.today():
        told = mark("The last day away lies between the first one and today.")
        raise Refused(Misfit("away_until", told))
    if first < case.starts_on:
        raise Refused(Misfit("away_from", mark("The term begins only on %(day)s."), day=case.starts_on))
    permitted = next((one for one in case.permits if one.leaves_on <= last and first <= one.returns_on), None)
    if permitted:
        told = mark("An absence from %(first)s to %(last)s was permitted: those days count as served.")
        raise Refused(Misfit("away_from", told, first=permitted.leaves_on, last=permitted.returns_on))
    stays = (one.stay for one in case.violations if one.stay)
    if same := next((one for one in stays if one[0] <= last and first <= one[1]), None):
        told = mark("Days from %(first)s to %(last)s are recorded as not served already.")
        raise Refused(Misfit("away_from", told, first=same[0], last=same[1]))
