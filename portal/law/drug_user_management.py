"""Management of illegal drug users (quản lý người sử dụng trái phép chất ma túy): one year, no sanction.

Who decides is in `approval.py`: the commune's chair until 30/06/2026, the commune police chief since.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.law import deadlines, policies
from portal.law.days import add_months
from portal.law.rule import ACT_2025, DRUG_ACT_2021, Due, Parameter, Parameters, Rule, Term, Unit, _
from portal.law.silent import absence_limits as absence_limits
from portal.law.silent import monthly as monthly
from portal.law.silent import quarterly as quarterly
from portal.law.silent import reception as reception
from portal.law.silent import refuse_absence as refuse_absence

TITLE = _("Management of a drug user")
ACT_OF_2021 = "Luật Phòng, chống ma túy 73/2021/QH14; Nghị định 105/2021/NĐ-CP"
ACT_OF_2025 = "Luật Phòng, chống ma túy 120/2025/QH15"

PARAMETERS = Parameters({
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
    ends_on = term.printed_ends_on or add_months(term.starts_on, parameter.count)
    return parameter.due(ends_on, "end", decided_on=term.starts_on, months=parameter.count)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The days from the decision to the last day."""
    return (last_day(term, parameters).due_on - term.starts_on).days


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The day that follows from the decision alone: the last."""
    return [last_day(term, parameters)]


def decision(received_at: datetime, parameters: Parameters = PARAMETERS) -> Due:
    """By when the management is decided, from receiving the dossier (2021) or the positive result (2026).

    *received_at* is the legal clock of the commune. Working days until 30/06/2026; 24 clock hours since, weekends and
    holidays included, with the moment in *due_at*.
    """
    parameter = parameters.on(received_at.date())["DRU-DECIDE"]
    if parameter.unit is not Unit.HOURS:
        return deadlines.after(parameters, "DRU-DECIDE", received_at.date())
    due_at = received_at + timedelta(hours=parameter.count)
    due = parameter.due(due_at.date(), received_at=received_at.isoformat(timespec="minutes"), hours=parameter.count)
    return replace(due, due_at=due_at)


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
