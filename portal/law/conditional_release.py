"""Conditional early release (tha tù trước thời hạn có điều kiện)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from portal.law import absence, breaches, common, deadlines, hops, minors, moving, policies, rounds, shortening, terms
from portal.law.breaches import Conduct
from portal.law.competence import DISTRICT_POLICE_ENDED
from portal.law.hops import Done
from portal.law.rule import (
    ACT_2019,
    ACT_2025,
    OLD_ACT,
    AbsenceLimits,
    Due,
    Ground,
    Parameter,
    Parameters,
    Refusal,
    Rule,
    Term,
    Unit,
    _,
    in_order,
    kept,
    penal_code,
    since_2026,
)
from portal.law.silent import death as death
from portal.law.silent import no_show as no_show
from portal.law.silent import prenotice as prenotice

TITLE = _("Conditional early release")
WORK, MONTHS, SHARE = Unit.WORKING_DAYS, Unit.MONTHS, Unit.SHARE
REST_OF_TERM = "Bộ luật Hình sự 2015, Điều 66; Luật THAHS 41/2019/QH14, Điều 57, Điều 59 khoản 1"

CUT_FLOW = f"{OLD_ACT}, Điều 65"
BEFORE_THE_MERGER = DISTRICT_POLICE_ENDED - timedelta(days=1)

PARAMETERS = common.PARAMETERS | Parameters({
    "COM-SELF-REPORT": common.self_report("Điều 62 khoản 6"),
    "PAR-TERM": Rule(_("Last day of the probation"), penal_code(0, REST_OF_TERM)),
    "PAR-PRESENT-5D": Rule(_("Present at the commune and sign the commitment"), kept(5, "Điều 59 khoản 2")),
    "PAR-CONTACT-3WD": Rule(
        _("Confirm with the family that the person is back"), since_2026(3, "Điều 5 khoản 1 điểm đ")
    ),
    "PAR-ABSENCE.each": Rule(_("Longest single absence"), kept(60, "Điều 67")),
    "PAR-ABSENCE.total": Rule(_("Longest sum of absences"), kept(Fraction(1, 3), "Điều 67", SHARE)),
    "PAR-REPORT-MONTHLY": Rule(_("Report at the end of an absence"), kept(0, "Điều 62 khoản 6")),
    **moving.steps("PAR-MOVE", "Điều 68; Thông tư 64/2019/TT-BCA"),
    "PAR-REVIEW": Rule(_("Hold the review"), since_2026(5, "Điều 9 khoản 1")),
    "PAR-REVIEW.trigger": Rule(
        _("What calls for a review"),
        (
            Parameter(ACT_2019, 1, f"{OLD_ACT}, Điều 66", unit=Unit.COUNT),
            *since_2026(1, "Điều 9 khoản 1", Unit.COUNT),
        ),
    ),
    "PAR-REVOKE": Rule(_("Propose that the release be cancelled"), kept(3, "Điều 69", WORK), "commune_leader"),
    "PAR-REVOKE.breaches": Rule(_("Deliberate breaches that suggest cancelling"), kept(2, "Điều 69", Unit.COUNT)),
    "PAR-REVOKE.fines": Rule(_("Fines that suggest cancelling"), kept(2, "Điều 69", Unit.COUNT)),
    "PAR-REVOKE-EXEC": Rule(_("Tell the person of the cancelled release"), kept(3, "Điều 71 khoản 2", WORK)),
    "PAR-REVOKE-EXEC.appear": Rule(_("Appear to serve the rest of the prison term"), kept(7, "Điều 71 khoản 2")),
    "PAR-SHORTEN": Rule(_("The probation may be shortened from this day"), kept(Fraction(1, 2), "Điều 64", SHARE)),
    "PAR-SHORTEN.interval": Rule(_("Time between two shortenings"), kept(12, "Điều 64", MONTHS)),
    "PAR-SHORTEN.least": Rule(_("Smallest shortening"), kept(3, "Điều 64", MONTHS)),
    "PAR-SHORTEN.most": Rule(_("Largest shortening"), kept(24, "Điều 64", MONTHS)),
    "PAR-SHORTEN.floor": Rule(_("Earliest possible end after shortening"), kept(Fraction(3, 4), "Điều 64", SHARE)),
    "PAR-SHORTEN.remainder": Rule(_("Rest below which it may be waived"), kept(3, "Điều 64", MONTHS)),
    "PAR-SHORTEN-FLOW": Rule(
        _("Build the file for shortening"),
        (
            Parameter(ACT_2019, 7, CUT_FLOW),
            Parameter(DISTRICT_POLICE_ENDED, 7, CUT_FLOW, confirmed=False),
            Parameter(ACT_2025, 7, CUT_FLOW, confirmed=False),
        ),
    ),
    "PAR-SHORTEN-FLOW.province": Rule(
        _("The provincial police examine the file"), (Parameter(ACT_2019, 7, CUT_FLOW, until=BEFORE_THE_MERGER),)
    ),
    "PAR-SHORTEN-FLOW.session": Rule(_("The court sits on the shortening"), kept(7, "Điều 65")),
    "PAR-SHORTEN-FLOW.sent": Rule(_("The court sends its decision"), kept(3, "Điều 65", WORK)),
    "PAR-HANDOVER": Rule(_("Hand over the supervision file"), kept(15, "Điều 60 khoản 3")),
    "PAR-CERT": Rule(_("Completion certificate"), kept(0, "Điều 59 khoản 4")),
})  # fmt: skip

CANCELLING = _("%(breaches)s deliberate breaches and %(fines)s fines suggest that the release be cancelled.")

SHORTENING = shortening.Scheme(
    eligible="PAR-SHORTEN",
    interval="PAR-SHORTEN.interval",
    least="PAR-SHORTEN.least",
    most="PAR-SHORTEN.most",
    floor="PAR-SHORTEN.floor",
    remainder="PAR-SHORTEN.remainder",
    remainder_included=False,
)
WAIVER = shortening.Scheme(eligible="PAR-SHORTEN", interval="PAR-SHORTEN.interval")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the probation, itself included: the prison term that was left (PAR-TERM)."""
    return terms.last_day(term, "PAR-TERM", parameters)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The length of the probation in days, whose third bounds the absences."""
    return terms.days_of(term, parameters)


def present(released_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the released person presents at the commune; None before the law asked for it."""
    if "PAR-PRESENT-5D" not in parameters.on(released_on):
        return None
    return deadlines.owed_by_person(parameters, "PAR-PRESENT-5D", released_on)


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The days that follow from the probation alone; presenting counts from its start, the usual day of release."""
    last, first = last_day(term, parameters), terms.right(term, SHORTENING.eligible, parameters)
    return in_order([
        present(term.starts_on, parameters),
        *rounds.rights(term, first, lambda day: _scheme(term, day, special=False), parameters),
        shortening.earliest_end(term, "PAR-SHORTEN.floor", parameters),
        deadlines.before(parameters, "PAR-HANDOVER", last.due_on),
        deadlines.before(parameters, "PAR-CERT", last.due_on),
        last,
    ])  # fmt: skip


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The first steps after the certificate or file arrives; before 01/07/2026 the law only binds the person."""
    on_receipt = ("COM-ASSIGN-OFFICER", "PAR-CONTACT-3WD")
    on_session = ("COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-PROPOSE")
    return in_order(common.reception(received_on, reception_on, on_receipt, on_session, parameters))


