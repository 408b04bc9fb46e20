"""Non-custodial reform (cải tạo không giam giữ)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from portal.law import absence, breaches, common, community_work, deadlines, hops, minors, rounds, shortening, terms
from portal.law.breaches import Conduct
from portal.law.community import JOINT
from portal.law.hops import Done
from portal.law.rule import (
    NEW_ACT,
    AbsenceLimits,
    Due,
    Ground,
    Parameters,
    Refusal,
    Rule,
    Term,
    Unit,
    _,
    in_order,
    kept,
    only_2019,
    penal_code,
    since_2026,
)
from portal.law.silent import no_show as no_show
from portal.law.silent import prenotice as prenotice
from portal.law.silent import residence_change as residence_change
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Non-custodial reform")
WORK, MONTHS, SHARE = Unit.WORKING_DAYS, Unit.MONTHS, Unit.SHARE
LENGTH = "Bộ luật Hình sự 2015, Điều 36"
UNREAD = "Luật THAHS 127/2025/QH15; Nghị định 231/2026/NĐ-CP, Điều 5, Điều 6 khoản 1 điểm c"

PARAMETERS = common.PARAMETERS | community_work.PARAMETERS | Parameters({
    "COM-SELF-REPORT": common.self_report("Điều 99 khoản 7"),
    "NCR-START": Rule(_("Last day of the non-custodial reform"), kept(0, f"{JOINT}, Điều 5", Unit.NOTHING)),
    "NCR-TERM.least": Rule(_("Shortest non-custodial reform"), penal_code(6, LENGTH, MONTHS)),
    "NCR-TERM.most": Rule(_("Longest non-custodial reform"), penal_code(36, LENGTH, MONTHS)),
    "NCR-TERM.credit": Rule(_("Days deducted for one day of detention"), penal_code(3, LENGTH, Unit.DAYS)),
    "NCR-SUMMON": Rule(_("Summon the person to sign the commitment"), kept(3, "Điều 97 khoản 1", WORK, UNREAD)),
    "NCR-FILE": Rule(_("Open the supervision file"), only_2019(7, "Điều 97 khoản 3")),
    "NCR-ABSENCE.each": Rule(_("Longest single absence"), kept(30, "Điều 100")),
    "NCR-ABSENCE.total": Rule(_("Longest sum of absences"), kept(Fraction(1, 3), "Điều 100", SHARE)),
    "NCR-REPORT-MONTHLY": Rule(_("No self-report for days of a permitted absence"), kept(0, "Điều 99 khoản 7")),
    "NCR-REVIEW": Rule(_("Hold the review"), since_2026(5, "Điều 9 khoản 3")),
    "NCR-REVIEW.records": Rule(
        _("Recorded breaches after which a further one calls for a review"),
        kept(2, "Điều 105 khoản 1", Unit.COUNT, f"{NEW_ACT}, Điều 102"),
    ),
    "NCR-AFTER-REVIEW": Rule(_("A breach after the review"), kept(0, "Điều 105 khoản 2", Unit.NOTHING)),
    "NCR-REDUCE": Rule(_("The term may be reduced from this day"), kept(Fraction(1, 3), "Điều 102 khoản 1", SHARE)),
    "NCR-REDUCE.minor": Rule(
        _("A minor's term may be reduced from this day"), kept(Fraction(1, 4), "Điều 102 khoản 1", SHARE)
    ),
    "NCR-REDUCE.interval": Rule(_("Time between two shortenings"), kept(12, "Điều 102 khoản 2", MONTHS)),
    "NCR-REDUCE.least": Rule(_("Smallest shortening"), kept(3, "Điều 102 khoản 2", MONTHS)),
    "NCR-REDUCE.most": Rule(_("Largest shortening"), kept(9, "Điều 102 khoản 2", MONTHS)),
    "NCR-REDUCE.floor": Rule(
        _("Earliest possible end after shortening"), kept(Fraction(1, 2), "Điều 102 khoản 3", SHARE)
    ),
    "NCR-REDUCE.minor_floor": Rule(
        _("Earliest possible end after shortening, for a minor"), kept(Fraction(2, 5), "Điều 102 khoản 3", SHARE)
    ),
    "NCR-REDUCE-SPECIAL": Rule(
        _("For merit, great age or illness the term may be reduced from this day"),
        kept(Fraction(1, 4), "Điều 102 khoản 4", SHARE),
    ),
    "NCR-REDUCE-SPECIAL.minor": Rule(
        _("For merit or illness a minor's term may be reduced from this day"), kept(0, "Điều 102 khoản 5", SHARE)
    ),
    "NCR-REDUCE-SPECIAL.most": Rule(_("Largest shortening in special cases"), kept(12, "Điều 102 khoản 4", MONTHS)),
    "NCR-REDUCE-SPECIAL.floor": Rule(
        _("Earliest possible end after shortening in special cases"), kept(Fraction(2, 5), "Điều 102 khoản 4", SHARE)
    ),
    "NCR-REDUCE.file": Rule(_("Build the file for shortening"), kept(7, "Điều 103")),
    "NCR-REDUCE.session": Rule(_("The court sits on the shortening"), kept(7, "Điều 103")),
    "NCR-REDUCE.sent": Rule(_("The court sends its decision"), kept(3, "Điều 103", WORK)),
    "NCR-EXEMPT": Rule(_("The court sits on the waiver of the rest"), kept(15, "Điều 104")),
    "NCR-EXEMPT.from": Rule(_("The rest of the term may be waived from this day"), kept(0, "Điều 104", SHARE)),
    "NCR-HANDOVER": Rule(_("Hand over the supervision file"), kept(3, "Điều 97 khoản 4")),
    "NCR-CERT": Rule(_("Completion certificate"), kept(0, "Điều 97 khoản 4")),
    "NCR-DEATH": Rule(_("Report the death to the court"), kept(3, "Điều 97 khoản 5", WORK)),
    "NCR-DEATH.court": Rule(_("The court ends the execution after the death"), kept(3, "Điều 97 khoản 5", WORK)),
})  # fmt: skip

NO_REDUCTION = _("A duty was broken after the review: the term is not reduced; a fine or a criminal case may follow.")

REDUCTION = shortening.Scheme(
    eligible="NCR-REDUCE",
    interval="NCR-REDUCE.interval",
    least="NCR-REDUCE.least",
    most="NCR-REDUCE.most",
    floor="NCR-REDUCE.floor",
)
OF_A_MINOR = replace(REDUCTION, eligible="NCR-REDUCE.minor", floor="NCR-REDUCE.minor_floor")
SPECIAL = replace(
    REDUCTION,
    eligible="NCR-REDUCE-SPECIAL",
    least="",
    most="NCR-REDUCE-SPECIAL.most",
    floor="NCR-REDUCE-SPECIAL.floor",
)
EXEMPTION = shortening.Scheme(eligible="NCR-EXEMPT.from", interval="")
SPECIAL_OF_A_MINOR = replace(SPECIAL, eligible="NCR-REDUCE-SPECIAL.minor", most="")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the term, itself included; it runs from the receipt of the order by the agency (NCR-START)."""
    return terms.last_day(term, "NCR-START", parameters)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The length of the term in days, whose third bounds the absences."""
    return terms.days_of(term, parameters)


def detention_credit(days_detained: int, starts_on: date, parameters: Parameters = PARAMETERS) -> int:
    """The days that a detention deducts from the term (`Term.credit_days`)."""
    return days_detained * parameters.on(starts_on)["NCR-TERM.credit"].count


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The days that follow from the term alone: rights to a reduction, hand-over, certificate, last day."""
    last = last_day(term, parameters)
    eligible = _right_to_reduction(term, parameters)
    scheme = OF_A_MINOR if eligible and minors.is_minor(term.born_on, eligible.due_on) else REDUCTION
    return in_order([
        *rounds.rights(term, eligible, lambda day: _scheme(term, day, special=False), parameters),
        shortening.earliest_end(term, scheme.floor, parameters),
        deadlines.before(parameters, "NCR-HANDOVER", last.due_on),
        deadlines.before(parameters, "NCR-CERT", last.due_on),
        last,
    ])  # fmt: skip


