# ruff: noqa: E501 -- a table is read along its rows
"""Households, establishments and pledges of the example as tables: the totals are the real report's, the rest is made up."""

from dataclasses import dataclass
from datetime import date

from portal.demo import chance
from portal.demo.story import day
from portal.demo.words import (
    FAMILY_NAMES,
    GIVEN_TO_MEN,
    GIVEN_TO_WOMEN,
    LOCAL_MEN,
    LOCAL_WOMEN,
    MIDDLE_OF_MEN,
    MIDDLE_OF_WOMEN,
)
from portal.households.models import CampaignKind


@dataclass(frozen=True)
class VillageOfDoors:
    """A village: households and inhabitants of 2024, by how many households it was smaller a year before, its head."""

    code: str
    households: int
    inhabitants: int
    newer: int
    head: str  # the account of the village head
    local: int  # of ten heads of household, how many bear a name of the region


VILLAGES = (
    VillageOfDoors("DME", 212, 690, 3, "thao_hlum", 9),
    VillageOfDoors("IEC", 318, 1090, 5, "a_xeng", 9),
    VillageOfDoors("MTO", 402, 1330, 7, "do_van_phung", 5),
    VillageOfDoors("KKH", 355, 1205, 6, "a_dul", 9),
    VillageOfDoors("BPH", 486, 1520, 8, "village_head", 1),
    VillageOfDoors("NHA", 521, 1655, 9, "tran_xuan_lieu", 1),
    VillageOfDoors("TKA", 176, 590, 2, "y_ngao", 8),
    VillageOfDoors("NTA", 317, 1060, 5, "pham_ba_hoa", 1),
)
MOVED_IN_ON = date(2023, 12, 15)  # the newer households, between the two counts of the villages

# village, fireworks 2024, fire safety (households, establishments), drug-free: how many, and when; then fireworks 2023
PLEDGED = (
    ("DME", 80, "20/01/2024", 60, "20/03/2024", 8, 150, "13/07/2024", 40),
    ("IEC", 120, "20/01/2024", 90, "20/03/2024", 3, 230, "14/07/2024", 60),
    ("MTO", 170, "21/01/2024", 190, "21/03/2024", 15, 290, "20/07/2024", 90),
    ("KKH", 150, "21/01/2024", 160, "05/04/2024", 4, 255, "21/07/2024", 80),
    ("BPH", 240, "27/01/2024", 230, "22/03/2024", 48, 350, "27/07/2024", 130),
    ("NHA", 260, "27/01/2024", 250, "23/03/2024", 52, 370, "03/08/2024", 140),
    ("TKA", 60, "28/01/2024", 40, "06/04/2024", 1, 125, "10/07/2024", 30),
    ("NTA", 120, "28/01/2024", 80, "06/04/2024", 4, 230, "10/08/2024", 70),
)  # fmt: skip
ESTABLISHMENTS = {row[0]: row[5] for row in PLEDGED}
FIREWORKS_2023 = date(2023, 1, 12)


@dataclass(frozen=True)
class Round:
    """One campaign of the story, with how many sign in which village on which day, in the order of their numbers."""

    key: str
    kind: CampaignKind
    title: str
    first_on: date
    last_on: date
    signed: tuple[tuple[str, int, date], ...]  # of households
    establishments: tuple[tuple[str, int, date], ...] = ()
    left: int = 0  # the last of each village, that the head confirms only after the end


TITLES = {
    CampaignKind.FIREWORKS: "Cam kết quản lý, sử dụng pháo {}",
    CampaignKind.FIRE_SAFETY: "Cam kết an toàn phòng cháy, chữa cháy {}",
    CampaignKind.DRUG_FREE: "Cam kết không ma túy {}",
}
TEXTS = {
    CampaignKind.FIREWORKS: (
        "Không sản xuất, mua bán, vận chuyển, tàng trữ và sử dụng trái phép các loại pháo.\n"
        "Chỉ sử dụng pháo hoa được phép, đúng dịp và đúng nơi.\n"
        "Bảo ban con em trong nhà; thấy vi phạm thì báo ngay trưởng thôn hoặc Công an xã."
    ),
    CampaignKind.FIRE_SAFETY: (
        "Kiểm tra dây điện, bếp gas, nơi thờ cúng; tắt điện, tắt bếp khi ra khỏi nhà.\n"
        "Mỗi nhà có bình chữa cháy hoặc dụng cụ chữa cháy, có lối thoát nạn thứ hai.\n"
        "Không đốt rẫy khi có gió to; khi cháy thì báo 114 và trưởng thôn."
    ),
    CampaignKind.DRUG_FREE: (
        "Không sử dụng, tàng trữ, vận chuyển, mua bán trái phép chất ma túy; không trồng cây có chứa chất ma túy.\n"
        "Quản lý, giáo dục người trong nhà; không che giấu người nghiện.\n"
        "Thấy dấu hiệu về ma túy thì báo ngay trưởng thôn hoặc Công an xã."
    ),
}


