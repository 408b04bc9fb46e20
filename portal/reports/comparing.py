"""What differs between what was frozen and what the records say: late entries, and corrections beside each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.indicators import Indicator, Period
from portal.engine.waiting import Work
from portal.reports import catalogue, figures
from portal.reports.models import Report, ReportFigure


@dataclass(frozen=True)
class Difference:
    """A figure then and now. *came* and *went*: ids of records that count now and did not, and the reverse; none
    where they are not *known*, since the records of one side lie in another portal."""

    id: str
    label: str
    before: Any
    now: Any
    came: Sequence[int]
    went: Sequence[int]
    known: bool = True

    @property
    def differs(self) -> bool:
        """Also where the records are the same, and one of them has other content."""
        return bool(self.came or self.went) or self.before != self.now


@dataclass(frozen=True)
class Standing:
    """A figure with its value and its records, wherever they come from; None where those lie in another portal."""

    label: str
    value: Any
    ids: frozenset[int] | None


Standings = Mapping[str, Callable[[], Standing]]  # by the id of the figure, each looked at when it is asked for
Comparing = Work[str, Difference]  # figure by figure, so that the ids of one are held at a time


@dataclass(frozen=True)
class Compared:
    """The figures of two sides: as they stood *then*, and as they stand *now*."""

    then: Standings
    now: Standings

    def all(self) -> Comparing:
        """All figures of both sides, as work that can be waited for, figure by figure."""
        return Work([name for name in self.now if name in self.then], self.one)

    def has(self, name: str) -> bool:
        return name in self.then and name in self.now

    def one(self, name: str) -> Difference:
        """A figure of both sides beside itself."""
        return _difference(name, self.then[name](), self.now[name]())


def late(report: Report) -> Compared:
    """What reached the portal after the approval, and what counts no more: it goes into the next version."""
    return Compared(_frozen(report), _counted(report))


def corrected(report: Report, earlier: Report) -> Compared:
    """In what a correction differs from the version that it corrects."""
    return Compared(_frozen(earlier), _frozen(report) if report.is_signed else _counted(report))


def found(work: Comparing) -> list[Difference]:
    """What differs; what is left to compare is compared first."""
    return [one for one in work.finished() if one.differs]


def _difference(name: str, old: Standing, new: Standing) -> Difference:
    if old.ids is None or new.ids is None:
        return Difference(name, new.label, old.value, new.value, (), (), known=False)
    return Difference(name, new.label, old.value, new.value, sorted(new.ids - old.ids), sorted(old.ids - new.ids))


def _frozen(report: Report) -> Standings:
    return {one.figure_id: partial(_as_frozen, one) for one in report.figures}


def _as_frozen(one: ReportFigure) -> Standing:
    if one.was_brought_in:
        return Standing(one.label, one.value, None)
    ids = db.session.scalar(select(ReportFigure.ids).where(ReportFigure.id == one.id))
    return Standing(one.label, one.value, frozenset(ids or ()))


def _counted(report: Report) -> Standings:
    period = figures.period_of(report)
    return {name: partial(_as_counted, one, period) for name, one in catalogue.of_period(period).items()}


def _as_counted(one: Indicator, period: Period) -> Standing:
    return Standing(str(one.label), one.value(period), frozenset(figures.ids_counted(one, period)))
