"""What officers recorded in a case, as entries of its timeline."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from flask import url_for
from flask_babel import format_decimal

from portal.cases import conduct
from portal.cases.duties.quarters import spelled
from portal.cases.models import (
    CHANNEL_NAMES,
    CONTACT_KIND_NAMES,
    CUSTODY_KIND_NAMES,
    GETTING_ON_NAMES,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    SUMMONS_OUTCOME_NAMES,
    SUMMONS_PURPOSE_NAMES,
    VIOLATION_KIND_NAMES,
    Assessment,
    Case,
    CaseType,
    CertificateHold,
    CheckIn,
    Contact,
    Custody,
    CustodyKind,
    Death,
    EndCheck,
    FileHandover,
    HelperReport,
    IncomeDeduction,
    JobLoss,
    LeftUndone,
    Measure,
    Move,
    Reception,
    ReviewMeeting,
    RollCall,
    Summons,
    TermChange,
    Violation,
    WorkDay,
    WrittenWarning,
)
from portal.cases.presenters import ending
from portal.cases.presenters.entries import Entry, of_record, sentence
from portal.cases.presenters.words import month_name
from portal.cases.queries import steps_of_many
from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _, mark, ngettext, say
from portal.law import community_work
from portal.law.asking import asked
from portal.law.community import ReceptionItem
from portal.lawbook.queries import law_of
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
    looked = _("Checked on %(day)s", day=day(one.checked_on)) if one.checked_on else ""
    looked = _("To be checked by the officer in charge") if one.unchecked else looked
    entry = of_record(one, one.received_on, shape, title, sentence(str(CHANNEL_NAMES[one.channel]), looked, one.note))
    return entry if one.voided_at else replace(entry, url=url_for("cases.checked", id=one.id))


def returned_because(check_ins: Iterable[CheckIn]) -> Mapping[int, str]:
    """When the deficient ones among self-reports were returned, and what was missing in each, by their ids."""
    returned = [one.id for one in check_ins if one.state == "returned" and one.voided_at is None]
    steps = [step for step in steps_of_many("check_in", returned) if step.name == "return"]
    return {
        step.record_id: _("Returned on %(day)s: %(reason)s", day=day(clock.day_of(step.at)), reason=step.reason)
        for step in steps
    }


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
    entry = of_record(one, one.occurred_on, "overdue", _("Violation: %(kind)s", kind=kind), text)
    return entry if one.voided_at else replace(entry, url=url_for("cases.breach", id=one.id))


def _of_deduction(one: IncomeDeduction) -> Entry:
    income = _("of an income of %(income)s đồng", income=format_decimal(one.income_vnd))
    title = _("Deducted of the income: %(amount)s đồng", amount=format_decimal(one.amount_vnd))
    waived = _("the judgment waives the deduction") if one.waived else ""
    return of_record(one, one.deducted_on, "done", title, sentence(income, waived))


def _of_work_day(one: WorkDay) -> Entry:
    told = ngettext("%(num)s hour of work for the community", "%(num)s hours of work for the community", one.hours)
    return of_record(one, one.worked_on, "done", str(told), "")


def _of_job_loss(one: JobLoss) -> Entry:
    """With the days that the law gives to each who reports it on, and orders work."""
    numbers = law_of(one.case.commune)[CaseType.NON_CUSTODIAL_REFORM].PARAMETERS
    steps = asked(community_work.jobless, one.known_on, (), numbers)
    told = "; ".join(_("%(what)s by %(day)s", what=say(due.label), day=day(due.due_on)) for due in steps)
    return of_record(one, one.known_on, "overdue", _("The person lost their work"), told)


WARNINGS = {
    "drafted": (mark("Written warning waits to be signed"), "waiting"),
    "signed": (mark("Written warning signed, and not given yet"), "todo"),
    "given": (mark("Warned in writing"), "overdue"),
    "refused": (mark("Written warning drafted, and not signed"), "cancelled"),
}
REVIEWS = {
    "planned": (mark("Review planned"), "waiting"),
    "held": (mark("Review held"), "done"),
    "held_without": (mark("Review held without the person"), "done"),
    "not_held": (mark("Review not held: the person stayed away"), "overdue"),
}  # by state: what the entry says, and its shape


def _of_warning(one: WrittenWarning) -> Entry:
    title, shape = WARNINGS[one.state]
    entry = of_record(one, one.given_on or one.written_on, shape, say(title), sentence(_on_paper(one), one.text))
    return entry if one.voided_at else replace(entry, url=url_for("cases.written_warning", id=one.id))


def _on_paper(one: WrittenWarning | ReviewMeeting) -> str:
    return _("On paper: No. %(number)s", number=one.paper_number) if one.paper_number else ""


def _of_review(one: ReviewMeeting) -> Entry:
    title, shape = REVIEWS[one.state]
    text = sentence(_on_paper(one), one.conclusion or one.absence_reason)
    entry = of_record(one, one.held_on or one.planned_on, shape, say(title), text)
    return entry if one.voided_at else replace(entry, url=url_for("cases.review", id=one.id))


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


def _of_custody(one: Custody) -> Iterator[Entry]:
    charged = one.kind == CustodyKind.CHARGED
    title = _("In custody") if one.kind == CustodyKind.DETAINED else str(CUSTODY_KIND_NAMES[one.kind])
    yield of_record(one, one.detained_on, "todo" if charged else "paused", title, sentence(one.held_by, one.paper))
    if one.voided_at is not None:
        return
    if one.informed_on:
        yield of_record(one, one.informed_on, "done", _("Heard of the person in custody"), one.informed)
    if one.released_on:
        managed = one.case.type == CaseType.DRUG_USER_MANAGEMENT
        text = _("The management runs on to its original end.") if managed else ""
        ended = _("No longer charged and at large") if charged else _("Released from custody")
        yield of_record(one, one.released_on, "done", ended, text)


def _of_move(one: Move) -> Iterator[Entry]:
    """A move and what followed it, each on its day."""
    where = _("To %(commune)s", commune=one.moves_to)
    if one.case.type != CaseType.DRUG_USER_MANAGEMENT:
        yield from _of_change(one, where)
        return
    yield of_record(one, one.known_on, "done", _("Moves to another commune"), where)
    followed = (
        (one.told_on, _("The police of the new commune were told")), (one.arrived_on, _("Arrived there")),
        (one.received_on, _("The new commune has the person")),
    )  # fmt: skip
    if one.voided_at is None:
        yield from (of_record(one, on, "done", title, "") for on, title in followed if on)


def _of_summons(one: Summons) -> Iterator[Entry]:
    """The call and, on its day, what became of it."""
    called_for, url = str(SUMMONS_PURPOSE_NAMES[one.purpose]), url_for("cases.summoned", id=one.id)
    entry = of_record(one, one.summoned_on, "done", _("Summoned: %(purpose)s", purpose=called_for), one.about)
    if one.voided_at:
        yield entry
        return
    appears = _("To appear on %(day)s", day=day(one.appear_on))
    yield replace(entry, text=sentence(appears, one.about), url=url)
    if one.outcome and one.outcome_on:
        title = _("After the summons: %(outcome)s", outcome=SUMMONS_OUTCOME_NAMES[one.outcome])
        shape = "overdue" if one.missed_on else "done"
        yield replace(of_record(one, one.outcome_on, shape, title, one.outcome_note), url=url)


def _of_reception(one: Reception) -> Entry:
    title = _("Reception: %(count)s of %(all)s parts recorded", count=len(one.items), all=len(ReceptionItem))
    entry = of_record(one, one.held_on, "done" if one.completed_on else "soon", title, "")
    return entry if one.voided_at else replace(entry, url=url_for("cases.received", id=one.id))


def _of_change(one: Move, where: str) -> Iterator[Entry]:
    """A change of residence that was asked for, and what became of it."""
    yield of_record(one, one.known_on, "done", _("Asked to move to another commune"), where)
    decided = _("The agency decided that the person stays") if one.refused else _("The agency permitted the move")
    followed = (
        (one.told_on, _("The wish to move was reported to the agency"), ""),
        (one.agreed_on, _("The agencies agreed on the move"), ""),
        (one.decided_on, decided, one.decision), (one.received_on, _("The new commune has the file"), where),
    )  # fmt: skip
    if one.voided_at is None:
        yield from (of_record(one, on, "done", title, text) for on, title, text in followed if on)


def _of_handover(one: FileHandover) -> Entry:
    entry = of_record(one, one.handed_on, "done", _("File handed over"), one.receiver)
    return entry if one.voided_at else replace(entry, url=url_for("cases.handed_over", id=one.id))


DEATHS = {
    "recorded": (mark("Died; a second person is asked to confirm it"), "waiting"),
    "confirmed": (mark("Died"), "done"),
    "refused": (mark("A death was recorded, and not confirmed"), "cancelled"),
}  # by state: what the entry says, and its shape


def _of_death(one: Death) -> Iterator[Entry]:
    title, shape = DEATHS[one.state]
    entry = of_record(one, one.died_on, shape, say(title), one.paper)
    yield entry if one.voided_at else replace(entry, url=url_for("cases.dead", id=one.id))
    if one.reported_on and one.counts:
        yield of_record(one, one.reported_on, "done", _("The death was reported to the agency"), "")
    if one.decided_on and one.counts:
        yield of_record(one, one.decided_on, "done", _("The court ended the execution"), one.decision)


TELLERS: Mapping[type[Any], Callable[[Any], Iterable[Entry]]] = {
    CheckIn: lambda one: [_of_check_in(one)],
    RollCall: lambda one: [_of_roll_call(one)],
    Contact: lambda one: [_of_contact(one)],
    Assessment: lambda one: [_of_assessment(one)],
    Violation: lambda one: [_of_violation(one)],
    HelperReport: lambda one: [_of_helper_report(one)],
    Summons: _of_summons,
    Reception: lambda one: [_of_reception(one)],
    Measure: _of_measure,
    IncomeDeduction: lambda one: [_of_deduction(one)],
    WorkDay: lambda one: [_of_work_day(one)],
    JobLoss: lambda one: [_of_job_loss(one)],
    TermChange: lambda one: [_of_term_change(one)],
    EndCheck: lambda one: [ending.of_check(one)],
    CertificateHold: ending.of_hold,
    LeftUndone: lambda one: [ending.of_undone(one)],
    Custody: _of_custody,
    Move: _of_move,
    FileHandover: lambda one: [_of_handover(one)],
    Death: _of_death,
    WrittenWarning: lambda one: [_of_warning(one)],
    ReviewMeeting: lambda one: [_of_review(one)],
}


BY_ANYBODY_ON_DUTY = (CheckIn, RollCall, Contact)


def recorded(case: Case) -> Iterator[Entry]:
    """All that was written down in a case: check-ins, visits, help, helpers' reports, shortenings; voided ones too."""
    kinds: tuple[Iterable[Any], ...] = (
        case.check_ins, case.roll_calls, case.contacts, case.assessments, case.violations, case.measures,
        case.helper_reports, case.term_changes, case.summonses, case.receptions if case.reception_on else (),
        case.custodies, case.moves, case.handovers, case.deaths, case.end_checks, case.holds, case.left_undone,
        *conduct.after_breaches(case), *_of_reform(case),
    )  # fmt: skip
    told, returned = _by_colleagues(case), returned_because(case.check_ins)
    for one in chain.from_iterable(kinds):
        by = told.get(one.created_by_id, "") if isinstance(one, BY_ANYBODY_ON_DUTY) else ""
        if isinstance(one, CheckIn) and one.id in returned:
            by = sentence(returned[one.id], by)
        for entry in TELLERS[type(one)](one):
            yield replace(entry, text=sentence(entry.text, by)) if by and entry.voided is None else entry


def _of_reform(case: Case) -> tuple[Iterable[Any], ...]:
    """What only a non-custodial reform takes: of other cases nothing is looked up."""
    return (case.deductions, case.work_days, case.job_losses) if case.takes_work else ()


def _by_colleagues(case: Case) -> Mapping[int | None, str]:
    """Who else than the owner recorded what anybody on duty may record, in words."""
    others = {one.created_by_id for one in (*case.check_ins, *case.roll_calls, *case.contacts)} - {case.owner_id}
    return {user.id: _("Recorded by %(name)s", name=user.full_name) for user in users_named(others).values()}


def entry_of(record: Any) -> Entry:
    """One record as the timeline tells it."""
    return next(iter(TELLERS[type(record)](record)))