def rounds(until: date) -> list[Round]:
    """The told ones of 2023 and 2024; each year since the same again, by rule."""
    found = [_fireworks_2023(), *_of_year(2024)]
    for year in range(2025, until.year + 1):
        found += _of_year(year)
    return [one for one in found if one.first_on <= until]


def _fireworks_2023() -> Round:
    signed = tuple((row[0], row[8], FIREWORKS_2023) for row in PLEDGED)
    kind = CampaignKind.FIREWORKS
    return Round("fireworks/2023", kind, TITLES[kind].format(2023), date(2023, 1, 5), date(2023, 1, 20), signed)


def _of_year(year: int) -> list[Round]:
    """Fireworks in January, fire safety in March and April, drug-free in July and August."""
    fireworks = tuple((row[0], row[1], _in(row[2], year)) for row in PLEDGED)
    fire = tuple((row[0], row[3], _in(row[4], year)) for row in PLEDGED)
    shops = tuple((row[0], row[5], _in(row[4], year)) for row in PLEDGED)
    drugs = tuple((row[0], row[6], _in(row[7], year)) for row in PLEDGED)
    left = 10 if year == 2024 else 0
    made = (
        (CampaignKind.FIREWORKS, date(year, 1, 15), date(year, 2, 5), fireworks, (), 0),
        (CampaignKind.FIRE_SAFETY, date(year, 3, 15), date(year, 4, 15), fire, shops, 0),
        (CampaignKind.DRUG_FREE, date(year, 7, 5), date(year, 8, 20), drugs, (), left),
    )
    return [
        Round(f"{kind}/{year}", kind, TITLES[kind].format(year), first, last, signed, of_shops, waiting)
        for kind, first, last, signed, of_shops, waiting in made
    ]


def _in(told: str, year: int) -> date:
    return day(told).replace(year=year)


def head_of_household(village: VillageOfDoors, number: int) -> str:
    """A made-up name; the same names do occur, as they do in a village."""
    about = ("door", village.code, number)
    woman = chance.number(4, *about, "sex") == 0
    if chance.number(10, *about, "kind") < village.local:
        return chance.choice(LOCAL_WOMEN if woman else LOCAL_MEN, *about)
    family = chance.choice(FAMILY_NAMES, *about, "family")
    middle = chance.choice(MIDDLE_OF_WOMEN if woman else MIDDLE_OF_MEN, *about, "middle")
    return f"{family} {middle} {chance.choice(GIVEN_TO_WOMEN if woman else GIVEN_TO_MEN, *about, 'given')}"


def people_of(village: VillageOfDoors, number: int) -> int:
    """The inhabitants dealt out as evenly as whole numbers allow; the first households get one more."""
    each, more = divmod(village.inhabitants, village.households)
    return each + (1 if number <= more else 0)


BUSINESSES = (
    ("Tạp hóa {}", "Bán lẻ hàng tạp hóa"), ("Quán ăn {}", "Dịch vụ ăn uống"), ("Nhà nghỉ {}", "Lưu trú"),
    ("Sửa xe {}", "Sửa chữa mô tô, xe máy"), ("Cơ khí {}", "Gia công cơ khí"), ("Vật liệu xây dựng {}", "Bán vật liệu xây dựng"),
    ("Gas {}", "Bán lẻ khí đốt"), ("Cà phê {}", "Dịch vụ giải khát"), ("Xưởng mộc {}", "Sản xuất đồ gỗ"), ("Nông sản {}", "Thu mua nông sản"),
)  # fmt: skip
NAMES = (
    "Hải Yến",
    "Minh Tâm",
    "Thành Đạt",
    "Bờ Y",
    "Ngã Ba",
    "Hoa Sim",
    "Đại Phát",
    "Tuấn Kiệt",
    "Phương Nam",
    "Ban Mai",
    "Kim Chi",
    "Gió Ngàn",
)


def establishment(village: str, number: int) -> tuple[str, str]:
    """A made-up trade name and its line of business."""
    pattern, business = chance.choice(BUSINESSES, "shop", village, number)
    return pattern.format(chance.choice(NAMES, "shop", village, number, "name")), business
