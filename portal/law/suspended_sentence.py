"""Suspended sentence (án treo)."""

from datetime import date
from fractions import Fraction

from portal.law import absence, breaches, common, deadlines, hops, lengths, moving, rounds, shortening, terms
from portal.law.breaches import Conduct
from portal.law.hops import Done
from portal.law.lengths import doubts_about_lengths as doubts_about_lengths
from portal.law.rule import (
    NEW_ACT,
    PENAL_CODE,
    AbsenceLimits,
    Due,
    Ground,
    Parameters,
    Refusal,
    Rule,
    Term,
    Unit,
    _,
    always,
    in_order,
    kept,
    only_2019,
    penal_code,
    since_2026,
)
from portal.law.silent import prenotice as prenotice

TITLE = _("Suspended sentence")
WORK, MONTHS, SHARE, NOTHING = Unit.WORKING_DAYS, Unit.MONTHS, Unit.SHARE, Unit.NOTHING
UNREAD = "Luật THAHS 127/2025/QH15; Nghị định 231/2026/NĐ-CP, Điều 5, Điều 6 khoản 1 điểm c"

DEATH = "Điều 85 khoản 5"

PARAMETERS = common.PARAMETERS | lengths.PARAMETERS | Parameters({
    "COM-SELF-REPORT": common.self_report("Điều 87 khoản 6"),
    "SS-START": Rule(_("Last day of the probation"), penal_code(0, "Nghị quyết 02/2018/NQ-HĐTP, Điều 5")),
    "SS-SUMMON": Rule(_("Summon the person to sign the commitment"), kept(3, "Điều 85 khoản 1", WORK, UNREAD)),
    "SS-NOSHOW-7D": Rule(_("Appear after a summons that was not obeyed"), kept(7, "Điều 93 khoản 1")),
    "SS-NOSHOW-7D.propose": Rule(_("Propose prison after a second absence"), kept(3, "Điều 93 khoản 1", WORK)),
    "SS-COMMIT-MINOR": Rule(
        _("The representative confirms a minor's commitment"), kept(0, "Điều 85 khoản 2 điểm c", NOTHING)
    ),
    "SS-REPORT-MONTHLY": Rule(_("Report at the end of an absence"), kept(0, "Điều 87 khoản 6")),
    "SS-FILE": Rule(_("Open the supervision file"), only_2019(7, "Điều 85 khoản 3")),
    "SS-ABSENCE-EACH": Rule(_("Longest single absence"), kept(60, "Điều 92 khoản 1")),
    "SS-ABSENCE-TOTAL": Rule(_("Longest sum of absences"), kept(Fraction(1, 3), "Điều 92 khoản 1", SHARE)),
    "SS-ABSENCE-CHECKIN": Rule(_("Report to the police at the destination"), kept(0, "Điều 92 khoản 2")),
    "SS-ABSENCE-CHECKIN.return": Rule(
        _("Bring back the confirmation of the police at the destination"), kept(0, "Điều 92 khoản 2")
    ),
    "SS-ABSENCE-MIN": Rule(_("Shortest absence that needs a decision"), kept(1, "Thông tư 65/2019/TT-BCA, Điều 9")),
    **moving.steps("SS-MOVE", "Điều 92 khoản 3, Điều 68; Thông tư 64/2019/TT-BCA"),
    "SS-REVIEW-TRIGGER": Rule(
        _("What calls for a review"), kept(1, "Điều 91 khoản 1", Unit.COUNT, f"{NEW_ACT}, Điều 86 khoản 1")
    ),
    "SS-REVIEW-DEADLINE": Rule(_("Hold the review"), since_2026(5, "Điều 9 khoản 2")),
    "SS-REVOKE-PROPOSE": Rule(_("Build the file for revocation"), kept(5, "Điều 93 khoản 2 và 3", WORK)),
    "SS-REVOKE-PROPOSE.breaches": Rule(
        _("Deliberate breaches that suggest prison"),
        penal_code(2, "Bộ luật Hình sự 2015, Điều 65 khoản 5", Unit.COUNT),
    ),
    "SS-REVOKE-SESSION": Rule(_("The court sits on the revocation"), kept(5, "Điều 93 khoản 5", WORK)),
    "SS-REVOKE-SESSION.sent": Rule(_("The court sends its decision"), kept(3, "Điều 93 khoản 5", WORK)),
    "SS-REVOKE-SESSION.execute": Rule(
        _("The execution of the prison term begins"), kept(3, "Điều 93 khoản 6, Điều 89 khoản 4", WORK)
    ),
    "SS-NEWCRIME": Rule(_("A new crime revives the prison term"), always("Bộ luật Hình sự 2015, Điều 65 khoản 5")),
    "SS-SHORTEN-ELIG": Rule(
        _("The probation may be shortened from this day"), kept(Fraction(1, 2), "Điều 89 khoản 1", SHARE)
    ),
    "SS-SHORTEN-ELIG.interval": Rule(_("Time between two shortenings"), kept(12, "Điều 89 khoản 2", MONTHS)),
    "SS-SHORTEN-AMOUNT.least": Rule(_("Smallest shortening"), kept(1, "Điều 89 khoản 2", MONTHS)),
    "SS-SHORTEN-AMOUNT.most": Rule(_("Largest shortening"), kept(12, "Điều 89 khoản 2", MONTHS)),
    "SS-SHORTEN-AMOUNT.floor": Rule(
        _("Earliest possible end after shortening"), kept(Fraction(3, 4), "Điều 89 khoản 2", SHARE)
    ),
    "SS-SHORTEN-AMOUNT.remainder": Rule(_("Small rest that may be waived"), kept(1, "Điều 89 khoản 2", MONTHS)),
    "SS-SHORTEN-FULL": Rule(_("Waiver of the whole rest"), kept(Fraction(1, 2), "Điều 89 khoản 3", SHARE)),
    "SS-SHORTEN-FLOW": Rule(_("Build the file for shortening"), kept(7, "Điều 90")),
    "SS-SHORTEN-FLOW.session": Rule(_("The court sits on the shortening"), kept(7, "Điều 90")),
    "SS-SHORTEN-FLOW.sent": Rule(_("The court sends its decision"), kept(3, "Điều 90", WORK)),
    "SS-HANDOVER": Rule(_("Hand over the supervision file"), kept(3, "Điều 85 khoản 4")),
    "SS-CERT": Rule(_("Completion certificate"), kept(0, "Điều 85 khoản 4")),
    "SS-DEATH": Rule(_("Report the death to the court"), kept(3, f"{DEATH}; Thông tư 65/2019/TT-BCA, Điều 14", WORK)),
    "SS-DEATH.court": Rule(_("The court ends the execution after the death"), kept(3, DEATH, WORK)),
})  # fmt: skip

