"""Where names stand on the sketch of the commune."""

from itertools import combinations

from portal.patrols.models import Landmark, LandmarkKind
from portal.patrols.presenters.sketch import HEIGHT, LETTER, WIDTH, Dot, of_coverage


def drawn(*points: tuple[str, int, int]) -> list[Dot]:
    """The points of a commune as they are drawn; places in thousandths of the sketch."""
    landmarks = [
        Landmark(id=number, name=name, kind=LandmarkKind.VILLAGE, x=x, y=y)
        for number, (name, x, y) in enumerate(points, 1)
    ]
    sketch = of_coverage(landmarks, ())
    assert sketch is not None
    return list(sketch.dots)


def box(dot: Dot) -> tuple[int, int, int, int]:
    """What the name of a point takes: left, top, right, bottom."""
    long = len(dot.name) * LETTER
    left = {"start": dot.label_x, "middle": dot.label_x - long // 2, "end": dot.label_x - long}[dot.anchor]
    return left, dot.label_y - 12, left + long, dot.label_y + 2


def overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_no_name_lies_on_the_mark_of_another_point():
    dots = drawn(("Mốc 790", 300, 300), ("Đăk Mế", 400, 305), ("Iệc", 300, 360))
    for one in dots:
        left, top, right, bottom = box(one)
        assert not [dot.name for dot in dots if left <= dot.x <= right and top <= dot.y <= bottom]


def test_no_name_is_cut_off_at_the_edge_even_where_points_crowd():
    dots = drawn(
        ("Bắc Phong", 960, 400), ("Ngọc Hải", 900, 400), ("Trụ sở xã", 990, 440), ("Ngã ba cửa khẩu", 940, 370)
    )
    for one in dots:
        left, top, right, bottom = box(one)
        assert (left >= 0, top >= 0, right <= WIDTH, bottom <= HEIGHT) == (True, True, True, True), one.name


def test_no_name_lies_on_another_where_there_is_room_for_both():
    dots = drawn(
        ("Mốc 790", 330, 130), ("Ngã ba cửa khẩu", 420, 270), ("Mốc 791", 240, 420), ("Mốc 792", 150, 790),
        ("Suối Đăk Ba", 330, 600), ("Trụ sở xã", 760, 560), ("Bắc Phong", 880, 430), ("Iệc", 560, 400),
        ("Kon Khôn", 500, 720), ("Măng Tôn", 690, 310), ("Ngọc Hải", 900, 680), ("Ngọc Tân", 860, 880),
        ("Tà Ka", 640, 870), ("Đăk Mế", 520, 180),
    )  # fmt: skip
    boxes = [box(one) for one in dots]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
