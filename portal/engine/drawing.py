"""Where the bars of a chart stand: numbers for SVG attributes, in percent across and in pixels upwards.

So the text of a picture has one size at every width. Numbers and names that do not fit the width of a phone are left
out there (`wide`); whoever needs them has the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from portal.engine.charts import HOLLOW, Bar, Chart

PLOT, OVER, UNDER = 150, 22, 26  # of columns: the highest one, room for a number above it and for a name below
SMALL, EDGE = 28, 2  # the highest of small columns, which go without words, and the room over and under them
FEWEST = 4  # columns have room for at least so many, so that one alone is no wall
GAP = 0.12  # of the room of a column, at either side
DIGIT, APART = 8, 6  # pixels
PHONE, DESK = 270, 600  # how wide a picture is at the least
LETTERS = 26  # of a name on one line over a bar
LINE, THICK, BETWEEN = 20, 10, 14  # of bars: a line of a name, the bar, the room to the next
INSIDE = 18  # the lowest stretch that has room for its number


@dataclass(frozen=True)
class Stretch:
    """A rectangle, and its number where there is room for it inside."""

    x: float
    y: float
    width: float
    height: float
    look: str
    number: int | None = None


@dataclass(frozen=True)
class Word:
    """A number or name at a place; *wide* ones are left out on a phone."""

    x: float
    y: float
    text: str | int
    wide: bool = False


@dataclass(frozen=True)
class Drawing:
    """A picture of columns: they stand on *base* and are held against the line at *limit*."""

    height: int
    base: int
    stretches: Sequence[Stretch]
    limit: float | None
    numbers: Sequence[Word] = ()
    names: Sequence[Word] = ()


def upright(chart: Chart) -> Drawing:
    """Bars that stand side by side, as months and weeks do."""
    base = OVER + PLOT
    stretches, limit = _columns(chart, base, PLOT)
    return Drawing(base + UNDER, base, stretches, limit, _numbers(chart, base), _names(chart, base))


def small(chart: Chart) -> Drawing:
    """The same without words, low enough for the row of a table."""
    stretches, limit = _columns(chart, EDGE + SMALL, SMALL)
    return Drawing(2 * EDGE + SMALL, EDGE + SMALL, stretches, limit)


def _columns(chart: Chart, base: int, plot: int) -> tuple[list[Stretch], float | None]:
    """The bars over a line at *base*, the highest of them *plot* high; and how high their limit stands."""
    unit, room = plot / chart.top, _room(chart)
    stretches = [one for at, bar in enumerate(chart.bars) for one in _stacked(bar, at * room, room, base, unit)]
    return stretches, round(base - unit * chart.limit.value, 1) if chart.limit else None


def _room(chart: Chart) -> float:
    """How much of the width a column has, in percent."""
    return 100 / max(len(chart.bars), FEWEST)


def _stacked(bar: Bar, x: float, room: float, base: float, unit: float) -> Iterator[Stretch]:
    """The parts of a column, one on the other."""
    several = sum(bool(part.value) for part in bar.parts) > 1
    for part in bar.parts:
        high = round(part.value * unit, 1)
        base = round(base - high, 1)
        if part.value:
            number = part.value if several and high >= INSIDE else None
            yield Stretch(round(x + GAP * room, 2), base, round(room * (1 - 2 * GAP), 2), high, part.look, number)


def _numbers(chart: Chart, base: int) -> list[Word]:
    """How much each column is, over it."""
    shown = _shown(len(chart.bars), max((len(f"{bar.total:,}") for bar in chart.bars), default=0))
    return [
        Word(_middle(chart, at), round(base - PLOT * bar.total / chart.top - 5, 1), bar.total, shown[at])
        for at, bar in enumerate(chart.bars)
        if bar.total and at in shown
    ]


def _names(chart: Chart, base: int) -> list[Word]:
    names = [bar.short or bar.label for bar in chart.bars]
    shown = _shown(len(names), max(map(len, names), default=0))
    return [Word(_middle(chart, at), base + 18, name, shown[at]) for at, name in enumerate(names) if at in shown]


def _middle(chart: Chart, at: int) -> float:
    return round((at + 0.5) * _room(chart), 2)


def _shown(count: int, letters: int) -> dict[int, bool]:
    """Which of some columns have room for a text, counted from the last; true for those that a phone leaves out."""
    each = letters * DIGIT + APART
    on_desk = max(1, -(-count * each // DESK))
    on_phone = on_desk * max(1, -(-count * each // (PHONE * on_desk)))
    back = {at: count - 1 - at for at in range(count)}
    return {at: bool(steps % on_phone) for at, steps in back.items() if steps % on_desk == 0}


@dataclass(frozen=True)
class Row:
    """A bar that lies under its name: the lines of the name, where they stand, and how much it is."""

    name: Sequence[Word]
    number: Word
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class Lying:
    """A picture of lying bars; *limit* is at which percent across stands what they are held against."""

    height: int
    rows: Sequence[Row]
    limit: float | None


def lying(chart: Chart) -> Lying:
    """Bars that lie one under the other, as places do: a name may be long."""
    found, y = [], 0
    for bar in chart.bars:
        lines = wrap(bar.label, LETTERS)
        under = y + LINE * len(lines) + 2
        name = [Word(0, y + LINE * number - 5, line) for number, line in enumerate(lines, 1)]
        number = Word(100, y + LINE - 5, bar.endless or bar.total)
        found.append(Row(name, number, list(_side_by_side(bar, under, chart.top))))
        y = under + THICK + BETWEEN
    return Lying(y, found, round(100 * chart.limit.value / chart.top, 2) if chart.limit else None)


def _side_by_side(bar: Bar, y: float, top: int) -> Iterator[Stretch]:
    """The parts of a lying bar, on the track of the whole scale."""
    yield Stretch(0, y, 100, THICK, HOLLOW if bar.endless else "track")
    x = 0.0
    for part in bar.parts:
        share = round(100 * part.value / top, 2)
        if share:
            yield Stretch(x, y, share, THICK, part.look)
        x = round(x + share, 2)
