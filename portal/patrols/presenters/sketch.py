"""The sketch of the commune: points and the way between them, as numbers for SVG attributes. No map of the earth."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from portal.patrols.models import Landmark, LandmarkKind, Patrol
from portal.patrols.models.landmark import SKETCH

WIDTH, HEIGHT, EDGE = 340, 330, 20  # of the drawing
LETTER = 8  # about as wide as a letter of a label
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
    stops = [stop for stop in patrol.ways if stop.landmark]
    if patrol.log_number:
        stops = sorted((stop for stop in stops if stop.at), key=lambda stop: (stop.at, stop.id))
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
        tuple(_dot(one, wanting, faint=faint and one.id not in passed) for one in every),
        _points(edge), _points([(0, 0), *edge, (0, HEIGHT)]) if edge else "",
        _points([_place(one) for one in way]) if len(way) > 1 else "", names,
    )  # fmt: skip


def _dot(one: Landmark, wanting: Collection[int | None], *, faint: bool) -> Dot:
    """The name stands at the right of its point, or at the left where it would not fit."""
    x, y = _place(one)
    shape = "attention" if one.id in wanting else SHAPES.get(one.kind, "place")
    fits = x + 14 + len(one.name) * LETTER <= WIDTH
    return Dot(x, y, shape, one.name, x + 13 if fits else x - 13, y + 5, "start" if fits else "end", faint)


def _place(one: Landmark) -> tuple[int, int]:
    return (
        EDGE + one.x * (WIDTH - 2 * EDGE) // SKETCH,
        EDGE + one.y * (HEIGHT - 2 * EDGE) // SKETCH,
    )


def _points(pairs: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
