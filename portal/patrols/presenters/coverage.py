"""Which point nobody passed for how long, by any force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.engine import clock
from portal.engine.text import _, ngettext
from portal.patrols.models import LANDMARK_KIND_NAMES, Landmark
from portal.patrols.models.patrol import local_day
from portal.patrols.presenters.sketch import Sketch, of_coverage
from portal.patrols.queries import landmarks_on, last_visits, who_passed

LONG = 31  # days after which a point wants somebody to pass: our own policy


@dataclass(frozen=True)
class Row:
    """A point with its last visit."""

    landmark: Landmark
    kind: Any
    last_on: date | None
    days: int | None  # since then; since the point exists where nobody ever came
    times: int
    forces: Sequence[str]

    @property
    def long_ago(self) -> bool:
        return self.last_on is None or (self.days or 0) > LONG

    @property
    def shape(self) -> str:
        return "soon" if self.long_ago else "done"

    @property
    def told(self) -> str:
        if self.last_on is None:
            return str(_("Nobody has passed yet"))
        if self.days == 0:
            return str(_("today"))
        return str(ngettext("%(num)s day ago", "%(num)s days ago", self.days or 0))


def coverage(commune_id: int, until: date | None = None) -> list[Row]:
    """Every point that exists, the one that was left alone longest first."""
    until = until or clock.today()
    points, visits = landmarks_on(commune_id, until), last_visits(commune_id, until)
    forces = who_passed([one.id for one in points], visits)
    rows = [_row(one, visits.get(one.id), forces.get(one.id, ()), until) for one in points]
    return sorted(rows, key=lambda row: (row.last_on is not None, -(row.days or 0), row.landmark.name))


def _row(one: Landmark, visit: Any, forces: Sequence[str], until: date) -> Row:
    last_on = local_day(visit[0]) if visit else None
    days = (until - (last_on or one.valid_from)).days
    return Row(one, LANDMARK_KIND_NAMES[one.kind], last_on, days, visit[1] if visit else 0, forces)


def drawn(rows: Sequence[Row]) -> Sketch | None:
    return of_coverage([row.landmark for row in rows], {row.landmark.id for row in rows if row.long_ago})
