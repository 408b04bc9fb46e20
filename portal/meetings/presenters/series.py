"""A series as pages show it: its rule in words, its coming days, and which of them are entered already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import url_for

from portal.engine import clock
from portal.engine.presentation import day
from portal.engine.text import _, _l, ngettext
from portal.engine.workflow import State
from portal.meetings.days import days_of
from portal.meetings.forms import WEEKDAYS, WEEKS
from portal.meetings.models import KIND_NAMES, Meeting, MeetingSeries, SeriesRule

RUNS, OVER = State(_l("Runs"), "active"), State(_l("Ended"), "done")


@dataclass(frozen=True)
class SeriesRow:
    kind: str
    rule: str
    at: str
    state: State
    url: str


@dataclass(frozen=True)
class ComingDay:
    """A day on which the series meets: entered already, or to be entered."""

    day: date
    by_rule_on: date
    reason: str
    url: str
    entered: bool


def row(series: MeetingSeries) -> SeriesRow:
    over = series.valid_to is not None and series.valid_to < clock.today()
    at = _("%(hour)s, %(place)s", hour=f"{series.hour:02d}:{series.minute:02d}", place=series.place)
    return SeriesRow(
        str(KIND_NAMES[series.kind]), in_words(series), at, OVER if over else RUNS,
        url_for("meetings.one_series", id=series.id),
    )  # fmt: skip


def in_words(series: MeetingSeries) -> str:
    """The rule as a sentence."""
    months = str(ngettext("every month", "every %(num)s months", series.every_months))
    if series.rule == SeriesRule.WORKING_DAY_AFTER:
        return _("The first working day after the %(number)s., %(months)s", number=series.day_of_month, months=months)
    week, weekday = dict(WEEKS)[series.week or 1], dict(WEEKDAYS)[series.weekday or 0]
    return _("%(week)s %(weekday)s of the month, %(months)s", week=week, weekday=weekday, months=months)


def coming(series: MeetingSeries, entered: Iterable[Meeting], first: date, last: date) -> list[ComingDay]:
    known: Mapping[date, Meeting] = {one.day: one for one in entered}
    reasons = {one.by_rule_on: one.reason for one in series.exceptions if one.voided_at is None}
    return [_coming(series, by_rule, on, known.get(on), reasons) for by_rule, on in days_of(series, first, last)]


def _coming(
    series: MeetingSeries, by_rule: date, on: date, meeting: Meeting | None, reasons: Mapping[date, str]
) -> ComingDay:
    moved = _("moved from %(day)s: %(why)s", day=day(by_rule), why=reasons[by_rule]) if on != by_rule else ""
    new = url_for("meetings.new", series=series.id, on=on)
    url = url_for("meetings.show", id=meeting.id) if meeting else new
    return ComingDay(on, by_rule, moved, url, meeting is not None)


def next_day(series: MeetingSeries, first: date, last: date) -> date | None:
    return next((by_rule for by_rule, _on in days_of(series, first, last)), None)


def kept(series: MeetingSeries) -> dict[str, Any]:
    """What stands in a series, by the names of its form."""
    return {
        "kind": series.kind.value, "rule": series.rule.value, "day_of_month": series.day_of_month,
        "week": str(series.week or ""), "weekday": "" if series.weekday is None else str(series.weekday),
        "every_months": str(series.every_months), "at": time(series.hour, series.minute), "venue": series.place,
        "chair_unit_id": str(series.chair_unit_id), "valid_from": series.valid_from,
    }  # fmt: skip
