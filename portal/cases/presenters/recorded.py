"""What officers recorded in a case, as entries of its timeline."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from portal.cases.models import (
    CHANNEL_NAMES,
    CONTACT_KIND_NAMES,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    VIOLATION_KIND_NAMES,
    Assessment,
    Case,
    CheckIn,
    Contact,
    Measure,
    RollCall,
    TermChange,
    Violation,
)
from portal.cases.presenters.entries import Entry, of_record, sentence
from portal.cases.presenters.words import month_name
from portal.cases.queries import users_by_id
from portal.engine.text import _, ngettext


def recorded(case: Case) -> Iterable[Entry]:
    """Check-ins, roll-calls, visits, assessments, violations, help, changes of the term; voided ones too."""
    told = _by_colleagues(case)
    return chain(
        (_of_check_in(one, told) for one in case.check_ins),
        (_of_roll_call(one, told) for one in case.roll_calls),
        (_of_contact(one, told) for one in case.contacts),
        map(_of_assessment, case.assessments),
        map(_of_violation, case.violations),
        chain.from_iterable(map(_of_measure, case.measures)),
        map(_of_term_change, case.term_changes),
    )


def _by_colleagues(case: Case) -> Mapping[int | None, str]:
    """Who else than the owner recorded what anybody on duty may record, in words."""
    others = {one.created_by_id for one in (*case.check_ins, *case.roll_calls, *case.contacts)} - {case.owner_id}
    return {user.id: _("Recorded by %(name)s", name=user.full_name) for user in users_by_id(others).values()}


def _of_check_in(one: CheckIn, told: Mapping[int | None, str]) -> Entry:
    month = month_name(one.month)
    if one.state == "returned":
        title, shape = _("Self-report for %(month)s returned as deficient", month=month), "returned"
    elif one.late_days:
        late = ngettext("%(num)s day late", "%(num)s days late", one.late_days)
        title, shape = _("Self-report for %(month)s handed in, %(late)s", month=month, late=late), "soon"
    else:
        title, shape = _("Self-report for %(month)s handed in", month=month), "done"
    return of_record(
        one, one.received_on, shape, title, sentence(str(CHANNEL_NAMES[one.channel]), one.note, *_by(one, told))
    )


def _by(one: CheckIn | RollCall | Contact, told: Mapping[int | None, str]) -> tuple[str, ...]:
    return (told[one.created_by_id],) if one.created_by_id in told else ()


def _of_roll_call(one: RollCall, told: Mapping[int | None, str]) -> Entry:
    month = month_name(one.month)
    title = _("Present at the roll-call for %(month)s", month=month)
    if not one.present:
        title = _("Absent from the roll-call for %(month)s", month=month)
    return of_record(one, one.held_on, "done" if one.present else "overdue", title, sentence(one.note, *_by(one, told)))


def _of_contact(one: Contact, told: Mapping[int | None, str]) -> Entry:
    text = sentence(one.note, *_by(one, told))
    return of_record(one, one.happened_on, "done", str(CONTACT_KIND_NAMES[one.kind]), text)


def _of_assessment(one: Assessment) -> Entry:
    title = _("Assessment of %(month)s", month=month_name(one.month))
    if one.rating:
        title = _("Assessment of %(month)s: %(rating)s", month=month_name(one.month), rating=RATING_NAMES[one.rating])
    return of_record(one, one.written_on, "done", title, one.text)


def _of_violation(one: Violation) -> Entry:
    kind = str(VIOLATION_KIND_NAMES[one.kind])
    text = sentence(_("Reminded, no record drawn up") if one.only_reminded else "", one.text)
    return of_record(one, one.occurred_on, "overdue", _("Violation: %(kind)s", kind=kind), text)


def _of_measure(one: Measure) -> Iterator[Entry]:
    kind = str(MEASURE_KIND_NAMES[one.kind])
    text = sentence(_("By %(who)s", who=one.given_by), one.text)
    yield of_record(one, one.given_on, "done", _("Help given: %(kind)s", kind=kind), text)
    if one.result_3_on and one.result_3_months:
        title = _("What became of the help after three months: %(kind)s", kind=kind)
        yield of_record(one, one.result_3_on, "done", title, one.result_3_months)
    if one.result_6_on and one.result_6_months:
        title = _("What became of the help after six months: %(kind)s", kind=kind)
        yield of_record(one, one.result_6_on, "done", title, one.result_6_months)


def _of_term_change(one: TermChange) -> Entry:
    months = ngettext("%(num)s month", "%(num)s months", one.months)
    text = _("Decision %(number)s", number=one.decision_number) if one.decision_number else ""
    return of_record(one, one.decided_on, "right", _("Term shortened by %(months)s", months=months), text)