def supervision(term: Term, parameters: Parameters = PARAMETERS) -> common.Supervision:
    """From the day the commune has the file and the probation runs, to the last day or an earlier end."""
    last_on = last_day(term, parameters).due_on
    return common.supervision(term, last_on, deadlines.before(parameters, "PAR-HANDOVER", last_on).due_on)


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """What is owed in, and about, the month that holds the day: self-report, roll-call, assessment."""
    return common.monthly(supervision(term, parameters), month, ("COM-SELF-REPORT", "COM-ROLLCALL"), parameters)


def quarterly(term: Term, quarter_start: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The helper's report on the quarter, from the third quarter of 2026 on."""
    return in_order([common.quarter(supervision(term, parameters), quarter_start, "COM-HELPER-REPORT", parameters)])


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = PARAMETERS) -> AbsenceLimits | None:
    """The limits by the law in force on departure; a permitted absence counts as time served."""
    return absence.limits(parameters, leaves_on, days_of_term, "PAR-ABSENCE.each", "PAR-ABSENCE.total")


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False, medical: bool = False, parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why an absence may not be permitted; say nothing if it may.

    Days count from departure to return, both included, by the law in force on departure. A stay in hospital with papers
    (*medical*) is exempt, and the caller leaves it out of *days_used*. Source: Luật THAHS 41/2019/QH14, Điều 67.
    """
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    bounds = absence.limits(parameters, leaves_on, days_of_term, "PAR-ABSENCE.each", "PAR-ABSENCE.total")
    too_far = absence.refuse_abroad(parameters, leaves_on, abroad=abroad)
    return too_far + absence.refuse(bounds, asked, days_used, medical=medical)


def report_after_absence(returned_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """The report that the person owes when an absence ends; the law names no later day (PAR-REPORT-MONTHLY)."""
    return parameters.on(returned_on)["PAR-REPORT-MONTHLY"].due(returned_on, returned_on=returned_on)


def review_ground(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What calls for a review: the first breach, or the first fine."""
    return breaches.at_once("PAR-REVIEW.trigger", day, conduct, parameters)