def _right_to_reduction(term: Term, parameters: Parameters) -> Due | None:
    """A minor's right opens earlier, if they are still a minor on that day."""
    early = terms.right(term, OF_A_MINOR.eligible, parameters)
    if early is not None and minors.is_minor(term.born_on, early.due_on):
        return early
    return terms.right(term, REDUCTION.eligible, parameters)


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The first steps after the order arrives; the file (until 30/06/2026) counts from the day of the summons."""
    on_receipt = ("COM-ASSIGN-OFFICER", "NCR-SUMMON")
    on_session = ("NCR-FILE", "COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-PROPOSE")
    return in_order(common.reception(received_on, reception_on, on_receipt, on_session, parameters))


def supervision(term: Term, parameters: Parameters = PARAMETERS) -> common.Supervision:
    """From the day the commune has the order and the term runs, to the last day or an earlier end."""
    last_on = last_day(term, parameters).due_on
    return common.supervision(term, last_on, deadlines.before(parameters, "NCR-HANDOVER", last_on).due_on)


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """What is owed in, and about, the month that holds the day: self-report, roll-call, assessment."""
    owed = common.monthly(supervision(term, parameters), month, ("COM-SELF-REPORT", "COM-ROLLCALL"), parameters)
    return [replace(due, note=common.EXCEPT_ABSENT) if due.rule == "COM-SELF-REPORT" else due for due in owed]


def quarterly(term: Term, quarter_start: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The helper's report on the quarter, from the third quarter of 2026 on."""
    return in_order([common.quarter(supervision(term, parameters), quarter_start, "COM-HELPER-REPORT", parameters)])


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = PARAMETERS) -> AbsenceLimits | None:
    """The limits by the law in force on departure."""
    return absence.limits(parameters, leaves_on, days_of_term, "NCR-ABSENCE.each", "NCR-ABSENCE.total")


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False, medical: bool = False, parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why an absence may not be permitted; say nothing if it may.

    Days count from departure to return, both included, by the law in force on departure. A stay in hospital with papers
    (*medical*) is exempt, and the caller leaves it out of *days_used*. Source: Luật THAHS 41/2019/QH14, Điều 100.
    """
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    bounds = absence.limits(parameters, leaves_on, days_of_term, "NCR-ABSENCE.each", "NCR-ABSENCE.total")
    too_far = absence.refuse_abroad(parameters, leaves_on, abroad=abroad)
    return too_far + absence.refuse(bounds, asked, days_used, medical=medical)


def excused(due: Due, absences: Iterable[tuple[date, date]], parameters: Parameters = PARAMETERS) -> Ground | None:
    """Why a self-report is not owed: permitted absences cover all days on which it could be handed in."""
    if due.rule != "COM-SELF-REPORT":
        return None
    opens_on = due.opens_on or due.due_on
    window = (opens_on + timedelta(days=number) for number in range((due.due_on - opens_on).days + 1))
    if not all(any(leaves <= day <= returns for leaves, returns in absences) for day in window):
        return None
    return parameters.on(due.due_on)["NCR-REPORT-MONTHLY"].calls_for(common.EXCEPT_ABSENT)


def review_ground(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What calls for a review: a further breach after so many recorded ones (NCR-REVIEW)."""
    return breaches.after_more_than("NCR-REVIEW.records", day, conduct, parameters)


