"""Reintegration after prison (tái hòa nhập cộng đồng): followed until the record is cleared.

Sources: Nghị định 49/2020/NĐ-CP, Thông tư 10/2024/TT-BCA (status after 01/07/2026 not verified); Bộ luật Hình sự 2015,
Điều 70, 71.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from portal.law import common, deadlines
from portal.law.days import add_months
from portal.law.rule import (
    ACT_2019,
    ACT_2025,
    REINTEGRATION_2024,
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
    penal_code,
)
from portal.law.silent import absence_limits as absence_limits
from portal.law.silent import cut_steps as cut_steps
from portal.law.silent import death as death
from portal.law.silent import monthly as monthly
from portal.law.silent import no_show as no_show
from portal.law.silent import refuse_absence as refuse_absence
from portal.law.silent import residence_change as residence_change
from portal.law.silent import review as review
from portal.law.silent import review_ground as review_ground
from portal.law.silent import revocation as revocation
from portal.law.silent import revocation_ground as revocation_ground

TITLE = _("Reintegration after prison")
CIRCULAR = "Thông tư 10/2024/TT-BCA"
CLEARED, BY_COURT = "Bộ luật Hình sự 2015, Điều 70", "Bộ luật Hình sự 2015, Điều 71"
WORK = Unit.WORKING_DAYS


def of_circular(value: int | Fraction, article: str = "", unit: Unit = WORK) -> tuple[Parameter, ...]:
    """A number of the 2024 circular, carried on after 01/07/2026 without verification."""
    source = f"{CIRCULAR}, {article}" if article else CIRCULAR
    return (
        Parameter(REINTEGRATION_2024, value, source, unit=unit),
        Parameter(ACT_2025, value, source, confirmed=False, unit=unit),
    )


PARAMETERS = Parameters({
    "REI-PRENOTICE": Rule(
        _("The prison announces the person to the commune"),
        (Parameter(ACT_2019, 2, "Nghị định 49/2020/NĐ-CP", unit=Unit.MONTHS),),
    ),
    "REI-MEET": Rule(_("Talk with the person, and draw up minutes and commitment"), of_circular(0, unit=Unit.NOTHING)),
    "REI-CLASSIFY": Rule(_("List of the released persons by groups A to D"), of_circular(0, unit=Unit.NOTHING)),
    "REI-END": Rule(_("End the reintegration"), of_circular(0, unit=Unit.NOTHING), "police_chief"),
    "REI-VERIFY": Rule(_("Verify the residence"), of_circular(3, "Điều 8")),
    "REI-HELPER": Rule(_("Propose a helper"), of_circular(3), "police_chief"),
    "REI-FILE": Rule(_("Open the reintegration file"), of_circular(5, "Điều 11")),
    "REI-HELPER-REPORT": Rule(
        _("Quarterly report of the helper"), of_circular(5, unit=Unit.DAY_OF_MONTH), "team_member"
    ),
    "REI-TRANSFER": Rule(_("Continue the file of a person who moved here"), of_circular(5)),
    "REC-CLEAR": Rule(_("Estimated day of record clearance"), penal_code(0, CLEARED)),
    "REC-CLEAR.without_prison": Rule(_("Clearance without prison"), penal_code(12, CLEARED, Unit.MONTHS)),
    "REC-CLEAR.up_to_5_years": Rule(_("Clearance after up to 5 years"), penal_code(24, CLEARED, Unit.MONTHS)),
    "REC-CLEAR.up_to_15_years": Rule(_("Clearance after 5 to 15 years"), penal_code(36, CLEARED, Unit.MONTHS)),
    "REC-CLEAR.longer": Rule(_("Clearance after more than 15 years"), penal_code(60, CLEARED, Unit.MONTHS)),
    "REC-CLEAR.court_without_prison": Rule(
        _("Clearance by court without prison"), penal_code(12, BY_COURT, Unit.MONTHS)
    ),
    "REC-CLEAR.court_up_to_5_years": Rule(
        _("Clearance by court after up to 5 years"), penal_code(36, BY_COURT, Unit.MONTHS)
    ),
    "REC-CLEAR.court_up_to_15_years": Rule(
        _("Clearance by court after 5 to 15 years"), penal_code(60, BY_COURT, Unit.MONTHS)
    ),
    "REC-CLEAR.court_longer": Rule(
        _("Clearance by court after more than 15 years"), penal_code(84, BY_COURT, Unit.MONTHS)
    ),
})  # fmt: skip

ESTIMATE = _("An estimate: the judicial-record body decides, and all other parts of the judgment must be done.")
UNUSUAL_CLEARANCE = _(
    "After %(prison)s months of prison a record is cleared in %(usual)s months; the file says %(months)s: please check."
)
BY_THE_COURT = _("An estimate: for such a crime the court decides on the clearance.")


def last_day(term: Term, parameters: Parameters = PARAMETERS) -> Due:
    """The estimated day of record clearance, which ends the reintegration; *months* count from the release."""
    parameter = parameters.on(term.starts_on)["REC-CLEAR"]
    cleared_on = term.kept_ends_on or term.printed_ends_on or add_months(term.starts_on, term.months)
    due = parameter.due(cleared_on, "end", starts_on=term.starts_on, months=term.months)
    return replace(due, note="" if term.printed_ends_on else ESTIMATE)


def term_days(term: Term, parameters: Parameters = PARAMETERS) -> int:
    """The days from the release to the estimated clearance."""
    return (last_day(term, parameters).due_on - term.starts_on).days


def calendar(term: Term, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The day that follows from the release alone: the estimated clearance."""
    return [last_day(term, parameters)]