def review(paper_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when a review is held after the first violation record or fine; None where the law sets no limit."""
    return deadlines.after(parameters, "PAR-REVIEW", paper_on) if "PAR-REVIEW" in parameters.on(paper_on) else None


def suggests_revocation(day: date, deliberate_breaches: int, fines: int, parameters: Parameters = PARAMETERS) -> bool:
    """Whether breaches and fines suggest that the release be cancelled (policy `par_revoke_mix`)."""
    law = parameters.on(day)
    if policies.reading(parameters, "par_revoke_mix") == "propose" and deliberate_breaches and fines:
        return True
    return deliberate_breaches >= law["PAR-REVOKE.breaches"].count or fines >= law["PAR-REVOKE.fines"].count


def revocation_ground(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What suggests that the release be cancelled: the second deliberate breach, or the second fine (PAR-REVOKE)."""
    if not suggests_revocation(day, conduct.deliberate, conduct.fines, parameters):
        return None
    rule = parameters.on(day)["PAR-REVOKE.breaches"]
    return rule.calls_for(CANCELLING, breaches=conduct.deliberate, fines=conduct.fines)


def revocation(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """By when the People's Committee proposes the cancelling, from the report of the commune police."""
    return hops.hops(parameters, ("PAR-REVOKE",), reported_on, done)


def return_to_prison(decided_on: date, told_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """After the release was cancelled: by when the person is told, and by when to appear, or else be escorted."""
    told = deadlines.after(parameters, "PAR-REVOKE-EXEC", decided_on)
    appear = deadlines.owed_by_person(parameters, "PAR-REVOKE-EXEC.appear", told_on or told.due_on)
    return [told, appear if told_on or appear.note else replace(appear, note=hops.NOT_YET)]


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report to the shortening; two steps of the police are one since the districts' ended.

    That they are one is inferred from the end of the district police, and not confirmed (PAR-SHORTEN-FLOW).
    """
    keys = ("", ".province", ".session", ".sent")
    return hops.hops(parameters, [f"PAR-SHORTEN-FLOW{step}" for step in keys], reported_on, done)


def residence_change(
    asked_on: date, done: Done = (), other_province: bool = False, parameters: Parameters = PARAMETERS
) -> list[Due]:
    """The steps of a change of residence, and the day by which all of it is decided (PAR-MOVE)."""
    return moving.change("PAR-MOVE", asked_on, done, parameters, other_province=other_province)


def cut_limits(
    term: Term, decided_on: date, special: bool = False, parameters: Parameters = PARAMETERS
) -> shortening.CutLimits | None:
    """How many months may be cut on a day; *special*: merit, very old age or a terminal illness."""
    return shortening.cut_limits(term, decided_on, _scheme(term, decided_on, special=special), parameters)


def refuse_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """Say why a shortening by whole months may not be proposed. Source: Luật THAHS 41/2019/QH14, Điều 64."""
    return shortening.refuse(term, decided_on, months, _scheme(term, decided_on, special=special), parameters)


def may_waive(term: Term, decided_on: date, *, special: bool) -> bool:
    """Whether the whole rest may be waived: in the special cases, and on any ground of who is under 18 on the day.

    Source: Luật THAHS 41/2019/QH14, Điều 64 khoản 3.
    """
    return special or minors.is_minor(term.born_on, decided_on)


def refuse_waiver(term: Term, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the whole rest, where it may be waived, may not be on a day.

    Source: Luật THAHS 41/2019/QH14, Điều 64.
    """
    return shortening.refuse_waiver(term, decided_on, WAIVER, parameters)


def doubts_about_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """What the law leaves open about a shortening, to be answered with a reason."""
    return shortening.doubts(term, decided_on, months, _scheme(term, decided_on, special=special), parameters)


def _scheme(term: Term, decided_on: date, *, special: bool) -> shortening.Scheme:
    return WAIVER if may_waive(term, decided_on, special=special) else SHORTENING
