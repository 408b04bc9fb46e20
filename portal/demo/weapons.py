"""Weapons that people of the example handed over, where they were kept and to whom they were passed on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from portal.books.actions import add_line, write_down
from portal.demo import working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.households import village_of
from portal.demo.patrols import commune_id
from portal.demo.units import MERGED_ON
from portal.engine import access, clock
from portal.organisation.models import User
from portal.prevention.models import CustodyStep, WeaponCustody, WeaponHandover, WeaponItem, WeaponType

FLINTLOCK, ALCOHOL, BATON, KNIFE, HANDCUFFS = (
    WeaponType.FLINTLOCK_GUNS, WeaponType.ALCOHOL_GUNS, WeaponType.ELECTRIC_BATONS, WeaponType.KNIVES_SWORDS,
    WeaponType.HANDCUFFS,
)  # fmt: skip
OFFICER, STORE = "police_officer", "Kho tang vật Công an xã, tủ sắt số 2"
PASSED_ON_AFTER = timedelta(days=35)


@dataclass(frozen=True)
class Given:
    """One hand-over: day, village, and pieces by type."""

    on: date
    village: str
    pieces: tuple[tuple[WeaponType, int], ...]


GIVEN = (
    Given(date(2023, 4, 28), "MTO", ((FLINTLOCK, 2), (ALCOHOL, 1))),
    Given(date(2024, 1, 29), "NHA", ((FLINTLOCK, 1), (KNIFE, 1))),
    Given(date(2024, 3, 12), "IEC", ((FLINTLOCK, 1), (ALCOHOL, 1))),
    Given(date(2024, 4, 26), "KKH", ((FLINTLOCK, 1), (ALCOHOL, 2), (KNIFE, 1))),
    Given(date(2024, 6, 14), "DME", ((ALCOHOL, 1), (BATON, 1))),
    Given(date(2024, 8, 8), "MTO", ((KNIFE, 1), (HANDCUFFS, 1))),
    Given(date(2025, 3, 14), "KKH", ((FLINTLOCK, 1),)),
    Given(date(2025, 8, 22), "IEC", ((ALCOHOL, 1), (KNIFE, 2))),
    Given(date(2026, 4, 24), "BPH", ((FLINTLOCK, 1), (ALCOHOL, 1))),
    Given(date(2026, 10, 30), "DME", ((BATON, 1), (KNIFE, 1))),
)
EACH_YEAR_FROM, IN_TURN = 2027, ("NTA", "TKA", "NHA", "MTO")


def weapons(today: date) -> Iterator[Deed]:
    """Hand-overs up to a day, each passed on to the police above some weeks later."""
    for one in (*GIVEN, *_later(today)):
        yield on(one.on, 10, OFFICER, partial(hand_over, one))
        yield on(working_days.from_day(one.on + PASSED_ON_AFTER), 9, OFFICER, partial(pass_on, one))


def _later(today: date) -> Iterator[Given]:
    for year in range(EACH_YEAR_FROM, today.year + 1):
        village = IN_TURN[year % len(IN_TURN)]
        yield Given(working_days.from_day(date(year, 4, 24)), village, ((FLINTLOCK, 1), (KNIFE, 1)))


def hand_over(one: Given, scene: Scene) -> None:
    facts = {
        "handed_over_on": one.on, "village_id": village_of(scene, one.village).id, "received_by": _told(scene.actor),
    }  # fmt: skip
    handover = write_down(WeaponHandover, commune_id(scene), facts, scene.actor)
    for kind, quantity in one.pieces:
        add_line(WeaponItem, handover, {"weapon_type": kind, "quantity": quantity, "marks": "đã cũ"}, scene.actor)
    kept = {"step": CustodyStep.KEPT, "since_on": one.on, "kept_at": STORE}
    add_line(WeaponCustody, handover, kept, scene.actor)
    scene.handovers[one.on] = handover.id


def _told(user: User) -> str:
    """Rank before the name, as the police write it."""
    return f"{user.title.partition(', ')[0]} {user.full_name}"


def pass_on(one: Given, scene: Scene) -> None:
    handover = access.find(scene.actor, "edit", WeaponHandover, scene.handovers[one.on])
    if handover is None:
        raise LookupError(f"{scene.actor.username} may not change the hand-over of {one.on}.")
    above = "Công an huyện Ngọc Hồi" if clock.today() < date(2025, 3, 1) else "Công an tỉnh Kon Tum"
    step = {
        "step": CustodyStep.PASSED_ON, "since_on": clock.today(),
        "to_whom": above if clock.today() < MERGED_ON else "Công an tỉnh Quảng Ngãi",
    }  # fmt: skip
    add_line(WeaponCustody, handover, step, scene.actor)