def review(paper_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when a review is held after the paper that establishes the breach; None where the law sets no limit."""
    return deadlines.after(parameters, "NCR-REVIEW", paper_on) if "NCR-REVIEW" in parameters.on(paper_on) else None


def after_review(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What a breach after the review brings: no reduction, a fine or a criminal case, never prison instead."""
    rule = parameters.on(day)["NCR-AFTER-REVIEW"]
    return rule.calls_for(NO_REDUCTION) if conduct.since_review else None


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report to the reduction: the file, the session, the decision sent."""
    return hops.hops(parameters, ("NCR-REDUCE.file", "NCR-REDUCE.session", "NCR-REDUCE.sent"), reported_on, done)


def exemption(dossier_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """By when the court sits on the waiver of the rest (NCR-EXEMPT)."""
    return deadlines.after(parameters, "NCR-EXEMPT", dossier_on)


def death(told_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report of the death: the agency tells the court, the court ends the execution (NCR-DEATH)."""
    return hops.hops(parameters, ("NCR-DEATH", "NCR-DEATH.court"), told_on, done)


def cut_limits(
    term: Term, decided_on: date, special: bool = False, parameters: Parameters = PARAMETERS
) -> shortening.CutLimits | None:
    """How many months may be cut on a day; *special*: merit, very old age or a terminal illness."""
    return shortening.cut_limits(term, decided_on, _scheme(term, decided_on, special=special), parameters)


def refuse_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """Say why a reduction by whole months may not be proposed. Source: Luật THAHS 41/2019/QH14, Điều 102."""
    return shortening.refuse(term, decided_on, months, _scheme(term, decided_on, special=special), parameters)


def refuse_waiver(term: Term, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the whole rest may not be waived on a day; of a share that must be served first the act says nothing.

    Source: NCR-EXEMPT.
    """
    return shortening.refuse_waiver(term, decided_on, EXEMPTION, parameters)


def doubts_about_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """What the law leaves open about a reduction, to be answered with a reason."""
    return shortening.doubts(term, decided_on, months, _scheme(term, decided_on, special=special), parameters)


def _scheme(term: Term, decided_on: date, *, special: bool) -> shortening.Scheme:
    if minors.is_minor(term.born_on, decided_on):
        return SPECIAL_OF_A_MINOR if special else OF_A_MINOR
    return SPECIAL if special else REDUCTION
