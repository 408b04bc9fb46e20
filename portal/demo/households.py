"""The register of the example and what was pledged, deed by deed: entered by the police, confirmed by village heads."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from portal.demo import doors
from portal.demo.deeds import Deed, Scene, commune_code, on
from portal.demo.doors import VILLAGES, Round, VillageOfDoors
from portal.demo.units import COMMUNE, NEIGHBOUR, SET_UP_ON
from portal.engine import access, clock, voiding
from portal.engine.db import db
from portal.households import actions
from portal.households.actions import CampaignFacts, EstablishmentFacts, HouseholdFacts
from portal.households.models import (
    CampaignGoal,
    CampaignKind,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    Signer,
    Target,
)
from portal.organisation.models import Unit

CLERK, POLICE, CHIEF = "office_clerk", "police_officer", "police_chief"
CONFIRMED_AFTER = timedelta(days=5)
TWICE, TWICE_ON, STRUCK_OUT_ON = "HH-NHA-0001", date(2024, 8, 3), date(2024, 8, 5)
CONFIRMED_AT_LAST = timedelta(days=27)  # after the end: what some heads had left
WITHDRAWN = ("drug_free/2025", "HH-MTO-0012", date(2025, 11, 12), "do_van_phung",
             "Chủ hộ đề nghị rút: con trai đã ra ở riêng, hai nhà sẽ ký lại trong đợt sau.")  # fmt: skip
BREACHED = ("fireworks/2025", "HH-DME-0034", date(2025, 1, 28))
WHAT_HAPPENED = "Đốt pháo nổ trước nhà đêm giao thừa; biên bản vi phạm hành chính số 02/BB-VPHC ngày 29/01/2025."
CHANGED = (  # what became of some households: day, number, what
    (date(2025, 3, 5), "HH-NHA-0480", "move"),
    (date(2025, 9, 10), "HH-BPH-0100", "split"),
    (date(2026, 2, 12), "HH-IEC-0312", "merge"),
    (date(2026, 6, 1), "HH-KKH-0340", "leave"),
)


def pledges(until: date) -> Iterator[Deed]:
    """The register, then each campaign from its draft to its end."""
    yield on(SET_UP_ON, 8, CLERK, enter_register)
    yield on(doors.MOVED_IN_ON, 8, CLERK, enter_newer)
    yield on(date(2025, 8, 4), 8, "dn.police_officer", enter_neighbours)
    for one in doors.rounds(until):
        yield from course(one)
    yield from broken_or_withdrawn()
    for changed_on, number, what in CHANGED:
        yield on(changed_on, 9, CLERK, partial(change, number, what))


def course(one: Round) -> Iterator[Deed]:
    """Written and opened, signed village by village, confirmed within a week, closed."""
    yield on(one.first_on - timedelta(days=5), 9, POLICE, partial(draft, one))
    yield on(one.first_on - timedelta(days=2), 10, CHIEF, partial(take, one.key, "open"))
    heads = {village.code: village.head for village in VILLAGES}
    for kind, signed in ((Household, one.signed), (Establishment, one.establishments)):
        for village, count, signed_on in signed:
            yield on(signed_on, 18, POLICE, partial(sign, one.key, village, kind, range(1, count + 1), signed_on))
            left = range(1, count + 1 - one.left)
            yield on(signed_on + CONFIRMED_AFTER, 19, heads[village], partial(confirm, one.key, village, kind, left))
    if one.kind == CampaignKind.DRUG_FREE and one.first_on.year == TWICE_ON.year:
        yield from entered_twice(one)
    yield on(one.last_on + timedelta(days=3), 9, CHIEF, partial(take, one.key, "close"))
    for village, count, _signed_on in one.signed if one.left else ():
        last = range(count + 1 - one.left, count + 1)
        yield on(
            one.last_on + CONFIRMED_AT_LAST, 19, heads[village], partial(confirm, one.key, village, Household, last)
        )


def entered_twice(one: Round) -> Iterator[Deed]:
    """A household was entered by somebody else's sheet as well: that entry is struck out, the right one stays."""
    yield on(TWICE_ON, 17, POLICE, partial(sign, one.key, "NHA", Household, (1,), TWICE_ON))
    yield Deed(clock.moment(TWICE_ON, 17, 30), POLICE, partial(strike_out, one.key, TWICE))


def broken_or_withdrawn() -> Iterator[Deed]:
    """One household broke its pledge, as the police proposed and the chief decided; another took its own back."""
    key, number, happened_on = BREACHED
    yield on(happened_on + timedelta(days=6), 9, POLICE, partial(propose_breach, key, number, happened_on))
    yield on(happened_on + timedelta(days=8), 10, CHIEF, partial(decide_breach, key, number))
    key, number, withdrawn_on, head, reason = WITHDRAWN
    yield on(withdrawn_on, 18, head, partial(withdraw, key, number, reason))


# ── the deeds themselves ────────────────────────────────────────────────────────────────────────────────────────────
def commune_id(scene: Scene, commune: str = COMMUNE) -> int:
    return scene.units[commune_code(commune, clock.today())]


def village_of(scene: Scene, code: str, commune: str = COMMUNE) -> Unit:
    return db.session.get_one(Unit, scene.units[f"{commune}-{code}"])


def enter_register(scene: Scene) -> None:
    """Everybody who lived there when the register began, and what did business."""
    for village in VILLAGES:
        _enter(scene, village, 1, village.households - village.newer)
        count = doors.ESTABLISHMENTS[village.code]
        named = [doors.establishment(village.code, number) for number in range(1, count + 1)]
        facts = [EstablishmentFacts(name, business) for name, business in named]
        actions.enter_establishments(village_of(scene, village.code), commune_id(scene), facts, clock.today())


