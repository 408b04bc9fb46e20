"""Which point nobody passed for how long, by any force, and by each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.engine import clock
from portal.engine.charts import FULL, HATCHED, HOLLOW, Bar, Chart, Limit, Part
from portal.engine.presentation import day
from portal.engine.text import _, ngettext
from portal.engine.vietnamese import place_key
from portal.organisation.models import SIGNING, Unit, UnitKind
from portal.organisation.queries import forces_on, villages
from portal.patrols.models import LANDMARK_KIND_NAMES, Landmark
from portal.patrols.presenters.sketch import Sketch, of_coverage
from portal.patrols.queries import landmarks_on, last_visits, last_visits_of_forces

LONG = 31  # days after which a point wants somebody to pass: our own policy


@dataclass(frozen=True)
class Row:
    """A point with its last visit."""

    landmark: Landmark
    kind: Any
    last_on: date | None
    days: int | None  # since then; since the point exists where nobody ever came
    times: int
    forces: Sequence[str]  # who came then
    each: Sequence[tuple[str, int | None]] = ()  # of every force that goes on patrols how many days ago it came

    @property
    def long_ago(self) -> bool:
        return (self.days or 0) > LONG

    @property
    def others(self) -> list[tuple[str, int | None]]:
        """The forces that were not there the last time, where anybody was."""
        return [(name, days) for name, days in self.each if name not in self.forces] if self.last_on else []

    @property
    def passed_by(self) -> str:
        """Who came the last time; their names only where one of those that are asked of was not there."""
        if self.each and not self.others and len(self.forces) > 2:
            return str(ngettext("all %(num)s force", "all %(num)s forces", len(self.forces)))
        return ", ".join(self.forces)

    @property
    def shape(self) -> str:
        return "soon" if self.long_ago else "done"

    @property
    def told(self) -> str:
        return ago(None if self.last_on is None else self.days or 0)


def ago(days: int | None) -> str:
    """How long ago somebody passed, or one force; None where that never was."""
    if days is None:
        return str(_("Not passed yet"))
    return str(ngettext("%(num)s day ago", "%(num)s days ago", days)) if days else str(_("today"))


def coverage(commune_id: int, until: date | None = None, unit: Unit | None = None) -> list[Row]:
    """Every point that exists, the one that was left alone longest first: by any force, or by one of them."""
    until = until or clock.today()
    points, visits = landmarks_on(commune_id, until), last_visits(commune_id, until, unit)
    passing, units = last_visits_of_forces(commune_id, until), forces_on(commune_id, until)
    rows = [_row(one, visits.get(one.id), passing.get(one.id, {}), units, until) for one in points]
    return sorted(rows, key=lambda row: (row.last_on is not None, -(row.days or 0), place_key(row.landmark.name)))


def _row(
    one: Landmark, visit: tuple[datetime, int] | None, passing: Mapping[int, datetime], units: Sequence[Unit],
    until: date,
) -> Row:  # fmt: skip
    at, times = visit or (None, 0)
    last_on = clock.day_of(at) if at else None
    days = (until - (last_on or one.valid_from)).days
    came = [unit.title for unit in units if at and passing.get(unit.heir_id or unit.id) == at]
    return Row(
        one, LANDMARK_KIND_NAMES[one.kind], last_on, days, times, came, tuple(_each(passing, walking(units), until))
    )


def _each(passing: Mapping[int, datetime], units: Sequence[Unit], until: date) -> list[tuple[str, int | None]]:
    came = ((unit.title, passing.get(unit.heir_id or unit.id)) for unit in units)
    return [(name, (until - clock.day_of(at)).days if at else None) for name, at in came]


def walking(units: Sequence[Unit]) -> list[Unit]:
    """Of some forces those that go on patrols by their task: each is asked of by itself."""
    return [unit for unit in units if unit.kind in SIGNING and unit.kind != UnitKind.COMMITTEE]


def without_a_point(rows: Sequence[Row], commune_id: int) -> list[str]:
    """Villages of which nobody can say whether anybody passed: the catalogue has no point there."""
    known = {row.landmark.village_id for row in rows}
    return [village.title for village in villages(commune_id) if village.id not in known]


def drawn(rows: Sequence[Row]) -> Sketch | None:
    return of_coverage([row.landmark for row in rows], {row.landmark.id for row in rows if row.long_ago})


def chart(rows: Sequence[Row], a_month: int | None) -> Chart:
    """The days since each point was passed, against the month in which it is to be; *a_month* patrols are planned."""
    looks = {
        FULL: _("Passed within %(days)s days", days=LONG),
        HATCHED: _("Passed longer ago"),
        HOLLOW: _("Never passed since the point exists"),
    }
    return Chart(
        "coverage", _("Days since each point was passed"), _finding(rows, a_month), _("Point"), _("Days since then"),
        [_bar(row) for row in rows],
        looks=looks, limit=Limit(LONG, _("Once in %(days)s days, as is wanted", days=LONG)), telling=_("Last passed"),
        empty="" if rows else _("The catalogue of points is empty."),
    )  # fmt: skip


def _bar(row: Row) -> Bar:
    """What nobody ever passed has no number of days."""
    if row.last_on is None:
        return Bar(row.landmark.name, (), told=row.told, endless=_("never"))
    part = Part(row.days or 0, HATCHED if row.long_ago else FULL)
    return Bar(row.landmark.name, (part,), told=day(row.last_on))


def _finding(rows: Sequence[Row], a_month: int | None) -> str:
    told = {"count": sum(row.long_ago for row in rows), "all": len(rows), "days": LONG}
    if a_month is None:
        return _("%(count)s of %(all)s points were not passed for more than %(days)s days.", **told)
    return _(
        "%(count)s of %(all)s points were not passed for more than %(days)s days. The coordination plan asks for "
        "%(patrols)s patrols this month.", patrols=a_month, **told,
    )  # fmt: skip
