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
    """A figure that is another now. *came* and *went*: ids of records that count now and did not, and the reverse; none
    where they are not *known*, since the records of one side lie in another portal."""

    id: str
    label: str
    before: Any
    now: Any
    came: Sequence[int]
    went: Sequence[int]
    known: bool = True


@dataclass(frozen=True)
class Standing:
    """A figure with its value and its records, wherever they come from; None where those lie in another portal."""

    label: str
    value: Any
    ids: frozenset[int] | None


Standings = Mapping[str, Callable[[], Standing]]  # by the id of the figure, each looked at when it is asked for
Comparing = Work[str, Difference | None]  # figure by figure, so that the ids of one are held at a time


def late(report: Report) -> Comparing:
    """What reached the portal after the approval, and what counts no more: it goes into the next version."""
    return _between(_frozen(report), _counted(report))


def corrected(report: Report, earlier: Report) -> Comparing:
    """In what a correction differs from the version that it corrects."""
    return _between(_frozen(earlier), _frozen(report) if report.is_signed else _counted(report))


def found(work: Comparing) -> list[Difference]:
    """What differs; what is left to compare is compared first."""
    return [one for one in work.finished() if one is not None]


def _between(then: Standings, now: Standings) -> Comparing:
    return Work([name for name in now if name in then], lambda name: _difference(name, then[name](), now[name]()))


def _difference(name: str, old: Standing, new: Standing) -> Difference | None:
    if (old.ids, old.value) == (new.ids, new.value):
        return None
    if old.ids is None or new.ids is None:
        told = Difference(name, new.label, old.value, new.value, (), (), known=False)
        return told if old.value != new.value else None
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
