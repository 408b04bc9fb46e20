"""A month of the roster as its page shows it: a row a day, a column a force."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from portal.duties.models import DutyRoster
from portal.duties.roster import gone_among
from portal.engine import clock
from portal.engine.vietnamese import place_key, sort_key
from portal.organisation.models import Unit


@dataclass(frozen=True)
class Cell:
    """Who is on call for a force on a day; *hour* only where the turn does not begin at the usual one.

    *left*: who stood there has left. Of a day that is over they stay, from today on the turn is *free*.
    """

    force: str
    name: str = ""
    hour: int | None = None
    left: bool = False
    free: bool = False


@dataclass(frozen=True)
class Day:
    on: date
    is_today: bool
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Numbers:
    """Under which number each of a force is called in that month, by name: once, however often they are on call."""

    force: str
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Month:
    """*usual_hour* is the one at which most turns begin; there is none where nobody is written down."""

    usual_hour: int | None
    forces: Sequence[str]
    days: Sequence[Day]
    numbers: Sequence[Numbers]

    @property
    def free(self) -> int:
        """How many turns wait for somebody else than who left."""
        return sum(cell.free for day in self.days for cell in day.cells)

    @property
    def past(self) -> Sequence[Day]:
        """The days that are over, of a month that is not: a phone folds them. A month that is over has none to fold."""
        today = clock.today()
        return [day for day in self.days if day.on < today <= self.days[-1].on]

    @property
    def rest(self) -> Sequence[Day]:
        return self.days[len(self.past) :]


def month(turns: Iterable[DutyRoster]) -> Month:
    """Lay out turns that come by day."""
    shown = list(turns)
    gone = gone_among(shown)
    hours = Counter(turn.from_hour for turn in shown)
    usual = hours.most_common(1)[0][0] if hours else None
    forces = sorted(
        {turn.unit_id: turn.unit for turn in shown}.values(), key=lambda unit: (place_key(unit.title), unit.id)
    )
    days = [_day(on, of_day, forces, usual, gone) for on, of_day in groupby(shown, key=lambda turn: turn.on)]
    here = [turn for turn in shown if turn.id not in gone]
    return Month(usual, [unit.title for unit in forces], days, [_numbers(unit, here) for unit in forces])


def _numbers(unit: Unit, turns: Sequence[DutyRoster]) -> Numbers:
    own = (turn for turn in turns if turn.unit_id == unit.id and turn.phone)
    return Numbers(
        unit.title,
        sorted({(turn.user.full_name, turn.phone) for turn in own}, key=lambda one: (sort_key(one[0]), one[1])),
    )


def _day(
    on: date, turns: Iterable[DutyRoster], forces: Iterable[Unit], usual: int | None, gone: Collection[int]
) -> Day:  # fmt: skip
    by_force = {turn.unit_id: turn for turn in turns}
    return Day(on, on == clock.today(), [_cell(unit, by_force, usual, gone) for unit in forces])


def _cell(unit: Unit, turns: Mapping[int, DutyRoster], usual: int | None, gone: Collection[int]) -> Cell:
    turn = turns.get(unit.id)
    if turn is None:
        return Cell(unit.title)
    hour = turn.from_hour if turn.from_hour != usual else None
    left = turn.id in gone
    return Cell(unit.title, turn.user.full_name, hour, left, free=left and turn.on >= clock.today())
