"""The sketch of the commune: points and the way between them, as numbers for SVG attributes. No map of the earth."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from portal.patrols.models import Landmark, LandmarkKind, Patrol
from portal.patrols.models.landmark import SKETCH

WIDTH, HEIGHT, EDGE = 340, 330, 20  # of the drawing
LETTER = 8  # about as wide as a letter of a label
Box = tuple[int, int, int, int]  # left, top, right, bottom
SHAPES = {LandmarkKind.BORDER_MARKER: "stone", LandmarkKind.POST: "post"}


@dataclass(frozen=True)
class Dot:
    """A point: where it stands, its shape (stone, post, place or attention), its name, and where that is written."""

    x: int
    y: int
    shape: str
    name: str
    label_x: int
    label_y: int
    anchor: str
    faint: bool = False


@dataclass(frozen=True)
class Sketch:
    dots: Sequence[Dot]
    border: str  # points of a line through the border markers, from edge to edge
    out: str  # points of what lies beyond it
    route: str
    words: str  # the same for whoever does not see it

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"


def of_patrol(patrol: Patrol, landmarks: Iterable[Landmark]) -> Sketch | None:
    """The points that were passed, or are to be, and the others faintly; None where none is on the sketch."""
    stops = [stop for stop in (patrol.passed if patrol.log_number else patrol.ways) if stop.landmark]
    way = [stop.landmark for stop in stops if stop.landmark]
    if not way:
        return None
    wanting = {stop.landmark_id for stop in stops if stop.attention}
    return _drawn(list(landmarks), way, wanting, faint=True)


def of_coverage(landmarks: Iterable[Landmark], wanting: Collection[int]) -> Sketch | None:
    """All points; those that nobody passed for long are marked."""
    points = list(landmarks)
    return _drawn(points, [], wanting, faint=False) if points else None


def _drawn(points: list[Landmark], way: list[Landmark], wanting: Collection[int | None], *, faint: bool) -> Sketch:
    passed = {one.id for one in way}
    every = [*points, *(one for one in way if one.id not in {point.id for point in points})]
    markers = sorted((one for one in every if one.kind == LandmarkKind.BORDER_MARKER), key=lambda one: one.y)
    line = [_place(one) for one in markers]
    edge = [(line[0][0], 0), *line, (line[-1][0], HEIGHT)] if line else []
    names = " – ".join(one.name for one in (way or every))
    return Sketch(
        tuple(_dots(every, wanting, {one.id for one in every if faint and one.id not in passed})),
        _points(edge), _points([(0, 0), *edge, (0, HEIGHT)]) if edge else "",
        _points([_place(one) for one in way]) if len(way) > 1 else "", names,
    )  # fmt: skip


def _dots(points: Iterable[Landmark], wanting: Collection[int | None], faint: Collection[int]) -> list[Dot]:
    """Each name stands where it fits and lies on no other: at the right, the left, under or over its point."""
    taken: list[Box] = []
    dots = []
    for one in sorted(points, key=lambda one: (one.id in faint, one.y)):
        x, y = _place(one)
        long = len(one.name) * LETTER
        free = [way for way in _ways(x, y, long) if _fits(way[0], taken)]
        box, label_x, label_y, anchor = (free or _ways(x, y, long))[0]
        taken.append(box)
        shape = "attention" if one.id in wanting else SHAPES.get(one.kind, "place")
        dots.append(Dot(x, y, shape, one.name, label_x, label_y, anchor, one.id in faint))
    return dots


def _ways(x: int, y: int, long: int) -> list[tuple[Box, int, int, str]]:
    """The box that a name would take, and where its text begins."""
    return [
        ((x + 13, y - 8, x + 13 + long, y + 8), x + 13, y + 5, "start"),
        ((x - 13 - long, y - 8, x - 13, y + 8), x - 13, y + 5, "end"),
        ((x - long // 2, y + 11, x + long // 2, y + 27), x, y + 24, "middle"),
        ((x - long // 2, y - 27, x + long // 2, y - 11), x, y - 14, "middle"),
    ]


def _fits(box: Box, taken: Iterable[Box]) -> bool:
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT
    return inside and all(right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for one in taken)


def _place(one: Landmark) -> tuple[int, int]:
    return (
        EDGE + one.x * (WIDTH - 2 * EDGE) // SKETCH,
        EDGE + one.y * (HEIGHT - 2 * EDGE) // SKETCH,
    )


def _points(pairs: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
