"""What holds in every regime: reception, monthly and quarterly duties, reviews, ratings, what holds back a certificate.

Sources: Nghị định 231/2026/NĐ-CP for events from 01/07/2026; before, Luật THAHS 41/2019/QH14 with its circulars.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from portal.law import community, deadlines, policies
from portal.law.community import JOINT
from portal.law.days import add_months, last_of_month, next_month
from portal.law.rule import (
    ACT_2025,
    DECREE,
    Due,
    Ground,
    Parameter,
    Parameters,
    Refusal,
    Rule,
    Term,
    Unit,
    Value,
    _,
    in_order,
    kept,
    only_2019,
    since_2026,
)

WINDOW, WORK = Unit.DAY_OF_MONTH, Unit.WORKING_DAYS
MONTHLY_2019 = f"Điều 86; Thông tư 65/2019/TT-BCA, Điều 10; {JOINT}, Điều 7"

MONTHLY_ASSESSMENT = _("Assess the month")
ASSESSED_SINCE_2026 = since_2026(5, "Điều 8 khoản 2", WINDOW)

PARAMETERS = community.PARAMETERS | Parameters({
    "COM-ASSIGN-OFFICER": Rule(_("Assign the officer in charge"), since_2026(3, "Điều 5 khoản 1"), "police_chief"),
    "COM-RECEPTION-REPORT": Rule(_("Report the reception to the provincial police"), since_2026(3, "Điều 6 khoản 3")),
    "COM-PLAN": Rule(_("Issue the supervision plan"), since_2026(5, "Điều 7")),
    "COM-HELPER-PROPOSE": Rule(_("Propose a helper"), since_2026(3, "Điều 12 khoản 5 điểm a"), "police_chief"),
    "COM-HELPER-DECIDE": Rule(_("Decide on the helper"), since_2026(3, "Điều 12 khoản 5 điểm a"), "commune_leader"),
    "COM-HELPER-REPORT": Rule(
        _("Quarterly report of the helper"),
        (Parameter(ACT_2025, 5, f"{DECREE}, Điều 12 khoản 5 điểm c", confirmed=False, unit=WINDOW),),
        "team_member",
    ),
    "COM-HELPER-END": Rule(
        _("Propose that the helper's task end"), since_2026(3, "Điều 12 khoản 5 điểm d"), "police_chief"
    ),
    "COM-ASSESS-MONTHLY": Rule(MONTHLY_ASSESSMENT, (*only_2019(5, MONTHLY_2019, WINDOW), *ASSESSED_SINCE_2026)),
    "COM-RATING": Rule(_("Rate the month"), since_2026(0, "Điều 8 khoản 3", Unit.NOTHING)),
    "COM-ROLLCALL": Rule(_("Monthly roll-call"), since_2026(5, "Điều 10", WINDOW)),
    "COM-CERT-HOLD": Rule(_("Hold back the completion certificate"), kept(0, f"{JOINT}, Điều 16", Unit.NOTHING)),
    "COM-REVIEW-ABSENT": Rule(
        _("Hold the review without the person"),
        (
            *only_2019(1, f"{JOINT}, Điều 10", Unit.YES_NO),
            *since_2026(0, "Điều 9 khoản 1 điểm d, khoản 2 điểm đ", Unit.YES_NO),
        ),
    ),
    "COM-NO-EXIT": Rule(
        _("Not to leave Viet Nam"), kept(0, "Điều 67 khoản 3, Điều 92 khoản 4, Điều 100 khoản 4", Unit.NOTHING)
    ),
})  # fmt: skip


def self_report(article: str) -> Rule:
    """The monthly self-report on days 1 to 5 (COM-SELF-REPORT), which each regime asks for in an article of its own."""
    return Rule(_("Monthly self-report"), kept(5, f"{article}; Thông tư 65/2019/TT-BCA, Điều 10", WINDOW))


PROVISIONAL = _("Counted from the day of receipt until the day of the reception is recorded.")
NOT_FIXED = _("The law fixes no day within the quarter; the first five days of the next one are suggested.")
EXCEPT_ABSENT = _("Not owed for days of a permitted absence.")


@dataclass(frozen=True)
class Supervision:
    """The days, both included, on which monthly and quarterly duties arise, and the day the file is handed over."""

    first_on: date
    last_on: date
    hand_over_on: date


def supervision(term: Term, last_on: date, hand_over_on: date) -> Supervision:
    """From the day the commune has the papers and the term runs, to the last day or an earlier end of the case.

    The file is handed over on the day on which that is owed or, once it was done, on which it was.
    """
    last_on = min(last_on, term.ended_on or last_on)
    return Supervision(
        max(term.starts_on, term.received_on), last_on, min(term.handed_over_on or hand_over_on, last_on)
    )


def hand_over(term: Term, last_on: date, key: str, parameters: Parameters) -> Due:
    """By when the file of a residence supervision or ban goes to the agency: days before the end, or days after the
    decision that waived the rest, which ends the term on its own day or soon after it.
    """
    back = deadlines.before(parameters, key, last_on)
    waived_on = max((cut.decided_on for cut in term.cuts), default=None)
    return deadlines.after(parameters, key, waived_on) if waived_on and back.due_on < waived_on else back


TOO_EARLY_TO_GO = _(
    "The file goes to the agency on %(due)s, shortly before the last day of the term on %(last)s, and not before "
    "%(earliest)s. Until then the months are reported and assessed here: hand it over from that day on. If the term "
    "ends otherwise, record that decision first."
)


def refuse_hand_over(handed_on: date, owed: Due, last_on: date) -> list[Refusal]:
    """Say why a file may not go to the agency yet: it goes on the day *owed* or, where that may be a day off, on the
    working day before; after the decision that waived the rest, from that decision on.
    """
    decided_on = owed.inputs.get("counted_from")
    earliest = decided_on if isinstance(decided_on, date) else owed.alert_on or owed.due_on
    if handed_on >= earliest:
        return []
    numbers: dict[str, Value] = {"due": owed.due_on, "last": last_on, "earliest": earliest}
    return [Refusal(TOO_EARLY_TO_GO, numbers, owed.rule, owed.source, owed.confirmed, owed.holds_from)]


def reception(
    received_on: date, reception_on: date | None, on_receipt: Iterable[str], on_session: Iterable[str],
    parameters: Parameters,
) -> list[Due]:  # fmt: skip
    """Steps that begin with receiving the papers, and steps that begin with the reception of the person.

    Each takes the law of its own event: who was received after 01/07/2026 on papers from before gets the new steps.
    Until the reception is recorded its steps count from the receipt, which is the earlier day.
    """
    begun = [deadlines.after(parameters, key, received_on) for key in on_receipt if key in parameters.on(received_on)]
    event_on = reception_on or received_on
    following = [deadlines.after(parameters, key, event_on) for key in on_session if key in parameters.on(event_on)]
    if reception_on is None:
        following = [due if due.note else replace(due, note=PROVISIONAL) for due in following]
    return [*begun, *following]


def window(span: Supervision, month: date, key: str, parameters: Parameters) -> Due | None:
    """A duty of the first days of a month, both ends included; None where it is not owed (policy `first_last_month`).

    It never rolls for a day off. In the last month it is due on the last day of the term at the latest.
    """
    first = month.replace(day=1)
    parameter = parameters.on(first).get(key)
    if parameter is None or span.last_on < first:
        return None
    opens_on = first
    if policies.reading(parameters, "first_last_month") == "days_left":
        opens_on = max(first, span.first_on)
    closes_on = min(first.replace(day=parameter.count), span.last_on)
    if span.first_on > opens_on or opens_on > closes_on:
        return None
    due = parameter.due(closes_on, "period", first_on=span.first_on, last_on=span.last_on)
    return replace(due, opens_on=opens_on, period=f"{first:%Y-%m}")


def monthly(span: Supervision, month: date, windows: Iterable[str], parameters: Parameters) -> list[Due]:
    """The windows of a month, and the assessment of that month, which is due in the next one."""
    owed = [window(span, month, key, parameters) for key in windows]
    return in_order([*owed, assessment(span, month, parameters)])


def assessment(span: Supervision, month: date, parameters: Parameters) -> Due | None:
    """The assessment of a month, owed in the first days of the next, or on the day the file is handed over.

    Policies `last_assessment` and `turn_of_law` (whose law assesses the month before a change).
    """
    first, last = month.replace(day=1), last_of_month(month)
    to_hand_over = policies.reading(parameters, "last_assessment") == "to_hand_over"
    closes_on = min(span.hand_over_on, span.last_on) if to_hand_over else span.last_on
    covers_from, covers_to = max(first, span.first_on), min(last, closes_on)
    if covers_from > covers_to or "COM-ASSESS-MONTHLY" not in parameters.on(last):
        return None
    opens_on = next_month(first)
    parameter = parameters.on(assessing_day(month, parameters))["COM-ASSESS-MONTHLY"]
    due_on = opens_on.replace(day=parameter.count)
    if to_hand_over:
        due_on = min(due_on, closes_on)
    due = parameter.due(due_on, "period", covers_from=covers_from, covers_to=covers_to)
    alert_on = parameters.days_off.alert_before(due_on) if due_on == closes_on else None
    return replace(due, opens_on=min(opens_on, due_on), alert_on=alert_on, period=f"{first:%Y-%m}")


def assessing_day(month: date, parameters: Parameters) -> date:
    """The day whose law says who assesses a month and signs that (policy `turn_of_law`)."""
    of_the_month = policies.reading(parameters, "turn_of_law") == "body_of_the_month"
    return last_of_month(month) if of_the_month else next_month(month.replace(day=1))


def quarter(span: Supervision, day: date, key: str, parameters: Parameters, note: str = NOT_FIXED) -> Due | None:
    """A report on the quarter that holds a day, due in the first days of the next, or by the last day of the term."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    following = add_months(first, 3)
    last = following - timedelta(days=1)
    parameter = parameters.on(last).get(key)
    if parameter is None or span.first_on > last or span.last_on < first:
        return None
    due_on = min(following.replace(day=parameter.count), span.last_on)
    due = parameter.due(due_on, "period", first_on=max(first, span.first_on), last_on=min(last, span.last_on))
    period = f"{first.year}-Q{(first.month + 2) // 3}"
    return replace(due, opens_on=min(following, due_on), period=period, note=note)


