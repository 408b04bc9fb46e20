# ruff: noqa: E501 -- a table is read along its rows
"""The patrols of the example as tables: the days are the story's, whatever recurs follows by rule.

Points, names of people and what was seen are invented; the sketch has no scale and lies nowhere on the earth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.story import day
from portal.law.days import add_months
from portal.patrols.models import LandmarkKind, PatrolKind

ORDER, BORDER = PatrolKind.ORDER, PatrolKind.BORDER
FIRST_BORDER_PATROL, END_OF_TABLE = date(2023, 1, 18), date(2024, 8, 31)
FRIDAY = 4

# kind, code, name, x, y, village
POINTS = (
    (LandmarkKind.BORDER_MARKER, "790", "Mốc 790", 330, 130, ""),
    (LandmarkKind.BORDER_MARKER, "791", "Mốc 791", 240, 420, ""),
    (LandmarkKind.BORDER_MARKER, "792", "Mốc 792", 150, 790, ""),
    (LandmarkKind.CHECK_POINT, "", "Suối Đăk Ba", 330, 600, ""),
    (LandmarkKind.CHECK_POINT, "", "Ngã ba cửa khẩu", 420, 270, ""),
    (LandmarkKind.POST, "", "Trụ sở xã", 760, 560, ""),
    (LandmarkKind.VILLAGE, "", "Đăk Mế", 520, 180, "DME"),
    (LandmarkKind.VILLAGE, "", "Iệc", 560, 400, "IEC"),
    (LandmarkKind.VILLAGE, "", "Măng Tôn", 690, 310, "MTO"),
    (LandmarkKind.VILLAGE, "", "Kon Khôn", 500, 720, "KKH"),
    (LandmarkKind.VILLAGE, "", "Bắc Phong", 880, 430, "BPH"),
    (LandmarkKind.VILLAGE, "", "Ngọc Hải", 900, 680, "NHA"),
    (LandmarkKind.VILLAGE, "", "Tà Ka", 640, 870, "TKA"),
    (LandmarkKind.VILLAGE, "", "Ngọc Tân", 860, 880, "NTA"),
)  # fmt: skip
MARKERS = ("Mốc 790", "Suối Đăk Ba", "Mốc 791")
VILLAGES = ("Bắc Phong", "Ngọc Hải", "Măng Tôn", "Kon Khôn", "Ngọc Tân", "Iệc", "Đăk Mế", "Tà Ka")
TEAM_LEADERS = {  # who leads the team of a village
    "Bắc Phong": "Lương Văn Thiết", "Ngọc Hải": "Trần Đình Khoái", "Măng Tôn": "Đỗ Văn Sỹ", "Kon Khôn": "A Gring",
    "Ngọc Tân": "Hồ Văn Thạnh", "Iệc": "A Tưi", "Đăk Mế": "Thao Blơi", "Tà Ka": "A Nhơi",
}  # fmt: skip


@dataclass(frozen=True)
class Outing:
    """A patrol of the story: when, past which points, what was found."""

    kind: PatrolKind
    on: date
    hour: int
    minute: int
    points: tuple[str, ...]
    violations: int = 0
    conclusion: str = "Không phát hiện vi phạm pháp luật."
    recommendation: str = ""
    disputed: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.on}/{self.hour}"

    @property
    def village(self) -> str | None:
        """The village whose team goes along; none does along the border."""
        return self.points[0] if self.kind == ORDER else None

    @property
    def hours(self) -> int:
        return 9 if self.kind == BORDER else 3


def _order(on: str, hour: int, minute: int, village: str, **more: object) -> Outing:
    return Outing(ORDER, day(on), hour, minute, (village,), **more)  # type: ignore[arg-type]


TOLD = (
    _order("18/01/2023", 20, 0, "Ngọc Hải"),
    _order("27/04/2023", 20, 0, "Bắc Phong"),
    _order("29/04/2023", 21, 0, "Măng Tôn"),
    _order("23/06/2023", 20, 30, "Kon Khôn", violations=1, conclusion="Một trường hợp tụ tập gây ồn sau 22 giờ, đã nhắc nhở, lập biên bản."),
    _order("21/07/2023", 20, 0, "Iệc"),
    _order("18/08/2023", 20, 0, "Ngọc Tân"),
    _order("05/07/2024", 20, 0, "Bắc Phong"),
    _order("12/07/2024", 21, 0, "Ngọc Hải"),
    _order("19/07/2024", 20, 30, "Măng Tôn"),
    _order("26/07/2024", 21, 0, "Kon Khôn"),
    _order("02/08/2024", 20, 0, "Bắc Phong"),
    _order("09/08/2024", 22, 30, "Ngọc Hải"),
    _order("16/08/2024", 20, 0, "Ngọc Tân"),
    _order("23/08/2024", 21, 0, "Iệc"),
)  # fmt: skip


def outings(until: date) -> Iterator[Outing]:
    """The told ones, a border patrol on the 18th of each month, and order patrols on two Fridays since the told part."""
    yield from (one for one in TOLD if one.on <= until)
    month = FIRST_BORDER_PATROL.replace(day=1)
    while month <= until:
        yield _border(month)
        if month > END_OF_TABLE:
            yield from _fridays(month)
        month = add_months(month, 1)


def _border(month: date) -> Outing:
    """Each quarter the third marker instead of the second; once a year something is recommended, once disputed."""
    markers = (*MARKERS[:2], "Mốc 792") if month.month % 3 == 0 else MARKERS
    wish = "Phát quang đường tuần tra trước mùa mưa." if month.month == 4 else ""
    other = "Giờ đến Mốc 791 ghi chưa đúng, đề nghị xem lại." if month.month == 9 else ""
    seen = "Mốc nguyên vẹn, đường biên ổn định; không phát hiện vi phạm."
    return Outing(BORDER, month.replace(day=18), 7, 15, markers, 0, seen, wish, other)


def _fridays(month: date) -> Iterator[Outing]:
    """The second and the fourth."""
    first = month + timedelta(days=(FRIDAY - month.weekday()) % 7)
    for number, weeks in enumerate((1, 3)):
        village = VILLAGES[(2 * month.month + number) % len(VILLAGES)]
        yield Outing(ORDER, first + timedelta(weeks=weeks), 20, 0, (village,))


# Protected events, recorded on the day after: occasion, day, place, how it went.
PROTECTED = (
    ("Đêm giao thừa Tết Giáp Thìn", day("09/02/2024"), "Trung tâm xã", "An toàn, không có vụ việc."),
    ("Lễ hội mừng lúa mới của đồng bào Brâu", day("15/11/2025"), "thôn Đăk Mế", "An toàn, trật tự."),
    ("Đoàn đại biểu huyện bạn sang thăm", day("20/08/2026"), "Cửa khẩu", "Đón, tiễn đoàn an toàn."),
)  # fmt: skip