def doubts_about_lengths(
    prison_months: int, months: int, released_on: date, parameters: Parameters = PARAMETERS
) -> list[Refusal]:
    """What is unusual about the months until the clearance (REC-CLEAR); a crime for the court has its own length."""
    law, length = parameters.on(released_on), _length(prison_months)
    usual = law[f"REC-CLEAR.{length}"]
    if months in (usual.count, law[f"REC-CLEAR.court_{length}"].count):
        return []
    return [usual.forbids(UNUSUAL_CLEARANCE, prison=prison_months, usual=usual.count, months=months)]


def reception(received_on: date, reception_on: date | None = None, parameters: Parameters = PARAMETERS) -> list[Due]:
    """From the prison's notice (*received_on*), and from the day the person presents (*reception_on*)."""
    steps = common.reception(received_on, reception_on, ("REI-VERIFY",), ("REI-HELPER", "REI-FILE"), parameters)
    return in_order(steps)


def quarterly(term: Term, quarter_start: date, parameters: Parameters = PARAMETERS) -> list[Due]:
    """The helper's report on the quarter, on days 1 to 5 of the next one."""
    last_on = last_day(term, parameters).due_on
    span = common.supervision(term, last_on, last_on)
    return in_order([common.quarter(span, quarter_start, "REI-HELPER-REPORT", parameters, note="")])


def prenotice(released_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """By when the prison announces the person before the release (REI-PRENOTICE); None before the decree."""
    key = "REI-PRENOTICE"
    return deadlines.before(parameters, key, released_on) if key in parameters.on(released_on) else None


def meeting(presented_on: date, parameters: Parameters = PARAMETERS) -> Due | None:
    """The talk with the person, on the day on which they present (REI-MEET); None before the circular."""
    rule = parameters.on(presented_on).get("REI-MEET")
    return rule.due(presented_on, presented_on=presented_on) if rule else None


class EndGround(StrEnum):
    """Why a reintegration ends."""

    CLEARED = "cleared"
    MOVED = "moved"
    EMIGRATED = "emigrated"
    MISSING = "missing"
    DEAD = "dead"
    IMPRISONED_AGAIN = "imprisoned_again"


ENDS = _("The reintegration ends: the commune police propose it, and the chair decides.")


def end_ground(day: date, ground: EndGround, parameters: Parameters = PARAMETERS) -> Ground | None:
    """What a ground for ending calls for (REI-END); None before the circular."""
    rule = parameters.on(day).get("REI-END")
    return rule.calls_for(ENDS, ground=ground.value) if rule else None


def transfer(arrived_on: date, parameters: Parameters = PARAMETERS) -> Due:
    """By when the receiving commune continues the file of a person who moved."""
    return deadlines.after(parameters, "REI-TRANSFER", arrived_on)


def record_clearance(
    ended_on: date, prison_months: int | None = None, additional_ends_on: date | None = None,
    by_court: bool = False, parameters: Parameters = PARAMETERS,
) -> Due:  # fmt: skip
    """Estimate the day on which a record is cleared (REC-CLEAR).

    *ended_on*: the end of the main penalty or of the probation. *prison_months*: the prison term served; None for a
    suspended sentence, non-custodial reform, a fine or a warning. *additional_ends_on*: the end of residence
    supervision, a residence ban or an occupation ban, where it is later. *by_court*: crimes of chapters XIII and XXVI.
    """
    key = f"REC-CLEAR.{'court_' if by_court else ''}{_length(prison_months)}"
    parameter = parameters.on(ended_on)[key]
    cleared_on = add_months(ended_on, parameter.count)
    due = parameter.due(max(cleared_on, additional_ends_on or cleared_on), "end", ended_on=ended_on)
    label = parameters.rules["REC-CLEAR"].label
    return replace(due, label=label, note=BY_THE_COURT if by_court else ESTIMATE, period="")


def _length(prison_months: int | None) -> str:
    if prison_months is None:
        return "without_prison"
    if prison_months <= 5 * 12:
        return "up_to_5_years"
    return "up_to_15_years" if prison_months <= 15 * 12 else "longer"