def helper_decision(proposed_on: date, received_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """By when the chair decides on a helper (COM-HELPER-DECIDE; policy `helper_decide_from`)."""
    from_receipt = policies.reading(parameters, "helper_decide_from") == "receipt"
    return deadlines.after(parameters, "COM-HELPER-DECIDE", received_on if from_receipt else proposed_on)


def helper_end(ground_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the chief proposes that a helper's task end (COM-HELPER-END); the chair's own limit is not stated."""
    key = "COM-HELPER-END"
    return deadlines.after(parameters, key, ground_on) if key in parameters.on(ground_on) else None


class ReviewWithout(StrEnum):
    """What becomes of a review from which the person stays away."""

    HELD_WITHOUT = "held_without"
    NOT_HELD = "not_held"
    POSTPONED = "postponed"


def absent_from_review(
    review_on: date, *, good_reason: bool, postponed_before: bool = False, parameters: Parameters = PARAMETERS
) -> ReviewWithout:
    """Until 30/06/2026 the review is held without the person; since then it is not held, and the absence recorded.

    With good reason it is postponed once (policy `review_good_reason`). Source: COM-REVIEW-ABSENT.
    """
    if parameters.on(review_on)["COM-REVIEW-ABSENT"].count:
        return ReviewWithout.HELD_WITHOUT
    postpones = policies.reading(parameters, "review_good_reason") == "postponed_once"
    if good_reason and postpones and not postponed_before:
        return ReviewWithout.POSTPONED
    return ReviewWithout.NOT_HELD


WITHOUT = {
    ReviewWithout.HELD_WITHOUT: _("The absence is recorded, and the review held without the person."),
    ReviewWithout.NOT_HELD: _("The absence is recorded as a breach; no meeting is held."),
    ReviewWithout.POSTPONED: _("There is a good reason: the review is postponed once, by the same number of days."),
}


def told_without(review_on: date, becomes: ReviewWithout, parameters: Parameters = PARAMETERS) -> Ground:
    """What becomes of a review without the person, with its clause (COM-REVIEW-ABSENT)."""
    return parameters.on(review_on)["COM-REVIEW-ABSENT"].calls_for(WITHOUT[becomes])


def suggested(month: date, rating: "Rating", parameters: Parameters = PARAMETERS) -> Ground | None:
    """A suggested grade with its clause; None for months of which the law asked no grade (COM-RATING)."""
    rule = parameters.on(last_of_month(month)).get("COM-RATING")
    return rule.calls_for(RATED[rating], month=f"{month:%m/%Y}") if rule else None


class Rating(StrEnum):
    """The four grades of a month since 01/07/2026."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    POOR = "poor"


RATED = {
    Rating.GOOD: _("All duties kept, active, and commended for an achievement: good is suggested for %(month)s."),
    Rating.FAIR: _("All duties kept, and active: fair is suggested for %(month)s."),
    Rating.AVERAGE: _("All duties kept but not active, or no more than reminded: average is suggested for %(month)s."),
    Rating.POOR: _(
        "A breach recorded, a fine, a criminal case or supervision refused: poor is suggested for %(month)s."
    ),
}


def suggest_rating(
    *, breaches_recorded: int = 0, fined: bool = False, criminal_case: bool = False, refuses_supervision: bool = False,
    reminders: int = 0, active: bool = False, commended: bool = False,
) -> Rating:  # fmt: skip
    """Suggest the grade of a month from what was recorded in it; the officer confirms or changes it (COM-RATING)."""
    if breaches_recorded or fined or criminal_case or refuses_supervision:
        return Rating.POOR
    if reminders or not active:
        return Rating.AVERAGE
    return Rating.GOOD if commended else Rating.FAIR


PROSECUTED = _("A new criminal case is open: the certificate is not issued yet.")
REVOCATION_OPEN = _("A procedure to revoke is open: the certificate is not issued yet.")
AWAY_ON_LAST_DAY = _("The person is absent without permission on the last day: the certificate is not issued yet.")


def hold_certificate(
    last_on: date, *, prosecuted: bool, revocation_open: bool, absent_without_permit: bool,
    parameters: Parameters = PARAMETERS,
) -> list[Refusal]:  # fmt: skip
    """What holds back the certificate on the last day; issued later, it still states that day (COM-CERT-HOLD)."""
    clause = parameters.on(last_on)["COM-CERT-HOLD"]
    reasons = ((prosecuted, PROSECUTED), (revocation_open, REVOCATION_OPEN), (absent_without_permit, AWAY_ON_LAST_DAY))
    return [clause.forbids(message) for holds, message in reasons if holds]
