"""On which days a series meets: by its rule, with the days that were moved or left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.days import DAYS_OFF, add_months, last_of_month
from portal.meetings.models import MeetingSeries, SeriesRule

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
SATURDAY, LAST = 5, 5


@dataclass(frozen=True)
class SeriesDay:
    """A day of a series, by its rule: the meeting of that day may stand on another."""

    series: MeetingSeries
    by_rule_on: date


def is_off(day: date) -> bool:
    """Whether nobody works on a day; in a year whose days off are not entered only Saturdays and Sundays count."""
    return DAYS_OFF.is_off(day) if day.year in DAYS_OFF.years else day.weekday() >= SATURDAY


def by_rule(series: MeetingSeries, month: date) -> date:
    """The day on which the rule puts the meeting of a month."""
    if series.rule == SeriesRule.WORKING_DAY_AFTER:
        day = month.replace(day=min(series.day_of_month or 1, last_of_month(month).day)) + ONE_DAY
        while is_off(day):
            day += ONE_DAY
        return day
    return _nth(month, series.weekday or 0, series.week or 1)


def _nth(month: date, weekday: int, week: int) -> date:
    """The first to fourth such weekday of a month, or its last."""
    first = month.replace(day=1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7) + (min(week, LAST) - 1) * WEEK
    return day if day.month == first.month else day - WEEK


def meets_by_rule(series: MeetingSeries, day: date) -> bool:
    """Whether the rule alone, without its exceptions, puts a meeting on a day."""
    runs = series.valid_from <= day and (series.valid_to is None or day <= series.valid_to)
    return runs and month_of(series, day) is not None


def month_of(series: MeetingSeries, day: date) -> date | None:
    """The first of the month whose meeting the rule puts on a day."""
    months = (day.replace(day=1), add_months(day.replace(day=1), -1))  # days off may carry one into the next month
    return next((one for one in months if _is_one_of(series, one) and by_rule(series, one) == day), None)


def held_on(series: MeetingSeries, by_rule_on: date) -> date | None:
    """The day on which the meeting of a day by the rule is held; None where there is none, or it is left out."""
    moved = {one.by_rule_on: one.moved_to for one in series.exceptions if one.voided_at is None}
    return moved.get(by_rule_on, by_rule_on) if meets_by_rule(series, by_rule_on) else None


def _is_one_of(series: MeetingSeries, month: date) -> bool:
    """Whether a month is one of those in which a series meets."""
    since = (month.year - series.valid_from.year) * 12 + month.month - series.valid_from.month
    return since >= 0 and since % series.every_months == 0


def days_of(series: MeetingSeries, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Pairs of the day by the rule and the day on which the series meets, from one day to another, both included."""
    moved = {one.by_rule_on: one.moved_to for one in series.exceptions if one.voided_at is None}
    month, until = series.valid_from.replace(day=1), max((last, *moved))
    while month <= until:
        on = by_rule(series, month)
        meets_on = moved.get(on, on)
        runs = series.valid_from <= on and (series.valid_to is None or on <= series.valid_to)
        if runs and meets_on and first <= meets_on <= last:
            yield on, meets_on
        month = add_months(month, series.every_months)


def met_on(found: Iterable[MeetingSeries], day: date) -> SeriesDay | None:
    """Which of some series meets on a day, and for which day of its rule."""
    return next((SeriesDay(one, by_rule) for one in found for by_rule, _on in days_of(one, day, day)), None)
