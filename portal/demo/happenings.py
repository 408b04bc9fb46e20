"""What happened in the example, as the story tells it: incidents with their people, losses and outcome."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo import chance, words, working_days
from portal.demo.units import DISTRICT_POLICE_ENDED_ON, VILLAGES
from portal.incidents.models import Agency, IncidentKind, Offence, Outcome

FINED, TRIED = Outcome.ADMINISTRATIVE, Outcome.CRIMINAL
SECURITY, TRAFFIC, FIRE, LABOUR = (
    IncidentKind.SECURITY, IncidentKind.TRAFFIC, IncidentKind.FIRE, IncidentKind.LABOUR,
)  # fmt: skip
ELSEWHERE = "xã khác"


@dataclass(frozen=True)
class Happening:
    """One incident: *grams* are thousandths of a gram of methamphetamine."""

    key: str
    on: date
    village: str
    kind: IncidentKind
    location: str
    text: str
    category: Offence | None = None
    detected_by: Agency = Agency.COMMUNE_POLICE
    agencies: str = ""
    cause: str = ""
    outcome: Outcome = Outcome.NO_ACTION
    outcome_on: date | None = None
    subjects: tuple[str, ...] = ()
    residence: str = ""
    deaths: int = 0
    injured: int = 0
    property_vnd: int | None = None
    motorbikes: int = 0
    grams: int = 0
    seen_before: bool = False  # whether a village head noted it down first


def _security(
    key: str, on: date, village: str, category: Offence, outcome: Outcome, outcome_on: date, subjects: tuple[str, ...],
    location: str, text: str, **more: object,
) -> Happening:  # fmt: skip
    return Happening(
        key, on, village, SECURITY, location, text, category, outcome=outcome, outcome_on=outcome_on,
        subjects=subjects, **more,  # type: ignore[arg-type]
    )  # fmt: skip


TOLD = (
    _security(
        "S23-1", date(2023, 1, 21), "NHA", Offence.FIREWORKS, FINED, date(2023, 2, 2), ("Lê Quang Tứ",),
        "sân nhà dân", "Đốt pháo nổ đêm giao thừa Quý Mão.",
    ),
    _security(
        "S23-2", date(2023, 2, 18), "BPH", Offence.GAMBLING, FINED, date(2023, 2, 24),
        ("Phạm Hữu Chất", "Bùi Văn Khuê", "Đỗ Công Thức", "Ngô Minh Tịnh"), "nhà có đám giỗ",
        "Đánh bạc ăn tiền trong đám giỗ.",
    ),
    _security(
        "S23-3", date(2023, 3, 25), "MTO", Offence.THEFT, TRIED, date(2023, 4, 3), ("A Hruông",), "bãi xe chợ",
        "Trộm xe mô tô.",
    ),
    _security(
        "S23-4", date(2023, 5, 12), "KKH", Offence.DRUG_POSSESSION, TRIED, date(2023, 5, 12), ("Vũ Đức Lãm",),
        "đường liên thôn", "Tàng trữ trái phép chất ma túy.", detected_by=Agency.DISTRICT_POLICE,
        agencies="Công an huyện Ngọc Hồi", grams=3_420,
    ),
    _security(
        "S23-5", date(2023, 6, 30), "IEC", Offence.ASSAULT, FINED, date(2023, 7, 7), ("A Ploi", "A Vrang"),
        "nhà rông", "Xô xát sau cuộc rượu, hòa giải và xử phạt.", injured=1,
    ),
    _security(
        "S23-6", date(2023, 8, 9), "BPH", Offence.DRUG_USE, FINED, date(2023, 8, 14),
        ("Hoàng Minh Sách", "Trần Văn Thuấn"), "phòng trọ", "Sử dụng trái phép chất ma túy tại phòng trọ.",
    ),
    _security(
        "S23-7", date(2023, 10, 14), "NTA", Offence.THEFT, FINED, date(2023, 10, 20), ("Dương Hữu Tạc",), "rẫy cà phê",
        "Trộm cắp nông sản.",
    ),
    _security(
        "S23-8", date(2023, 12, 24), "NHA", Offence.DRUG_USE, FINED, date(2023, 12, 28), ("Võ Công Lẫm",), "nhà riêng",
        "Sử dụng trái phép chất ma túy.",
    ),
    _security(
        "S24-1", date(2024, 2, 9), "NHA", Offence.FIREWORKS, FINED, date(2024, 2, 20), ("Nguyễn Hữu Thạo",),
        "sân nhà dân", "Đốt pháo nổ trước giao thừa Giáp Thìn.",
    ),
    _security(
        "S24-2", date(2024, 2, 10), "BPH", Offence.FIREWORKS, FINED, date(2024, 2, 21), ("Trần Đức Kỷ",),
        "đường thôn", "Đốt pháo nổ sáng mùng 1 Tết.",
    ),
    _security(
        "S24-3", date(2024, 3, 16), "BPH", Offence.DRUG_USE, FINED, date(2024, 3, 21),
        ("Lý Văn Chẩn", "Đặng Công Vĩ"), "phòng trọ",
        "Hai người nơi khác đến làm thuê, sử dụng trái phép chất ma túy tại phòng trọ.", residence=ELSEWHERE,
    ),
    _security(
        "S24-4", date(2024, 5, 11), "MTO", Offence.DRUG_USE, FINED, date(2024, 5, 16), ("Hồ Minh Trạc",),
        "bãi đỗ xe ven quốc lộ", "Lái xe đường dài, thường trú xã khác, sử dụng trái phép chất ma túy trong xe.",
        residence=ELSEWHERE,
    ),
    _security(
        "S24-5", date(2024, 6, 22), "NHA", Offence.DRUG_USE, FINED, date(2024, 6, 27), ("Bùi Đức Khâm",), "nhà nghỉ",
        "Người tạm trú sử dụng trái phép chất ma túy tại nhà nghỉ; phát hiện nhờ tin báo của Nhân dân.",
        residence=ELSEWHERE,
    ),
    _security(
        "S24-6", date(2024, 7, 18), "NTA", Offence.DRUG_POSSESSION, TRIED, date(2024, 7, 18), ("Phan Văn Lưỡng",),
        "đoạn đường vào thôn", "Bắt quả tang tàng trữ trái phép chất ma túy.", detected_by=Agency.POLICE_ELSEWHERE,
        agencies="Công an tỉnh khác phối hợp Công an huyện Ngọc Hồi", grams=985_600,
    ),
    Happening(
        "T23-1", date(2023, 11, 5), "MTO", TRAFFIC, "đường liên thôn", "Xe mô tô tự ngã.", cause="không làm chủ tốc độ",
        injured=1, motorbikes=1, outcome_on=date(2023, 11, 9),
    ),
    Happening(
        "T24-1", date(2024, 1, 27), "KKH", TRAFFIC, "quốc lộ, đoạn qua thôn",
        "Xe mô tô tự đâm vào taluy, người lái tử vong, người ngồi sau bị thương.", cause="không làm chủ tốc độ",
        deaths=1, injured=1, motorbikes=1, outcome_on=date(2024, 2, 6),
    ),
    Happening(
        "T24-2", date(2024, 6, 8), "BPH", TRAFFIC, "quốc lộ, đoạn qua thôn",
        "Người đi bộ bị xe tải va chạm; xe tải không hư hỏng.", cause="thiếu chú ý quan sát", deaths=1,
        outcome=Outcome.PASSED_ON, outcome_on=date(2024, 6, 12),
    ),
    Happening(
        "F24-1", date(2024, 3, 30), "KKH", FIRE, "nhà ở của một hộ dân",
        "Cháy nhà ở do chập điện, không có người bị thương.", cause="chập điện", property_vnd=85_000_000,
        outcome_on=date(2024, 4, 4),
    ),
    Happening(
        "L24-1", date(2024, 4, 19), "IEC", LABOUR, "rẫy dốc", "Lật máy cày trên rẫy dốc, người điều khiển tử vong.",
        cause="đường dốc, trơn", deaths=1, outcome_on=date(2024, 4, 26),
    ),
)  # fmt: skip

# After the told part: two security incidents a quarter, a traffic accident in five months, a fire in fourteen.
RULE_FROM, ACCIDENTS_FROM, FIRES_FROM = date(2024, 10, 1), date(2024, 11, 8), date(2025, 5, 30)
ACCIDENT_EVERY, FIRE_EVERY, QUARTER = 5, 14, 3  # months
LATER = (
    (Offence.THEFT, "rẫy cà phê", "Trộm cắp nông sản trên rẫy.", 1),
    (Offence.DRUG_USE, "phòng trọ", "Sử dụng trái phép chất ma túy tại phòng trọ.", 2),
    (Offence.GAMBLING, "quán nước", "Đánh bạc ăn tiền tại quán nước.", 3),
    (Offence.ASSAULT, "đường thôn", "Xô xát, đánh nhau sau cuộc rượu.", 2),
    (Offence.THEFT, "sân nhà dân", "Trộm xe mô tô để trước nhà.", 1),
    (Offence.DISORDER, "nhà văn hóa thôn", "Gây rối trật tự trong buổi sinh hoạt thôn.", 2),
)  # fmt: skip


def happenings(today: date) -> Iterator[Happening]:
    """All that happened by a day, that day left out."""
    told = (*TOLD, *_later_security(today), *_later_accidents(today), *_later_fires(today))
    yield from (one for one in told if one.on < today)


def _later_security(today: date) -> Iterator[Happening]:
    quarter = RULE_FROM
    while quarter <= today:
        for place in (0, 1):
            key = f"S{quarter:%y}-{quarter.month}{'ab'[place]}"
            on = quarter + timedelta(days=45 * place + chance.number(40, key, "day"))
            category, location, text, people = chance.choice(LATER, key, "what")
            ended_on = working_days.from_day(on + timedelta(days=6))
            yield _security(
                key, on, chance.choice(VILLAGES, key, "village")[0], category, FINED, ended_on,
                tuple(a_name(key, one) for one in range(people)), location, text, seen_before=place == 1,
            )  # fmt: skip
        quarter = _months_later(quarter, QUARTER)


def _later_accidents(today: date) -> Iterator[Happening]:
    on = ACCIDENTS_FROM
    while on <= today:
        key = f"T{on:%y%m}"
        yield Happening(
            key, on, chance.choice(VILLAGES, key, "village")[0], TRAFFIC, "quốc lộ, đoạn qua thôn",
            "Hai xe mô tô va chạm, một người bị thương.", cause="lấn làn đường", injured=1,
            motorbikes=2, outcome=FINED, outcome_on=working_days.from_day(on + timedelta(days=9)),
        )  # fmt: skip
        on = _months_later(on, ACCIDENT_EVERY)


def _later_fires(today: date) -> Iterator[Happening]:
    on = FIRES_FROM
    while on <= today:
        key = f"F{on:%y%m}"
        yield Happening(
            key, on, chance.choice(VILLAGES, key, "village")[0], FIRE, "bếp của một hộ dân",
            "Cháy bếp, dập tắt tại chỗ, không có người bị thương.", cause="sơ suất khi dùng lửa",
            property_vnd=5_000_000 * (1 + chance.number(6, key, "loss")),
            outcome_on=working_days.from_day(on + timedelta(days=5)),
        )  # fmt: skip
        on = _months_later(on, FIRE_EVERY)


def a_name(*about: object) -> str:
    """A made-up name of a man."""
    if chance.number(3, *about, "local") == 0:
        return chance.choice(words.LOCAL_MEN, *about, "name")
    parts = (words.FAMILY_NAMES, words.MIDDLE_OF_MEN, words.GIVEN_TO_MEN)
    return " ".join(chance.choice(part, *about, place) for place, part in enumerate(parts))


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, 28))


def handled_by(on: date, detected_by: Agency) -> Agency:
    """Who dealt with it: the district police what came to court, as long as there was one."""
    if detected_by == Agency.COMMUNE_POLICE:
        return detected_by
    return Agency.DISTRICT_POLICE if on <= DISTRICT_POLICE_ENDED_ON else Agency.PROVINCE_POLICE
