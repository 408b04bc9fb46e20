"""The sketch of the commune: points and the way between them, as numbers for SVG attributes. No map of the earth."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from portal.patrols.models import Landmark, LandmarkKind, Patrol
from portal.patrols.models.landmark import SKETCH

WIDTH, HEIGHT, EDGE = 340, 330, 20  # of the drawing
LETTER = 9  # about as wide as a bold letter of a label
HALF = 10  # of the height of a label
MARK = 9  # from the middle of a point to its edge
Box = tuple[int, int, int, int]  # left, top, right, bottom
Way = tuple[Box, int, int, str]  # the box that a name takes, and where its text begins
Laid = tuple[Landmark, Way]
ORDERS: tuple[Callable[[Landmark], int], ...] = (
    lambda one: one.y, lambda one: -one.y, lambda one: one.x, lambda one: -one.x, lambda one: -len(one.name),
)  # fmt: skip
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


def _dots(points: Sequence[Landmark], wanting: Collection[int | None], faint: Collection[int]) -> list[Dot]:
    """Each name stands where it fits, and lies on no point and no other name: beside its point, under or over it.

    Whichever comes first takes the best place, so several orders are tried; those without a name stand back.
    """
    orders = (sorted(points, key=lambda one: (one.id in faint, order(one))) for order in ORDERS)
    laid = min((_laid(every) for every in orders), key=_crossings)
    return [
        Dot(*_place(one), _shape(one, wanting), one.name, label_x, label_y, anchor, one.id in faint)
        for one, (_box, label_x, label_y, anchor) in laid
    ]


def _shape(one: Landmark, wanting: Collection[int | None]) -> str:
    return "attention" if one.id in wanting else SHAPES.get(one.kind, "place")


def _laid(points: Sequence[Landmark]) -> list[Laid]:
    """The points with their names, each at the place that was the best when its turn came."""
    taken = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in map(_place, points)]
    laid: list[Laid] = []
    for one in points:
        way = min(_ways(*_place(one), len(one.name) * LETTER), key=lambda way: _harm(way[0], taken))
        taken.append(way[0])
        laid.append((one, way))
    return laid


def _crossings(laid: Sequence[Laid]) -> tuple[int, int]:
    """How many names are cut off, and how many lie on a point or on another name."""
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in (_place(one[0]) for one in laid)]
    boxes = [way[0] for _one, way in laid]
    harm = [_harm(box, [*marks, *boxes[:place]]) for place, box in enumerate(boxes)]
    return sum(cut for cut, _on in harm), sum(on for _cut, on in harm)


def _ways(x: int, y: int, long: int) -> list[Way]:
    """Where a name may stand: beside its point, under it or over it."""
    return [
        ((x + 13, y - HALF, x + 13 + long, y + HALF), x + 13, y + 5, "start"),
        ((x - 13 - long, y - HALF, x - 13, y + HALF), x - 13, y + 5, "end"),
        ((x - long // 2, y + 10, x + long // 2, y + 30), x, y + 24, "middle"),
        ((x - long // 2, y - 30, x + long // 2, y - 10), x, y - 14, "middle"),
        ((x - 4, y + 10, x - 4 + long, y + 30), x - 4, y + 25, "start"),
        ((x + 4 - long, y + 10, x + 4, y + 30), x + 4, y + 25, "end"),
        ((x - 4, y - 30, x - 4 + long, y - 10), x - 4, y - 15, "start"),
        ((x + 4 - long, y - 30, x + 4, y - 10), x + 4, y - 15, "end"),
    ]


def _harm(box: Box, taken: Iterable[Box]) -> tuple[bool, int]:
    """Whether a name would be cut off, then on how many others it would lie."""
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT
    clear = (right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for one in taken)
    return not inside, sum(not one for one in clear)


def _place(one: Landmark) -> tuple[int, int]:
    return (
        EDGE + one.x * (WIDTH - 2 * EDGE) // SKETCH,
        EDGE + one.y * (HEIGHT - 2 * EDGE) // SKETCH,
    )


def _points(pairs: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