def enter_newer(scene: Scene) -> None:
    for village in VILLAGES:
        _enter(scene, village, village.households - village.newer + 1, village.households)


def _enter(scene: Scene, village: VillageOfDoors, first: int, last: int) -> None:
    facts = [
        HouseholdFacts(doors.head_of_household(village, number), doors.people_of(village, number))
        for number in range(first, last + 1)
    ]
    actions.enter_households(village_of(scene, village.code), commune_id(scene), facts, clock.today())


def enter_neighbours(scene: Scene) -> None:
    """A handful in the commune beside it."""
    village = VillageOfDoors("DTH", 12, 44, 0, "dn.village_head", 8)
    facts = [
        HouseholdFacts(doors.head_of_household(village, number), doors.people_of(village, number))
        for number in range(1, village.households + 1)
    ]
    unit = village_of(scene, village.code, NEIGHBOUR)
    actions.enter_households(unit, scene.units[NEIGHBOUR], facts, clock.today())
    shop = EstablishmentFacts("Tạp hóa Đồi Thông", "Bán lẻ hàng tạp hóa")
    actions.enter_establishments(unit, scene.units[NEIGHBOUR], [shop], clock.today())


def draft(one: Round, scene: Scene) -> None:
    target = Target.BOTH if one.establishments else Target.HOUSEHOLDS
    facts = CampaignFacts(
        one.kind, one.title, doors.TEXTS[one.kind], target, one.first_on, one.last_on, scene.titles.get(one.key)
    )
    scene.campaigns[one.key] = actions.draft_campaign(commune_id(scene), facts).id


def take(key: str, step: str, scene: Scene) -> None:
    campaign = db.session.get_one(PledgeCampaign, scene.campaigns[key])
    campaign.workflow.take(step, campaign, scene.actor)


def goal(key: str, village: str, to: str, scene: Scene, commune: str = COMMUNE) -> CampaignGoal:
    """The campaign in a village, if whoever acts may do this there. Raises LookupError if not."""
    of = CampaignGoal.campaign_id == scene.campaigns[key]
    at = CampaignGoal.village_id == scene.units[f"{commune}-{village}"]
    found = db.session.scalar(access.reach(scene.actor, to, CampaignGoal).where(of, at))
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} pledges in {village} on {clock.today()}.")
    return found


def ids_of(kind: type[Signer], village: str, numbers: Collection[int]) -> list[int]:
    """The ids behind bare numbers of a village."""
    letters, digits = ("HH", 4) if kind is Household else ("CS", 3)
    wanted = [f"{letters}-{village}-{number:0{digits}d}" for number in numbers]
    return list(db.session.scalars(select(kind.id).where(kind.number.in_(wanted))))


def sign(
    key: str, village: str, kind: type[Signer], numbers: Collection[int], signed_on: date, scene: Scene
) -> None:  # fmt: skip
    of = goal(key, village, "enter", scene)
    actions.tick(of, kind, ids_of(kind, village, numbers), signed_on, scene.actor)


def confirm(key: str, village: str, kind: type[Signer], numbers: Collection[int], scene: Scene) -> None:
    of = goal(key, village, "confirm_pledges", scene)
    actions.tick(of, kind, ids_of(kind, village, numbers), None, scene.actor)


def pledge_of(key: str, number: str, to: str, scene: Scene) -> Pledge:
    """The pledge of a household in a campaign, if whoever acts may do this to it. Raises LookupError if not."""
    pledge = db.session.scalar(
        access.reach(scene.actor, to, Pledge)
        .join(Household, Household.id == Pledge.household_id)
        .where(Pledge.campaign_id == scene.campaigns[key], Household.number == number, Pledge.voided_at.is_(None))
    )
    if pledge is None:
        raise LookupError(f"{scene.actor.username} may not {to} the pledge of {number} on {clock.today()}.")
    return pledge


def strike_out(key: str, number: str, scene: Scene) -> None:
    voiding.void(pledge_of(key, number, "void", scene), "Nhập hai lần: hộ này đã có trong tờ ký của thôn.")


def withdraw(key: str, number: str, reason: str, scene: Scene) -> None:
    actions.withdraw(pledge_of(key, number, "withdraw", scene), clock.today(), reason, scene.actor)


def propose_breach(key: str, number: str, happened_on: date, scene: Scene) -> None:
    pledge = pledge_of(key, number, "propose_breach", scene)
    actions.propose_breach(pledge, happened_on, WHAT_HAPPENED, scene.actor)


def decide_breach(key: str, number: str, scene: Scene) -> None:
    pledge = pledge_of(key, number, "read", scene)
    asked = access.reach(scene.actor, "approve", PledgeBreach).where(PledgeBreach.pledge_id == pledge.id)
    breach = db.session.scalars(asked).one()
    breach.workflow.take("approve", breach, scene.actor)


def change(number: str, what: str, scene: Scene) -> None:
    """A household moves, splits, becomes part of its neighbour's, or leaves."""
    household = db.session.scalar(access.reach(scene.actor, "move", Household).where(Household.number == number))
    if household is None:
        raise LookupError(f"{scene.actor.username} may not move {number} on {clock.today()}.")
    if what == "move":
        actions.move(household, village_of(scene, "BPH"), clock.today())
    elif what == "split":
        actions.split(household, HouseholdFacts(f"{household.head} (con)", 1), clock.today())
    elif what == "merge":
        other = db.session.scalars(select(Household).where(Household.number == "HH-IEC-0311")).one()
        actions.merge(household, other, clock.today())
    else:
        actions.leave(household, clock.today())
