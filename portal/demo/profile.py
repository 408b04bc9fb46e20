# ruff: noqa: E501 -- a table is read along its rows
"""What the commune of the example is: totals of its villages, facts and the villages across the border.

The sums of 2024 are the real report's; how they are split over villages is made up.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from portal.books.actions import mend, write_down
from portal.demo.deeds import Deed, Scene, commune_code, on
from portal.demo.doors import VILLAGES
from portal.demo.units import COMMUNE, MERGED_ON
from portal.engine import access, clock
from portal.engine.db import db
from portal.profile.catalogue import FactKey
from portal.profile.models import CommuneFact, Country, ForeignVillage, VillageStat

CLERK = "office_clerk"
COUNTED_IN, FIRST_COUNTED = 2024, 2023  # the table is of 2024; every year is so much more than the one before
COLUMNS = (
    "households",
    "persons",
    "minority_households",
    "minority_persons",
    "religious_households",
    "religious_persons",
)

# village: minority households and inhabitants, those with a religion; then by how much inhabitants and these grew in the year
OF_VILLAGES = {
    "DME": (205, 668, 6, 20, 11, 3, 10, 0, 0),
    "IEC": (305, 1045, 14, 46, 16, 5, 15, 0, 0),
    "MTO": (215, 680, 22, 75, 24, 4, 14, 0, 2),
    "KKH": (330, 1110, 31, 104, 20, 6, 18, 1, 3),
    "BPH": (68, 155, 24, 80, 23, 1, 2, 0, 1),
    "NHA": (61, 144, 27, 90, 29, 1, 2, 1, 2),
    "TKA": (140, 330, 5, 17, 9, 2, 8, 0, 0),
    "NTA": (36, 80, 14, 45, 12, 1, 2, 0, 0),
}
FACTS_SINCE = date(2024, 8, 20)
FACTS = {
    FactKey.DISTANCE: "10", FactKey.AREA: "9.481,11", FactKey.BORDER: "20,122", FactKey.BORDER_LAOS: "8,022",
    FactKey.BORDER_CAMBODIA: "12,1", FactKey.NEIGHBOUR_COUNTRIES: "2", FactKey.ETHNIC_GROUPS: "17",
    FactKey.BRAU_HOUSEHOLDS: "170", FactKey.BRAU_PERSONS: "552", FactKey.RELIGIONS: "3",
    FactKey.OPPOSITE_VILLAGES: "4", FactKey.OPPOSITE_HOUSEHOLDS: "467", FactKey.OPPOSITE_PERSONS: "2.304",
    FactKey.TWINNED_VILLAGES: "1", FactKey.AREA_TRANSFORMED: "04/2023", FactKey.MANAGEMENT_TERM: "12",
    FactKey.NEW_RURAL_CRITERION: "19.2",
}  # fmt: skip
SOURCE = "Số liệu tính đến tháng 8/2024"
ACROSS = (("Phu Cưa", 128, 634), ("Huội Kẹo", 121, 598), ("Phu Nhang", 110, 541), ("Nậm Xuân", 108, 531))


def profile(until: date) -> Iterator[Deed]:
    """The villages declare their totals each August; facts are typed once."""
    for year in range(FIRST_COUNTED, until.year + 1):
        yield on(date(year, 8, 20), 16, CLERK, partial(declare, year))
    yield on(FACTS_SINCE, 15, CLERK, type_facts)
    yield on(FACTS_SINCE, 15, CLERK, describe_across)
    yield on(MERGED_ON, 9, CLERK, end_district)


def declare(year: int, scene: Scene) -> None:
    for village in VILLAGES:
        minority_hh, minority, religious_hh, religious, *growth = OF_VILLAGES[village.code]
        counted = (village.households, village.inhabitants, minority_hh, minority, religious_hh, religious)
        more = (village.newer, *growth)
        totals = [one + by * (year - COUNTED_IN) for one, by in zip(counted, more, strict=True)]
        facts = dict(zip(COLUMNS, totals, strict=True))
        source = f"Biểu tổng hợp dân cư tháng 8/{year}"
        _write(
            VillageStat,
            {"village_id": scene.units[f"{COMMUNE}-{village.code}"], "as_of": clock.today(), "source": source, **facts},
            scene,
        )


def type_facts(scene: Scene) -> None:
    for key, value in FACTS.items():
        _write(CommuneFact, {"key": key, "value": value, "valid_from": FACTS_SINCE, "source": SOURCE}, scene)


def describe_across(scene: Scene) -> None:
    for name, households, persons in ACROSS:
        facts = {"name": name, "country": Country.LAOS, "households": households, "persons": persons}
        _write(ForeignVillage, {**facts, "as_of": FACTS_SINCE}, scene)


def end_district(scene: Scene) -> None:
    """There is no district any more whose centre could be far."""
    found = access.reach(scene.actor, "edit", CommuneFact).where(CommuneFact.key == FactKey.DISTANCE)
    for fact in db.session.scalars(found).all():
        mend(fact, {"ended_on": clock.today()}, scene.actor)


def _write(record: Any, facts: dict[str, Any], scene: Scene) -> None:
    write_down(record, scene.units[commune_code(COMMUNE, clock.today())], facts, scene.actor)
