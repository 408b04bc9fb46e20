"""Figures as declarations: an indicator is a select of records, counted; opening it shows that very select."""

import calendar
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Date, Integer, Select, bindparam, extract, func, literal

from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import _l


@dataclass(frozen=True)
class Period:
    """Days from *first* to *last*, both included, of one commune and those that it took over."""

    first: date
    last: date
    communes: tuple[int, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def begins_at(self) -> datetime:
        return clock.moment(self.first, 0)

    @property
    def ended_at(self) -> datetime:
        """The first moment after it."""
        return clock.moment(self.last + timedelta(days=1), 0)

    @property
    def meets_year_before(self) -> bool:
        """Whether it is so long that days of it belong to the same period a year earlier as well."""
        return self.year_before().last >= self.first

    def year_before(self) -> "Period":
        """The same days one year earlier: 29/02 becomes 28/02, and the end of a month stays the end of that month."""
        last_of_month = self.last.day == _days_in(self.last.year, self.last.month)
        last = _year_earlier(self.last)
        if last_of_month:
            last = last.replace(day=_days_in(last.year, last.month))
        return Period(_year_earlier(self.first), last, self.communes)


class _AnyPeriod:
    """A period whose days are named and given later, so that a question about it is put together once for all."""

    first, last = bindparam("first", type_=Date()), bindparam("last", type_=Date())
    communes = bindparam("communes", type_=Integer(), expanding=True)
    begins_at: Any = bindparam("begins_at")
    ended_at: Any = bindparam("ended_at")

    @staticmethod
    def given(period: Period) -> dict[str, Any]:
        return {name: getattr(period, name) for name in ("first", "last", "communes", "begins_at", "ended_at")}


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, _days_in(day.year - 1, day.month)))


PLACES, PLACES_OF_A_PART = 2, 3  # of a figure that is weighed
Value = int | float | None  # of a figure: None is blank, where there is nothing to take a share of


@dataclass(frozen=True)
class Examples:
    """What counts and what does not, each in a few words, for whoever asks why a record is missing."""

    counts: tuple[Any, ...] = ()
    does_not: tuple[Any, ...] = ()


LEAST_PEOPLE = 3  # whom a part may tell of: of two, each would know of the other


@dataclass(frozen=True)
class Breakdown:
    """A way to part a figure, as by village. *key* is the column; *called* names what stands in it, as it was called on
    a day.

    Parts in which fewer than `LEAST_PEOPLE` different *people* stand are told *together*, so that no total of a small
    place gives one of them away.
    """

    name: str
    label: Any
    key: Any
    called: Callable[[Sequence[Any], date], Mapping[Any, str]]
    people: Any = None
    together: Any = ""


@dataclass(frozen=True)
class Parted:
    """The value of each part; and those parts in which so *few* people stand that they are not told alone."""

    values: Mapping[Any, Value]
    few: Set[Any]


_OVERLAPS = _l("Whoever stands in several parts is counted in each of them; in the whole once.")


@dataclass(frozen=True)
class Indicator:
    """A figure: its words, its definition, and the records behind it.

    *records* selects what is counted in a period; it hands days and moments of the period to the query and computes
    nothing from them. *counts* is the column whose different values are counted (a person, not a file), *sums* the one
    whose values are added, in units of which *scale* make one of the figure's; without either the records are counted.
    A stock looks at the end of the last day, and has no months; a flow at the whole period. *note* warns of a figure
    that looks like this one and is another. It *overlaps* if one that is counted may stand in several parts of a
    breakdown, as a person who was tested in two months: in each of them once, and once in the whole.
    """

    id: str
    label: Any
    unit: Any
    definition: Any
    kind: str  # "flow" | "stock"
    record: type[Any]
    records: Callable[[Period], Select[Any]]
    counts: Any = None
    sums: Any = None
    scale: int = 1
    breakdowns: tuple[Breakdown, ...] = ()
    examples: Examples = Examples()
    note: Any = ""
    overlaps: bool = False

    @property
    def note_on_parts(self) -> Any:
        """What has to be said beside parts that make more than the whole; else nothing."""
        return _OVERLAPS if self.overlaps else ""

    @property
    def measured(self) -> Any:
        """What the value is, of the records selected."""
        if self.sums is not None:
            return func.coalesce(func.sum(self.sums), 0)
        return func.count(func.distinct(self.record.id if self.counts is None else self.counts))

    @cached_property
    def _asked(self) -> Select[Any]:
        return self.records(cast(Period, _AnyPeriod)).with_only_columns(self.measured).order_by(None)

    def value(self, period: Period) -> Value:
        return self.scaled(db.session.scalar(self._asked, _AnyPeriod.given(period)))

    def scaled(self, found: Any, places: int = PLACES) -> Value:
        """A sum in the unit of the figure, to so many places, halves up; a count as it is."""
        if self.scale == 1:
            return int(found or 0)
        exact = Decimal(int(found or 0)) / self.scale
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)

    def records_counted(self, period: Period) -> int:
        """How many records stand behind the value: more than it where one person has several."""
        counted = func.count(func.distinct(self.record.id))
        return int(db.session.scalar(self.records(period).with_only_columns(counted).order_by(None)) or 0)

    def parted(self, period: Period, by: Breakdown) -> Parted:
        """The value of each part, by what stands in the breakdown's column; so exact that small parts add up."""
        people = literal(LEAST_PEOPLE) if by.people is None else func.count(func.distinct(by.people))
        asked = self.records(period).with_only_columns(by.key, self.measured, people).order_by(None).group_by(by.key)
        found = db.session.execute(asked).all()
        values = {key: self.scaled(value, PLACES_OF_A_PART) for key, value, _people in found}
        return Parted(values, {key for key, _value, those in found if key is not None and those < LEAST_PEOPLE})


@dataclass(frozen=True)
class Share(Indicator):
    """A figure that is so many whole percent of another, halves up; blank where there is nothing to take a share of.

    Opening it lists the records of the *part*.
    """

    part: Any = None
    whole: Any = None

    def value(self, period: Period) -> Value:
        part, whole = self.part.value(period), self.whole.value(period)
        return int((Decimal(100) * part / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else None


def by_month(column: Any) -> Breakdown:
    """Part a figure by the months of a day."""
    key = extract("year", column) * 100 + extract("month", column)
    return Breakdown("month", _l("By month"), key, _months_called)


def _months_called(keys: Sequence[Any], _day: date) -> dict[Any, str]:
    return {key: f"{int(key) % 100:02}/{int(key) // 100}" for key in keys if key is not None}


def by_words(name: str, label: Any, column: Any, words: Mapping[Any, Any]) -> Breakdown:
    """Part a figure by a catalogue whose words are given."""
    return Breakdown(name, label, column, lambda keys, _day: {key: str(words.get(key, "–")) for key in keys})


@dataclass(frozen=True)
class Figure:
    """An indicator's value in a period and in the same period of the year before."""

    indicator: Indicator
    period: Period
    value: Value
    previous_value: Value

    @property
    def change(self) -> Value:
        """By how much it differs; None where either is blank."""
        if self.value is None or self.previous_value is None:
            return None
        return round(self.value - self.previous_value, 2)


def figure(indicator: Indicator, period: Period) -> Figure:
    return Figure(indicator, period, indicator.value(period), indicator.value(period.year_before()))


def figures(indicators: Sequence[Indicator], period: Period) -> list[Figure]:
    return [figure(one, period) for one in indicators]