STILL_DELIBERATE = _(
    "After a review and another written warning a duty was broken on purpose; %(breaches)s such breaches, the law asks"
    " for %(limit)s."
)
STILL_ABSENT = _(
    "The person did not obey the summons and did not appear within the time of the law after that: prison is proposed"
    " without a review."
)
NEW_CRIME = _("A new crime within the probation: the court revives the prison term and adds it to the new one.")

SHORTENING = shortening.Scheme(
    eligible="SS-SHORTEN-ELIG",
    interval="SS-SHORTEN-ELIG.interval",
    least="SS-SHORTEN-AMOUNT.least",
    most="SS-SHORTEN-AMOUNT.most",
    floor="SS-SHORTEN-AMOUNT.floor",
    remainder="SS-SHORTEN-AMOUNT.remainder",
)
WAIVER = shortening.Scheme(eligible="SS-SHORTEN-FULL", interval="SS-SHORTEN-ELIG.interval")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day of the probation, itself included (SS-START)."""
    return terms.last_day(term, "SS-START", parameters)


def refuse_start(starts_on: date, judgment_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why a probation may not begin on a day: it runs from the judgment that granted it (SS-START).

    That may be the first judgment or that of the appeal; a later start is left to the papers.
    """
    if starts_on >= judgment_on:
        return []
    rule = parameters.on(max(judgment_on, PENAL_CODE))["SS-START"]
    message = _("The probation runs from the judgment that granted it: it cannot start before %(judgment)s.")
    return [rule.forbids(message, judgment=judgment_on)]


