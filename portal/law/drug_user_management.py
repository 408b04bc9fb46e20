"""Management of illegal drug users (quản lý người sử dụng trái phép chất ma túy): one year, no sanction.

Who decides is in `approval.py`: the commune's chair until 30/06/2026, the commune police chief since.
"""

from dataclasses import replace
from datetime import date, datetime

from portal.law import common, deadlines, drug_use, policies
from portal.law.days import add_months, last_of_month
from portal.law.drug_use import ACT_OF_2021, ACT_OF_2025
from portal.law.rule import ACT_2025, DRUG_ACT_2021, Due, Parameter, Parameters, Refusal, Rule, Term, Unit, _
from portal.law.silent import absence_limits as absence_limits
from portal.law.silent import cut_steps as cut_steps
from portal.law.silent import death as death
from portal.law.silent import no_show as no_show
from portal.law.silent import prenotice as prenotice
from portal.law.silent import quarterly as quarterly
from portal.law.silent import reception as reception
from portal.law.silent import refuse_absence as refuse_absence
from portal.law.silent import residence_change as residence_change
from portal.law.silent import review as review
from portal.law.silent import review_ground as review_ground
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Management of a drug user")

PARAMETERS = drug_use.PARAMETERS | Parameters({
    "DRU-DECIDE": Rule(
        _("Decide on the management"),
        (
            Parameter(DRUG_ACT_2021, 3, ACT_OF_2021, unit=Unit.WORKING_DAYS, owner="commune_leader"),
            Parameter(
                ACT_2025, 24, f"{ACT_OF_2025}, Điều 24 khoản 4 điểm a", unit=Unit.HOURS, owner="police_chief"
            ),
        ),
    ),
    "DRU-TERM": Rule(
        _("Last day of the management"),
        (
            Parameter(DRUG_ACT_2021, 12, ACT_OF_2021, unit=Unit.MONTHS),
            Parameter(ACT_2025, 12, f"{ACT_OF_2025}, Điều 24 khoản 2", unit=Unit.MONTHS),
        ),
    ),
    "DRU-CUSTODY": Rule(
        _("The management continues to its original end"),
        (Parameter(ACT_2025, 0, f"{ACT_OF_2025}, Điều 24 khoản 7", confirmed=False, unit=Unit.NOTHING),),
    ),
    "DRU-STOP": Rule(
        _("Stop the management: custody outlasts it"),
        (Parameter(ACT_2025, 0, f"{ACT_OF_2025}, Điều 24 khoản 5", confirmed=False, unit=Unit.NOTHING),),
        "police_chief",
    ),
})  # fmt: skip

CLOCK_RUNS_ON = _("Custody suspends the management; the year runs on meanwhile, by our reading.")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The last day: one year from the decision (*starts_on*), by the law of that day, whatever *months* says."""
    parameter = parameters.on(term.starts_on)["DRU-TERM"]
    ends_on = term.kept_ends_on or term.printed_ends_on or add_months(term.starts_on, parameter.count)
    return parameter.due(ends_on, "end", decided_on=term.starts_on, months=parameter.count)


NOT_ITS_DAY = _("The management begins on the day of its decision, %(decided)s.")
NOT_A_YEAR = _("By the law of that day the management lasts %(limit)s months; this one lasts %(asked)s.")


def refuse_start(starts_on: date, decided_on: date, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say that a management begins on the day on which it was decided, and on no other (DRU-TERM)."""
    if starts_on == decided_on:
        return []
    return [parameters.on(decided_on)["DRU-TERM"].forbids(NOT_ITS_DAY, decided=decided_on)]


def refuse_length(starts_on: date, months: int, parameters: Parameters = PARAMETERS) -> list[Refusal]:
    """Say that a management lasts as long as the law says, no longer and no shorter (DRU-TERM)."""
    year = parameters.on(starts_on)["DRU-TERM"]
    return [] if months == year.count else [year.forbids(NOT_A_YEAR, limit=year.count, asked=months)]


def months_of_management(decided_on: date, parameters: Parameters = PARAMETERS) -> int:
    """How many months a management decided on a day takes. NotInForceError before the act of 2021."""
    return parameters.on(decided_on)["DRU-TERM"].count


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The days from the decision to the last day."""
    return (last_day(term, parameters).due_on - term.starts_on).days


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The day that follows from the decision alone: the last."""
    return [last_day(term, parameters)]


def monthly(term: Term, month: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The check, once a month, that the person lives where they are managed (DRU-CONTACT).

    How often since 01/07/2026 is left to a decree that was not read. Nothing in a first month begun after the 1st, and
    in the last month by the last day (policy `first_last_month`).
    """
    first, last_on = month.replace(day=1), last_day(term, parameters).due_on
    span = common.supervision(term, last_on, last_on)
    rule = parameters.on(first).get("DRU-CONTACT")
    days_left = policies.reading(parameters, "first_last_month") == "days_left"
    opens_on = max(first, span.first_on) if days_left else first
    closes_on = min(last_of_month(first), span.last_on)
    if rule is None or span.first_on > opens_on or opens_on > closes_on:
        return []
    due = rule.due(closes_on, "period", first_on=span.first_on, last_on=span.last_on)
    return [replace(due, opens_on=opens_on, period=f"{first:%Y-%m}")]


def decision(received_at: datetime, parameters: Parameters = PARAMETERS) -> Due:
    """By when the management is decided, from receiving the dossier (2021) or the positive result (2026).

    *received_at* is the legal clock of the commune. Working days until 30/06/2026; 24 clock hours since, weekends and
    holidays included, with the moment in *due_at*.
    """
    parameter = parameters.on(received_at.date())["DRU-DECIDE"]
    if parameter.unit is not Unit.HOURS:
        return deadlines.after(parameters, "DRU-DECIDE", received_at.date())
    return deadlines.within_hours(parameters, "DRU-DECIDE", received_at)


def after_custody(term: Term, released_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """What follows a custody of somebody under management: on to the original end, or a stop decision.

    Custody past the last day stops the management; custody that ends on it does so only by policy
    `custody_to_last_day`. NotInForceError before 01/07/2026, when the law said nothing of custody.
    """
    last_on = last_day(term, parameters).due_on
    stops = policies.reading(parameters, "custody_to_last_day") == "stops"
    law = parameters.on(min(released_on, last_on))
    if released_on > last_on or (stops and released_on == last_on):
        return law["DRU-STOP"].due(last_on, released_on=released_on, last_on=last_on)
    due = law["DRU-CUSTODY"].due(last_on, "end", released_on=released_on, last_on=last_on)
    return replace(due, note=CLOCK_RUNS_ON)
