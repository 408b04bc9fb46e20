"""What officers recorded in a case, as entries of its timeline."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from flask import url_for
from flask_babel import format_decimal

from portal.cases.duties.quarters import spelled
from portal.cases.models import (
    CHANNEL_NAMES,
    CONTACT_KIND_NAMES,
    GETTING_ON_NAMES,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    VIOLATION_KIND_NAMES,
    Assessment,
    Case,
    CaseType,
    CheckIn,
    Contact,
    HelperReport,
    ManagementCustody,
    ManagementMove,
    Measure,
    RollCall,
    TermChange,
    Violation,
)
from portal.cases.presenters.entries import Entry, of_record, sentence
from portal.cases.presenters.words import month_name
from portal.engine.text import _, mark, ngettext, say
from portal.organisation.queries import users_named


def handed_in(one: CheckIn) -> str:
    """For which month a self-report is, and by how much it was late."""
    month = month_name(one.month)
    if not one.late_days:
        return _("Self-report for %(month)s handed in", month=month)
    told = ngettext("%(num)s day late", "%(num)s days late", one.late_days)
    return _("Self-report for %(month)s handed in, %(late)s", month=month, late=told)


def _of_check_in(one: CheckIn) -> Entry:
    title, shape = handed_in(one), "soon" if one.late_days else "done"
    if one.state == "returned":
        title = _("Self-report for %(month)s returned as deficient", month=month_name(one.month))
        shape = "returned"
    return of_record(one, one.received_on, shape, title, sentence(str(CHANNEL_NAMES[one.channel]), one.note))


def _of_roll_call(one: RollCall) -> Entry:
    month = month_name(one.month)
    title = _("Present at the roll-call for %(month)s", month=month)
    if not one.present:
        title = _("Absent from the roll-call for %(month)s", month=month)
    return of_record(one, one.held_on, "done" if one.present else "overdue", title, one.note)


def _of_contact(one: Contact) -> Entry:
    return of_record(one, one.happened_on, "done", str(CONTACT_KIND_NAMES[one.kind]), one.note)


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
    amount = _("%(amount)s VND", amount=format_decimal(one.amount_vnd)) if one.amount_vnd else ""
    text = sentence(_("By %(who)s", who=one.given_by), amount, one.text)
    yield of_record(one, one.given_on, "done", _("Help given: %(kind)s", kind=kind), text)
    if one.result_3_on and one.result_3_months:
        title = _("What became of the help after three months: %(kind)s", kind=kind)
        yield of_record(one, one.result_3_on, "done", title, one.result_3_months)
    if one.result_6_on and one.result_6_months:
        title = _("What became of the help after six months: %(kind)s", kind=kind)
        yield of_record(one, one.result_6_on, "done", title, one.result_6_months)


def _of_helper_report(one: HelperReport) -> Entry:
    title = _("Report of the helper on quarter %(quarter)s", quarter=spelled(one.quarter))
    told = _("Getting on: %(how)s", how=GETTING_ON_NAMES[one.getting_on])
    entry = of_record(one, one.written_on, "done", title, sentence(told, one.help_given, one.to_know))
    return entry if one.voided_at else replace(entry, url=url_for("cases.helper_reported", id=one.id))


SHORTENINGS = {
    "recorded": (mark("Shortening by %(months)s waits for confirmation"), "waiting"),
    "refused": (mark("Shortening by %(months)s recorded, and not confirmed"), "cancelled"),
    "confirmed": (mark("Term shortened by %(months)s"), "right"),
    "taking_back": (mark("Term shortened by %(months)s; somebody asks to take it back"), "waiting"),
    "taken_back": (mark("Shortening by %(months)s taken back by two people"), "cancelled"),
}  # by state: what the entry says, and its shape


def _of_term_change(one: TermChange) -> Entry:
    months = ngettext("%(num)s month", "%(num)s months", one.months)
    text = _("Decision %(number)s", number=one.decision_number) if one.decision_number else ""
    title, shape = SHORTENINGS[one.state]
    entry = of_record(one, one.decided_on, shape, say(title, months=months), text)
    if one.voided_at:
        return entry
    url = url_for("cases.term_changed", id=one.id)
    asked = url if one.state == "confirmed" else ""  # there a second person is asked; else it is asked already, or over
    return replace(entry, url=url, mend_url=asked if one.against_voiding else entry.mend_url)


def _of_custody(one: ManagementCustody) -> Iterator[Entry]:
    yield of_record(one, one.detained_on, "paused", _("In custody"), one.paper)
    if one.released_on and one.voided_at is None:
        text = _("The management runs on to its original end.")
        yield of_record(one, one.released_on, "done", _("Released from custody"), text)


def _of_move(one: ManagementMove) -> Iterator[Entry]:
    """A move and what followed it, each on its day."""
    where = _("To %(commune)s", commune=one.moves_to)
    yield of_record(one, one.known_on, "done", _("Moves to another commune"), where)
    followed = (
        (one.told_on, _("The police of the new commune were told")), (one.arrived_on, _("Arrived there")),
        (one.received_on, _("The new commune has the person")),
    )  # fmt: skip
    if one.voided_at is None:
        yield from (of_record(one, on, "done", title, "") for on, title in followed if on)


TELLERS: Mapping[type[Any], Callable[[Any], Iterable[Entry]]] = {
    CheckIn: lambda one: [_of_check_in(one)],
    RollCall: lambda one: [_of_roll_call(one)],
    Contact: lambda one: [_of_contact(one)],
    Assessment: lambda one: [_of_assessment(one)],
    Violation: lambda one: [_of_violation(one)],
    HelperReport: lambda one: [_of_helper_report(one)],
    Measure: _of_measure,
    TermChange: lambda one: [_of_term_change(one)],
    ManagementCustody: _of_custody,
    ManagementMove: _of_move,
}


BY_ANYBODY_ON_DUTY = (CheckIn, RollCall, Contact)


def recorded(case: Case) -> Iterator[Entry]:
    """All that was written down in a case: check-ins, visits, help, helpers' reports, shortenings; voided ones too."""
    kinds = (
        case.check_ins, case.roll_calls, case.contacts, case.assessments, case.violations, case.measures,
        case.helper_reports, case.term_changes,
        *((case.custodies, case.moves) if case.type == CaseType.DRUG_USER_MANAGEMENT else ()),
    )  # fmt: skip
    told = _by_colleagues(case)
    for one in chain.from_iterable(kinds):
        by = told.get(one.created_by_id, "") if isinstance(one, BY_ANYBODY_ON_DUTY) else ""
        for entry in TELLERS[type(one)](one):
            yield replace(entry, text=sentence(entry.text, by)) if by and entry.voided is None else entry


def _by_colleagues(case: Case) -> Mapping[int | None, str]:
    """Who else than the owner recorded what anybody on duty may record, in words."""
    others = {one.created_by_id for one in (*case.check_ins, *case.roll_calls, *case.contacts)} - {case.owner_id}
    return {user.id: _("Recorded by %(name)s", name=user.full_name) for user in users_named(others).values()}


def entry_of(record: Any) -> Entry:
    """One record as the timeline tells it."""
    return next(iter(TELLERS[type(record)](record)))
