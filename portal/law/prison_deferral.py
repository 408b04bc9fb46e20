"""Deferred or suspended prison (hoãn, tạm đình chỉ chấp hành án phạt tù): only what the commune owes."""

from dataclasses import replace
from datetime import date

from portal.law import common
from portal.law.days import add_months
from portal.law.rule import Due, Ground, Parameters, Rule, Term, Unit, _, in_order, since_2026
from portal.law.silent import absence_limits as absence_limits
from portal.law.silent import cut_steps as cut_steps
from portal.law.silent import death as death
from portal.law.silent import no_show as no_show
from portal.law.silent import prenotice as prenotice
from portal.law.silent import quarterly as quarterly
from portal.law.silent import refuse_absence as refuse_absence
from portal.law.silent import residence_change as residence_change
from portal.law.silent import review as review
from portal.law.silent import review_ground as review_ground
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Deferred or suspended prison")

PARAMETERS = common.PARAMETERS | Parameters({
    "COM-ASSESS-MONTHLY": Rule(common.MONTHLY_ASSESSMENT, common.ASSESSED_SINCE_2026),
    "DEF-ASSIGN": Rule(
        _("Verify the residence and start the supervision"), since_2026(3, "Điều 5 khoản 1 điểm c và d")
    ),
    "DEF-ASSIGN.family": Rule(
        _("Hand the person over to the family"), since_2026(0, "Điều 6 khoản 1 điểm b", Unit.NOTHING)
    ),
})  # fmt: skip

BY_THE_DECISION = _("The decision on the deferral or suspension says how long it lasts.")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The end of the deferral as printed, or else after so many months, which is not confirmed."""
    ends_on = term.kept_ends_on or term.printed_ends_on or add_months(term.starts_on, term.months)
    parameter = parameters.on(ends_on).get("COM-END-DATE") or parameters.versions("COM-END-DATE")[0]
    due = parameter.due(ends_on, "end", starts_on=term.starts_on, months=term.months)
    return replace(due, confirmed=term.printed_ends_on is not None, note=BY_THE_DECISION)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The days from the start to the end of the deferral."""
    return (last_day(term, parameters).due_on - term.starts_on).days


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The day that follows from the decision alone: the end."""
    return [last_day(term, parameters)]


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """Three working days to verify and start, then report and plan, from 01/07/2026 on; no helper is appointed here."""
    on_session = ("COM-RECEPTION-REPORT", "COM-PLAN")
    return in_order(common.reception(received_on, reception_on, ("DEF-ASSIGN",), on_session, parameters))


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """Roll-call and assessment, from July 2026 on; no self-report is owed. No file goes up before the end."""
    last_on = last_day(term, parameters).due_on
    return common.monthly(common.supervision(term, last_on, last_on), month, ("COM-ROLLCALL",), parameters)


AT_ONCE = _("A prison term that is suspended: the person is handed over to the family at once.")


def on_suspension(decided_on: date, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What the suspension of a prison term calls for, since 01/07/2026."""
    rule = parameters.on(decided_on).get("DEF-ASSIGN.family")
    return rule.calls_for(AT_ONCE) if rule else None
