"""Figures as declarations: an indicator is a select of records, counted; opening it shows that very select."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func

from portal.engine.db import db


@dataclass(frozen=True)
class Period:
    """Days from *first* to *last*, both included, of one commune and those that it took over."""

    first: date
    last: date
    communes: tuple[int, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def year_before(self) -> "Period":
        """The same days one year earlier: 29/02 becomes 28/02, and the end of a month stays the end of that month."""
        last_of_month = self.last.day == _days_in(self.last.year, self.last.month)
        last = _year_earlier(self.last)
        if last_of_month:
            last = last.replace(day=_days_in(last.year, last.month))
        return Period(_year_earlier(self.first), last, self.communes)


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, _days_in(day.year - 1, day.month)))


@dataclass(frozen=True)
class Indicator:
    """A figure: its words, its definition, and the records behind it.

    *counts* is the column whose different values are counted (a person, not a file); without it the records are.
    A stock looks at the end of the last day; a flow at the whole period.
    """

    id: str
    label: Any
    unit: Any
    definition: Any
    kind: str  # "flow" | "stock"
    record: type[Any]
    records: Callable[[Period], Select[Any]]
    counts: Any = None

    def value(self, period: Period) -> int:
        return self._count(period, self.counts if self.counts is not None else self.record.id)

    def records_counted(self, period: Period) -> int:
        """How many records stand behind the value: more than it where one person has several."""
        return self._count(period, self.record.id)

    def _count(self, period: Period, column: Any) -> int:
        counting = self.records(period).with_only_columns(func.count(func.distinct(column))).order_by(None)
        return int(db.session.scalar(counting) or 0)


@dataclass(frozen=True)
class Figure:
    """An indicator's value in a period and in the same period of the year before."""

    indicator: Indicator
    period: Period
    value: int
    previous_value: int

    @property
    def change(self) -> int:
        return self.value - self.previous_value


def figure(indicator: Indicator, period: Period) -> Figure:
    return Figure(indicator, period, indicator.value(period), indicator.value(period.year_before()))


def figures(indicators: Sequence[Indicator], period: Period) -> list[Figure]:
    return [figure(one, period) for one in indicators]