def refuse_late_start(starts_on: date, received_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why a probation may not begin after its file came, which holds the judgment that granted it (SS-START)."""
    if starts_on <= received_on:
        return []
    message = _("The probation runs from the judgment: it cannot begin after the receipt of the file on %(day)s.")
    return [parameters.on(max(received_on, PENAL_CODE))["SS-START"].forbids(message, day=received_on)]


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The length of the probation in days, whose third bounds the absences."""
    return terms.days_of(term, parameters)


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The days that follow from the probation alone: rights to a shortening, hand-over, certificate, last day."""
    last, first = last_day(term, parameters), terms.right(term, SHORTENING.eligible, parameters)
    return in_order([
        *rounds.rights(term, first, lambda _day: SHORTENING, parameters),
        shortening.earliest_end(term, "SS-SHORTEN-AMOUNT.floor", parameters),
        deadlines.before(parameters, "SS-HANDOVER", last.due_on),
        deadlines.before(parameters, "SS-CERT", last.due_on),
        last,
    ])  # fmt: skip


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The first steps after the order arrives; the file (until 30/06/2026) counts from the day of the summons."""
    on_session = ("SS-FILE", "COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-PROPOSE")
    on_receipt = ("COM-ASSIGN-OFFICER", "SS-SUMMON")
    return in_order(common.reception(received_on, reception_on, on_receipt, on_session, parameters))


def supervision(term: Term, parameters: Parameters = PARAMETERS) -> common.Supervision:
    """From the day the commune has the order and the term runs, to the last day or an earlier end."""
    last_on = last_day(term, parameters).due_on
    return common.supervision(term, last_on, deadlines.before(parameters, "SS-HANDOVER", last_on).due_on)


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """What is owed in, and about, the month that holds the day: self-report, roll-call, assessment."""
    return common.monthly(supervision(term, parameters), month, ("COM-SELF-REPORT", "COM-ROLLCALL"), parameters)


def quarterly(term: Term, quarter_start: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The helper's report on the quarter, from the third quarter of 2026 on."""
    return in_order([common.quarter(supervision(term, parameters), quarter_start, "COM-HELPER-REPORT", parameters)])


def absence_limits(leaves_on: date, days_of_term: int, parameters: Parameters = PARAMETERS) -> AbsenceLimits | None:
    """The limits by the law in force on departure."""
    return absence.limits(parameters, leaves_on, days_of_term, "SS-ABSENCE-EACH", "SS-ABSENCE-TOTAL")


def refuse_absence(
    leaves_on: date, returns_on: date, days_of_term: int, days_used: int,
    abroad: bool = False, medical: bool = False, parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """Say why an absence may not be permitted; say nothing if it may.

    Days count from departure to return, both included, by the law in force on departure. A stay in hospital with papers
    (*medical*) is exempt, and the caller leaves it out of *days_used*. Source: Luật THAHS 41/2019/QH14, Điều 92.
    """
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    bounds = absence.limits(parameters, leaves_on, days_of_term, "SS-ABSENCE-EACH", "SS-ABSENCE-TOTAL")
    too_far = absence.refuse_abroad(parameters, leaves_on, abroad=abroad)
    return too_far + absence.refuse(bounds, asked, days_used, medical=medical)


def needs_permit(leaves_on: date, returns_on: date, parameters: Parameters = PARAMETERS) -> bool:
    """Whether an absence is long enough to need a decision (SS-ABSENCE-MIN)."""
    asked = absence.days_asked(leaves_on, returns_on, parameters)
    return asked >= parameters.on(leaves_on)["SS-ABSENCE-MIN"].count


def on_the_way(leaves_on: date, returns_on: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """What the person owes on a permitted absence: to report there, and to bring back the confirmation and a report."""
    law = parameters.on(leaves_on)
    days = (
        ("SS-ABSENCE-CHECKIN", leaves_on),
        ("SS-ABSENCE-CHECKIN.return", returns_on),
        ("SS-REPORT-MONTHLY", returns_on),
    )
    return [law[key].due(day, leaves_on=leaves_on, returns_on=returns_on) for key, day in days]


def no_show(recorded_on: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """After a summons that was not obeyed: by when to appear, and by when prison is proposed if the person does not."""
    appear = deadlines.owed_by_person(parameters, "SS-NOSHOW-7D", recorded_on)
    return [appear, deadlines.after(parameters, "SS-NOSHOW-7D.propose", appear.due_on)]


def review_ground(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What calls for a review: a fine, or a breach after a written warning (SS-REVIEW-TRIGGER)."""
    return breaches.after_warning("SS-REVIEW-TRIGGER", day, conduct, parameters)


def review(paper_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when a review is held after the paper that establishes the breach; None where the law sets no limit."""
    key = "SS-REVIEW-DEADLINE"
    return deadlines.after(parameters, key, paper_on) if key in parameters.on(paper_on) else None


def revocation_ground(day: date, conduct: Conduct, parameters: Parameters = PARAMETERS) -> Ground | None:
    """Whether prison is to be proposed: absent still after a summons that was not obeyed and its time, or reviewed,
    warned again in writing, and a deliberate breach after that.
    """
    if conduct.no_show:
        return parameters.on(day)["SS-NOSHOW-7D.propose"].calls_for(STILL_ABSENT)
    rule = parameters.on(day)["SS-REVOKE-PROPOSE.breaches"]
    if not conduct.since_review or conduct.deliberate < rule.count:
        return None
    return rule.calls_for(STILL_DELIBERATE, breaches=conduct.deliberate, limit=rule.count)


def revocation(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report to the decision of the court: the file, the session, the decision sent.

    A shortening granted before is not credited to the prison term.
    """
    keys = ("SS-REVOKE-PROPOSE", "SS-REVOKE-SESSION", "SS-REVOKE-SESSION.sent")
    return hops.hops(parameters, keys, reported_on, done)


def imprisonment(effective_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """By when the prison term begins to be executed, after the revocation has taken legal effect."""
    return deadlines.after(parameters, "SS-REVOKE-SESSION.execute", effective_on)


def new_crime(day: date, parameters: Parameters = PARAMETERS) -> Ground:
    """What a new crime within the probation means (SS-NEWCRIME)."""
    return parameters.on(day)["SS-NEWCRIME"].calls_for(NEW_CRIME)


def cut_steps(reported_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report to the shortening: the file, the session, the decision sent (SS-SHORTEN-FLOW)."""
    keys = ("SS-SHORTEN-FLOW", "SS-SHORTEN-FLOW.session", "SS-SHORTEN-FLOW.sent")
    return hops.hops(parameters, keys, reported_on, done)


def residence_change(
    asked_on: date, done: Done = (), other_province: bool = False, parameters: Parameters = PARAMETERS
) -> list[Due]:
    """The steps of a change of residence, and the day by which all of it is decided (SS-MOVE)."""
    return moving.change("SS-MOVE", asked_on, done, parameters, other_province=other_province)


def death(told_on: date, done: Done = (), parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the commune's report of the death: the agency tells the court, the court ends the execution (SS-DEATH)."""
    return hops.hops(parameters, ("SS-DEATH", "SS-DEATH.court"), told_on, done)


def cut_limits(
    term: Term, decided_on: date, special: bool = False, parameters: Parameters = PARAMETERS
) -> shortening.CutLimits | None:
    """How many months may be cut on a day; *special*: merit or a terminal illness, when the whole rest may be."""
    return shortening.cut_limits(term, decided_on, WAIVER if special else SHORTENING, parameters)


def refuse_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """Say why a shortening by whole months may not be proposed. Source: Luật THAHS 41/2019/QH14, Điều 89."""
    return shortening.refuse(term, decided_on, months, WAIVER if special else SHORTENING, parameters)


def refuse_waiver(term: Term, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say why the whole rest may not be waived on a day, for merit or a terminal illness.

    Source: Luật THAHS 41/2019/QH14, Điều 89 khoản 3.
    """
    return shortening.refuse_waiver(term, decided_on, WAIVER, parameters)


def doubts_about_cut(
    term: Term, decided_on: date, months: int, special: bool = False, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """What the law leaves open about a shortening, to be answered with a reason."""
    return shortening.doubts(term, decided_on, months, WAIVER if special else SHORTENING, parameters)
