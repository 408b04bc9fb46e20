"""The campaign that is open on the day of the example: some three in four have signed, one village lags."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from portal.demo import chance, doors
from portal.demo.deeds import Deed, Scene, on
from portal.demo.doors import VILLAGES, Round, VillageOfDoors
from portal.demo.households import CHIEF, POLICE, draft, goal, ids_of, take
from portal.demo.units import MERGED_ON, NEIGHBOUR
from portal.engine import clock
from portal.households import actions
from portal.households.actions import CampaignFacts
from portal.households.models import CallResult, CampaignKind, Household, Target

SIGNED_OF_TEN = {"TKA": 4, "DME": 7}  # of the others, eight
EVENINGS = (24, 17, 10, 4)  # days before today on which people went from door to door
ON_SHEET = ("DME", 10)  # a village that signed one sheet of paper on an evening, by the days before today
PRINTED, PRINTED_BY = "TKA", next(one.head for one in VILLAGES if one.code == "TKA")  # who lags goes on with a list
WAITING = 12  # pledges of Ngọc Hải that its head has yet to confirm
KEY, KEY_DN = "now", "now/dn"
TITLE = "Cam kết không ma túy, đợt cuối năm {}"


def pledges_of_these_days(today: date) -> Iterator[Deed]:
    began = today - timedelta(days=28)
    kind = CampaignKind.DRUG_FREE
    now = Round(KEY, kind, TITLE.format(today.year), began, today + timedelta(days=21), ())
    yield on(began - timedelta(days=4), 9, POLICE, partial(draft, now))
    yield on(began - timedelta(days=1), 10, CHIEF, partial(take, KEY, "open"))
    for village in VILLAGES:
        for number, days in enumerate(EVENINGS):
            on_evening = today - timedelta(days=days)
            numbers = [one for one in range(1, village.households + 1) if _evening(village, one) == number]
            enter = sign_on_sheet if (village.code, days) == ON_SHEET else sign
            yield on(on_evening, 19, village.head, partial(enter, KEY, village.code, numbers, on_evening))
        yield on(today - timedelta(days=4), 20, village.head, partial(not_at_home, village, today))
    yield on(today - timedelta(days=3), 18, PRINTED_BY, print_list)
    yield on(today - timedelta(days=1), 16, POLICE, partial(enter_waiting, today))
    yield from of_neighbour(today)


def _evening(village: VillageOfDoors, number: int) -> int:
    """On which of the evenings a household signs; past the last one, not yet."""
    waits = village.code == "NHA" and number > village.households - WAITING
    signs = chance.number(10, "now", village.code, number) < SIGNED_OF_TEN.get(village.code, 8)
    return chance.number(len(EVENINGS), "evening", village.code, number) if signs and not waits else len(EVENINGS)


def sign(key: str, village: str, numbers: list[int], signed_on: date, scene: Scene) -> None:
    """The head's own ticks: entered and confirmed at once."""
    of = goal(key, village, "confirm_pledges", scene)
    actions.tick(of, Household, ids_of(Household, village, numbers), signed_on, scene.actor)


def sign_on_sheet(key: str, village: str, numbers: list[int], signed_on: date, scene: Scene) -> None:
    """The same, from one sheet that went round at a meeting."""
    of = goal(key, village, "confirm_pledges", scene)
    actions.sign_sheet(of, ids_of(Household, village, numbers), {}, signed_on, scene.actor)


def print_list(scene: Scene) -> None:
    """Whom the village is still to call on, on paper, in the order of the walk."""
    actions.print_list(goal(KEY, PRINTED, "enter", scene))


def not_at_home(village: VillageOfDoors, today: date, scene: Scene) -> None:
    """Some were called on in vain."""
    missing = [one for one in range(1, village.households + 1) if _evening(village, one) == len(EVENINGS)]
    said = dict.fromkeys(missing[2::7], CallResult.ABSENT) | dict.fromkeys(missing[5::41], CallResult.REFUSED)
    ids = {number: ids_of(Household, village.code, [number]) for number in said}
    results = {found[0]: said[number] for number, found in ids.items() if found}
    actions.record_calls(goal(KEY, village.code, "enter", scene), Household, results, today - timedelta(days=5))


def enter_waiting(today: date, scene: Scene) -> None:
    """A sheet that came to the police: the head of Ngọc Hải has yet to say that it is right."""
    last = next(one for one in VILLAGES if one.code == "NHA").households
    numbers = range(last - WAITING + 1, last + 1)
    of = goal(KEY, "NHA", "enter", scene)
    actions.tick(of, Household, ids_of(Household, "NHA", numbers), today - timedelta(days=2), scene.actor)


def of_neighbour(today: date) -> Iterator[Deed]:
    """A handful beside it, so that a leak would be seen; once that commune is there."""
    began = today - timedelta(days=20)
    if began - timedelta(days=3) < MERGED_ON:
        return
    yield on(began - timedelta(days=3), 9, "dn.police_officer", partial(draft_of_neighbour, began, today))
    yield on(began - timedelta(days=2), 9, "dn.police_chief", partial(take, KEY_DN, "open"))
    yield on(today - timedelta(days=6), 18, "dn.village_head", sign_neighbours)


def draft_of_neighbour(began: date, today: date, scene: Scene) -> None:
    facts = CampaignFacts(
        CampaignKind.DRUG_FREE, "Thôn Đồi Thông không ma túy", doors.TEXTS[CampaignKind.DRUG_FREE], Target.HOUSEHOLDS,
        began, today + timedelta(days=30),
    )  # fmt: skip
    scene.campaigns[KEY_DN] = actions.draft_campaign(scene.units[NEIGHBOUR], facts).id


def sign_neighbours(scene: Scene) -> None:
    of = goal(KEY_DN, "DTH", "confirm_pledges", scene, NEIGHBOUR)
    actions.tick(of, Household, ids_of(Household, "DTH", range(1, 8)), clock.today(), scene.actor)
