"""A series as pages show it: its rule in words, its coming days, and which of them are entered already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    runs: str  # from when to when
    over: bool
    url: str

    @property
    def state(self) -> State:
        return OVER if self.over else RUNS


@dataclass(frozen=True)
class ComingDay:
    """A day on which the series meets, what became of its meeting, and what may be done."""

    day: date
    moved: str
    shape: str
    title: str
    label: str
    actions: Sequence[Mapping[str, Any]]


def row(series: MeetingSeries) -> SeriesRow:
    over = series.valid_to is not None and series.valid_to < clock.today()
    at = _("%(hour)s, %(place)s", hour=f"{series.hour:02d}:{series.minute:02d}", place=series.place)
    return SeriesRow(
        str(KIND_NAMES[series.kind]), in_words(series), at, _runs(series), over,
        url_for("meetings.one_series", id=series.id),
    )  # fmt: skip


def _runs(series: MeetingSeries) -> str:
    """Of two series of a kind it tells which is which."""
    if series.valid_to is None:
        return _("from %(first)s", first=day(series.valid_from))
    return _("%(first)s to %(last)s", first=day(series.valid_from), last=day(series.valid_to))


def in_words(series: MeetingSeries) -> str:
    """The rule as a sentence."""
    each = series.every_months
    months = _("monthly") if each == 1 else str(ngettext("every month", "every %(num)s months", each))
    if series.rule == SeriesRule.WORKING_DAY_AFTER:
        day_of_month = _counted(series.day_of_month or 1)
        return _("The first working day after the %(day)s, %(months)s", day=day_of_month, months=months)
    week, weekday = dict(WEEKS)[series.week or 1], dict(WEEKDAYS)[series.weekday or 0]
    return _("%(week)s %(weekday)s of the month, %(months)s", week=week, weekday=weekday, months=months)


def _counted(number: int) -> str:
    """A day of the month as one says it: 1st, 2nd, 3rd, 4th …"""
    if number in (1, 21, 31):
        return _("%(number)sst", number=number)
    if number in (2, 22):
        return _("%(number)snd", number=number)
    return _("%(number)srd", number=number) if number in (3, 23) else _("%(number)sth", number=number)


def coming(
    series: MeetingSeries, entered: Mapping[date, Meeting], first: date, last: date, *, enters: bool
) -> list[ComingDay]:
    """The meetings of some days, each on the day on which it stands now. *enters*: whether the reader may enter one."""
    found = (_coming(series, *one, entered, enters) for one in days_of(series, series.valid_from, last))
    days = sorted((one for one in found if first <= one.day <= last), key=lambda one: one.day)
    leads = next((place for place, one in enumerate(days) if one.shape == "todo" and one.actions), None)
    return [_led(one) if place == leads else one for place, one in enumerate(days)]


def _led(one: ComingDay) -> ComingDay:
    """The next day that is to be entered has the one button that is drawn."""
    return replace(one, actions=[{**action, "kind": ""} for action in one.actions])


def _coming(series: MeetingSeries, by_rule: date, on: date, entered: Mapping[date, Meeting], enters: bool) -> ComingDay:
    meeting, month = entered.get(by_rule), f"{by_rule:%m/%Y}"
    title = _("%(kind)s, %(month)s", kind=str(KIND_NAMES[series.kind]), month=month)
    url = url_for("meetings.new", series=series.id, day=by_rule)
    new = [{"label": _("Enter it"), "url": url, "kind": "quiet"}] if enters else []
    if meeting is None:
        return ComingDay(on, _moved(series, by_rule, on), "todo", title, _("Not entered yet"), new)
    moved = _stands(series, by_rule, meeting)
    open_ = [{"label": _("Open it"), "url": url_for("meetings.show", id=meeting.id), "kind": "quiet"}]
    if meeting.state == "cancelled":
        return ComingDay(meeting.day, moved, "cancelled", title, _("Cancelled"), [*open_, *new])
    return ComingDay(meeting.day, moved, "done", title, _("Entered"), open_)


def _stands(series: MeetingSeries, by_rule: date, meeting: Meeting) -> str:
    """From which day a meeting was moved; where nobody moved it, on which day the rule would put it now."""
    excepted = any((one.by_rule_on, one.moved_to) == (by_rule, meeting.day) for one in series.exceptions)
    if meeting.day == by_rule or meeting.moved_on or excepted:
        return _moved(series, by_rule, meeting.day)
    return _("by the rule on %(day)s", day=day(by_rule))


def _moved(series: MeetingSeries, by_rule: date, on: date) -> str:
    """From which day a meeting was moved, and why, where the series itself says so; else its own page does."""
    if on == by_rule:
        return ""
    why = next((one.reason for one in series.exceptions if (one.by_rule_on, one.moved_to) == (by_rule, on)), "")
    told = _("moved from %(day)s", day=day(by_rule))
    return f"{told}: {why}" if why else told


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
