"""A day from an event: steps that run forward in working or calendar days, and days counted back from an end."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.law import policies
from portal.law.days import Counted, DayOutsideTableError, add_months
from portal.law.rule import Due, Parameter, Parameters, Unit, _

UNKNOWN_DAY = _("It is not known yet whether %(unknown)s is a day off; if it is, the day is %(later)s.")
UNKNOWN_DAYS = _("It is not known yet whether %(unknown)s are days off; if all are, the day is %(later)s.")
UNKNOWN_YEAR = _("The days off of %(year)s are not entered yet; this is the earliest day.")


def after(parameters: Parameters, key: str, event_on: date) -> Due:
    """The last day of a step that begins with an event, by the law of the event; the day itself is not counted.

    Working days are counted; calendar days that end on a day off roll to the next working day; of calendar months the
    day with the same number is meant. In a year whose days off nobody has entered, only Saturdays and Sundays count as
    off: that is the earlier day, not confirmed, with the reason. NotInForceError if the law of that day knows no such
    step.
    """
    parameter = parameters.on(event_on)[key]
    if parameter.unit is Unit.WORKING_DAYS:
        return _counted(parameters, parameter, event_on)
    return _rolled(parameters, parameter, event_on)


def owed_by_person(parameters: Parameters, key: str, event_on: date) -> Due:
    """As `after`, for a duty of the person, which rolls past a day off only by policy `person_deadline_roll`."""
    if policies.reading(parameters, "person_deadline_roll") == "roll":
        return after(parameters, key, event_on)
    parameter = parameters.on(event_on)[key]
    return parameter.due(event_on + timedelta(days=parameter.count), counted_from=event_on, length=parameter.count)


def before(parameters: Parameters, key: str, last_on: date) -> Due:
    """A day counted back from an end, by the law of the end. It does not move; the alert comes a working day before."""
    parameter = parameters.on(last_on)[key]
    in_months = parameter.unit is Unit.MONTHS
    due_on = add_months(last_on, -parameter.count) if in_months else last_on - timedelta(days=parameter.count)
    due = parameter.due(due_on, counted_back_from=last_on, length=parameter.count)
    return replace(due, alert_on=parameters.days_off.alert_before(due_on))


def within_hours(parameters: Parameters, key: str, event_at: datetime) -> Due:
    """The last moment of a step that is counted in clock hours: days off count as well, by the commune's own clock."""
    parameter = parameters.on(event_at.date())[key]
    due_at = event_at + timedelta(hours=parameter.count)
    counted_from = event_at.isoformat(timespec="minutes")
    due = parameter.due(due_at.date(), counted_from=counted_from, hours=parameter.count)
    return replace(due, due_at=due_at)


def told(due: Due, counted: Counted) -> Due:
    """Add the doubt, if the day hangs on one or more that are not known yet."""
    if counted.later is None:
        return due
    if len(counted.unknown) == 1:
        return replace(due, note=UNKNOWN_DAY, note_values={"unknown": counted.unknown[0], "later": counted.later})
    named = ", ".join(f"{day:%d/%m/%Y}" for day in counted.unknown)
    return replace(due, note=UNKNOWN_DAYS, note_values={"unknown": named, "later": counted.later})


def _counted(parameters: Parameters, parameter: Parameter, event_on: date) -> Due:
    try:
        counted = parameters.days_off.working_days_after(event_on, parameter.count)
    except DayOutsideTableError as outside:
        earliest = parameters.days_off.earliest_after(event_on, parameter.count)
        due = parameter.due(earliest, counted_from=event_on, length=parameter.count)
        return _of_unknown_year(due, outside)
    return told(parameter.due(counted.day, counted_from=event_on, length=parameter.count), counted)


def _of_unknown_year(due: Due, outside: DayOutsideTableError) -> Due:
    return replace(due, confirmed=False, note=UNKNOWN_YEAR, note_values={"year": outside.day.year})


def _rolled(parameters: Parameters, parameter: Parameter, event_on: date) -> Due:
    unrolled = event_on + timedelta(days=parameter.count)
    due = parameter.due(unrolled, counted_from=event_on, length=parameter.count)
    try:
        counted = parameters.days_off.rolled_forward(unrolled)
    except DayOutsideTableError as outside:
        return _of_unknown_year(due, outside)
    return told(replace(due, due_on=counted.day), counted)
