"""Who is on the review list of the example, when each was tested and with what result: every name is made up.

The fixed part is that of a real report; what comes after 2024 follows by rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases.models import CaseType
from portal.demo import chance, later, story, working_days
from portal.demo.story import File
from portal.drugs.models import ReviewSource
from portal.law.days import add_months
from portal.law.rule import ACT_2025

# Nos. 1 to 56 of the list. Nos. 4 and 41 are two people of one name.
NAMES = (
    ("Nguyễn Văn Bách", "BPH"), ("Trần Minh Khoát", "BPH"), ("Y Brech", "BPH"), ("Phạm Công Cẩn", "BPH"),
    ("Vũ Hữu Lịch", "MTO"), ("A Chôi", "KKH"), ("Bùi Minh Chiểu", "NTA"), ("Ngô Đức Mẫn", "IEC"), ("Y Dui", "BPH"),
    ("Hồ Hữu Dĩnh", "NHA"), ("Nguyễn Đức Nhẫn", "DME"), ("A Gơl", "NHA"), ("Lê Hữu Đoán", "DME"),
    ("Phạm Văn Oánh", "BPH"), ("Y Hngar", "NHA"), ("Đỗ Đức Gia", "BPH"), ("Bùi Công Phấn", "MTO"), ("A Klot", "BPH"),
    ("Phan Văn Hiến", "NHA"), ("Hồ Minh Quỳ", "TKA"), ("Y Lum", "TKA"), ("Trần Văn Lịch", "BPH"),
    ("Lê Minh Sắc", "MTO"), ("A Mlôn", "BPH"), ("Vũ Công Mẫn", "NHA"), ("Đỗ Hữu Tảo", "KKH"), ("Y Nhrang", "NHA"),
    ("Ngô Minh Nhẫn", "MTO"), ("Phan Đức Thụy", "IEC"), ("A Pleo", "IEC"), ("Nguyễn Minh Oánh", "IEC"),
    ("Trần Đức Ước", "MTO"), ("Y Rchăm", "KKH"), ("Phạm Hữu Phấn", "BPH"), ("Vũ Văn Vịnh", "KKH"),
    ("A Sring", "NHA"), ("Bùi Đức Quỳ", "NTA"), ("Ngô Công Bách", "DME"), ("Y Tưl", "NHA"), ("Hồ Văn Rạng", "KKH"),
    ("Phạm Công Cẩn", "NTA"), ("A Uêr", "NHA"), ("Lê Văn Tảo", "MTO"), ("Phạm Minh Dĩnh", "IEC"), ("Y Vlưk", "NHA"),
    ("Đỗ Công Thụy", "KKH"), ("Bùi Hữu Đoán", "NHA"), ("A Xrơn", "NTA"), ("Phan Minh Ước", "MTO"),
    ("Hồ Đức Gia", "DME"), ("Y Brơm", "NHA"), ("Trần Minh Vịnh", "NHA"), ("Lê Đức Hiến", "KKH"), ("A Chreo", "NTA"),
    ("Vũ Hữu Bách", "BPH"), ("Đỗ Văn Khoát", "MTO"),
)  # fmt: skip
LISTED_ON = ((20, date(2024, 7, 8)), (36, date(2024, 7, 10)), (48, date(2024, 7, 15)), (56, date(2024, 7, 19)))
TESTED_ON = {
    date(2024, 7, 15): (1, 4, 7, 10, 13),
    date(2024, 7, 22): (2, 21, 24, 28),
    date(2024, 7, 29): (5, 30, 33, 37),
    date(2024, 8, 5): (8, 39, 44),
    date(2024, 8, 12): (11, 50),
}
MANAGED = {4: "DM-01", 13: "DM-02", 24: "DM-03", 33: "DM-04", 44: "DM-05", 50: "DM-06"}  # whose test was positive
REST_FROM, REST_A_MONTH = date(2024, 9, 16), 6  # those who were not called in by then, in the months after
OFF_THE_LIST = timedelta(days=150)  # after a negative test: before the review of half a year is over
SOURCES = (
    (ReviewSource.VILLAGE, "Tổ an ninh thôn phản ánh có biểu hiện nghi sử dụng trái phép chất ma túy."),
    (ReviewSource.FAMILY, "Gia đình đề nghị Công an xã phối hợp kiểm tra, giáo dục."),
    (ReviewSource.PATROL, "Qua nắm tình hình địa bàn, thường tụ tập với người có biểu hiện nghi vấn."),
    (ReviewSource.TIP, "Có tin báo qua hòm thư; chưa kiểm chứng."),
    (ReviewSource.EARLIER_FILE, "Từng bị xử phạt về hành vi sử dụng trái phép chất ma túy."),
)
LATER_FROM, LATER_EACH = date(2025, 2, 5), 3  # people who come onto the list each quarter after the told part
CALLED_AFTER = timedelta(days=21)


@dataclass(frozen=True)
class Reviewed:
    """Somebody on the list. *managed* is the code of the file that a positive test led to."""

    key: str
    name: str
    village: str
    listed_on: date
    born: int
    tested_on: date | None
    managed: str = ""
    fined_on: date | None = None
    off_on: date | None = None

    @property
    def source(self) -> tuple[ReviewSource, str]:
        return chance.choice(SOURCES, self.key, "source")

    @property
    def review_until(self) -> date:
        return add_months(self.listed_on, 6)


def reviewed(today: date) -> Iterator[Reviewed]:
    """Everybody who is on the list by a day, or was."""
    yield from (one for one in _all(today) if one.listed_on <= today)


def _all(today: date) -> Iterator[Reviewed]:
    files = {file.code: file for file in (*story.DRUG_USERS, *later.files_until(today))}
    yield from (_of_list(number, files) for number in range(1, len(NAMES) + 1))
    known = set(MANAGED.values())
    for file in files.values():
        if file.type == CaseType.DRUG_USER_MANAGEMENT and file.code not in known:
            yield _of_file(file)
    yield from _of_later_quarters(today)
    yield from _of_these_days(today)


def _of_list(number: int, files: dict[str, File]) -> Reviewed:
    (name, village), key = NAMES[number - 1], f"RS-{number:02d}"
    listed_on = next(on for last, on in LISTED_ON if number <= last)
    tested_on = next((on for on, numbers in TESTED_ON.items() if number in numbers), None) or _rest(number)
    file = files.get(MANAGED.get(number, ""))
    if file is not None:
        off_on = file.ends_early or add_months(file.starts_on, 12)
        return Reviewed(
            key,
            name,
            village,
            listed_on,
            file.born,
            tested_on,
            file.code,
            file.starts_on,
            working_days.from_day(off_on),
        )
    return Reviewed(key, name, village, listed_on, _born(key), tested_on, off_on=_off(tested_on))


def _rest(number: int) -> date:
    """Those who were not called in before September 2024 come in their order, so many a month."""
    called = {one for numbers in TESTED_ON.values() for one in numbers}
    place = [one for one in range(1, len(NAMES) + 1) if one not in called].index(number)
    return working_days.from_day(add_months(REST_FROM, place // REST_A_MONTH))


def _born(key: str) -> int:
    return 1976 + chance.number(30, key, "born")


def _off(tested_on: date) -> date:
    return working_days.from_day(tested_on + OFF_THE_LIST)


def _of_file(file: File) -> Reviewed:
    """Whoever comes under management later was on the list, tested, and fined on the day of the decision."""
    listed_on = working_days.before(file.starts_on, 12)
    off_on = working_days.from_day(add_months(file.starts_on, 12))
    within_a_day = file.starts_on >= ACT_2025  # the law counts hours since then, days off too
    tested_on = file.starts_on - timedelta(days=1) if within_a_day else working_days.before(file.starts_on)
    return Reviewed(
        f"RS/{file.code}", file.name, file.village, listed_on, file.born, tested_on, file.code, file.starts_on, off_on
    )


def _of_later_quarters(today: date) -> Iterator[Reviewed]:
    day = LATER_FROM
    while day <= today:
        yield from _several(day, working_days.from_day(day), LATER_EACH)
        day = add_months(day, 3)


def _of_these_days(today: date) -> Iterator[Reviewed]:
    """A few who were listed this week, and whom nobody called in yet."""
    yield from _several(date.max, working_days.before(today, 3), LATER_EACH)


def _several(about: date, listed_on: date, count: int) -> Iterator[Reviewed]:
    for place in range(count):
        key = f"RS/{about}/{place}"
        tested_on = working_days.from_day(listed_on + CALLED_AFTER)
        name, village = later.man_called(key), chance.choice(NAMES, key, "village")[1]
        yield Reviewed(key, name, village, listed_on, _born(key), tested_on, off_on=_off(tested_on))
