"""Whatever becomes of households, a campaign counts on each day who lived where, and who of them had signed."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import HouseholdFacts
from portal.households.models import CallResult, DoorCall, Household
from portal.households.queries import not_signed, pledge_of, signed_by_day, tallies
from tests.households.doors import FIRST, SIGNED, a_campaign, goal, pledges_of, some_households, ticked

VILLAGES = ("BPH", "NHA")
LAST = date(2026, 11, 23)


@dataclass
class Told:
    """A household as a plain list of days tells it: where it lived on each, and whether it signed."""

    places: dict[date, str] = field(default_factory=dict)
    signed: bool = False
    part_of: "Told | None" = None
    since: date = LAST

    def live(self, village: str, since: date) -> None:
        self.places |= dict.fromkeys(days(since), village)

    def go(self, on: date) -> None:
        for day in days(on):
            self.places.pop(day, None)

    def on(self, day: date) -> "Told":
        """The household that it was part of by a day: itself at first."""
        return self.part_of.on(day) if self.part_of is not None and self.since <= day else self


def days(since: date) -> list[date]:
    return [since + timedelta(days=number) for number in range((LAST - since).days + 1)]


def recount(everybody: list[Told], day: date) -> dict[str, tuple[int, int]]:
    """By village how many lived there, and how many of them had signed, or had taken in somebody who had."""
    bearing = {id(one.on(day)) for one in everybody if one.signed}
    here, signed = Counter[str](), Counter[str]()
    for one in everybody:
        if village := one.places.get(day):
            here[village] += 1
            signed[village] += id(one) in bearing
    return {village: (here[village], signed[village]) for village in here}


@pytest.mark.parametrize("seed", range(12))
def test_tallies_are_those_of_a_plain_recount_after_any_history(commune, seed):
    dice = random.Random(seed)
    campaign, told = a_campaign(commune), {}
    for village in VILLAGES:
        for one in some_households(commune, 4, village, since=FIRST):
            told[one] = Told()
            told[one].live(village, FIRST)
    for _turn in range(30):
        _something(commune, dice, campaign, told)
    for day in [*days(FIRST)[::4], LAST]:
        counted = {commune.place(name).heir_id: pair for name, pair in recount(list(told.values()), day).items()}
        assert {unit: (one.here, one.signed) for unit, one in tallies(campaign, on=day).items()} == counted
    by_day = {unit: sum(found.values()) for unit, found in signed_by_day(campaign, Household).items()}
    assert by_day == {unit: one.signed for unit, one in tallies(campaign).items() if one.signed}
    for name in VILLAGES:
        left = db.session.scalars(not_signed(goal(commune, campaign, name))).all()
        tally = tallies(campaign, village=commune.place(name)).get(commune.place(name).heir_id)
        assert (len(left), pledge_of(campaign, left)) == (tally.not_yet if tally else 0, {})


def _something(commune, dice, campaign, told):
    """One deed of somebody on a day; what the portal refuses changes nothing."""
    one, other, on = dice.choice(list(told)), dice.choice(list(told)), FIRST + timedelta(days=dice.randrange(1, 23))
    what, village = dice.choice(("move", "split", "merge", "leave", "sign", "sign")), dice.choice(VILLAGES)
    try:
        if what == "sign":
            made = ticked(commune, campaign, [one], by="officer", on=on, village=_where(commune, one)).made
            told[one].signed |= bool(made)
            return
        with transaction(commune.clerk):
            made = _deed(what, one, other, commune.place(village), on)
    except Refused:
        return
    if what == "split":
        told[made] = Told()
        told[made].live(_where(commune, made), on)
        return
    told[one].go(on)
    if what == "move":
        told[one].live(village, on)
    if what == "merge":
        told[one].part_of, told[one].since = told[other], on


def _deed(what, one, other, village, on):
    if what == "move":
        return actions.move(one, village, on)
    if what == "split":
        return actions.split(one, HouseholdFacts("Thao Bảy", 1), on)
    return actions.merge(one, other, on) if what == "merge" else actions.leave(one, on)


def _where(commune, household):
    return next(name for name in VILLAGES if commune.place(name).id == household.village_id)


# ── what does not go together ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("deed", "typed"), [("leave", ()), ("move", ("village_id",)), ("merge", ("into",))])
def test_who_signed_on_a_day_was_not_gone_before_it(commune, browse_as, deed, typed):
    household, other = some_households(commune, 2)
    ticked(commune, a_campaign(commune), [household])
    data = {"village_id": str(commune.place("NHA").id), "into": other.number, "on": "05/11/2026"}
    data = {name: data[name] for name in ("on", *typed)} | {"version": household.version}
    clerk = browse_as(commune.clerk)
    page = clerk.post(f"/households/{household.id}/{deed}", data=data)
    assert (page.status_code, "It is entered as having signed on 20/11/2026" in page.text) == (422, True)
    assert clerk.post(f"/households/{household.id}/{deed}", data={**data, "on": "21/11/2026"}).status_code == 302


def test_nobody_signs_before_they_lived_in_the_commune(commune, browse_as):
    (old,), (fresh,) = some_households(commune), some_households(commune, since=date(2026, 11, 22), head="Y Mới")
    of, head = goal(commune, a_campaign(commune)), browse_as(commune.village_head)
    both = {f"tick_{old.id}": "yes", f"tick_{fresh.id}": "yes", "signed_on": "20/11/2026"}
    page = head.post(f"/campaigns/villages/{of.id}/tick", data=both)
    assert (page.status_code, "Y Mới was not in the commune on that day" in page.text) == (422, True)
    assert pledges_of(old) == []
    head.post(f"/campaigns/villages/{of.id}/tick", data={**both, "signed_on": "22/11/2026"})
    assert [len(pledges_of(one)) for one in (old, fresh)] == [1, 1]
    pledge = pledges_of(fresh)[0]
    data = {"signed_on": "20/11/2026", "version": pledge.version, "reason": "Nhập nhầm ngày"}
    page = head.post(f"/pledges/{pledge.id}/day", data=data)
    assert (page.status_code, "was not in the commune on that day" in page.text) == (422, True)


def test_a_sheet_of_a_day_speaks_of_those_who_lived_there_on_it(commune, browse_as):
    some_households(commune, 2)
    fresh = some_households(commune, since=date(2026, 11, 22))[0]
    of, head = goal(commune, a_campaign(commune)), browse_as(commune.village_head)
    everybody = [one.id for one in db.session.query(Household)]
    typed = {"among": ",".join(map(str, everybody)), f"said_{fresh.id}": "absent"}
    for day, asked in (("20/11/2026", "2 of 2 households signed?"), ("22/11/2026", "2 of 3 households signed?")):
        page = head.post(f"/campaigns/villages/{of.id}/all-but", data={**typed, "signed_on": day}).text
        assert (asked in page, "There is no exception" in page) == (True, day.startswith("20"))
    with transaction(commune.village_head):
        said = {fresh.id: CallResult.ABSENT}
        sheet, _outcome = actions.sign_all_but(of, said, everybody, SIGNED, commune.village_head)
    assert (sheet.count, pledges_of(fresh), db.session.query(DoorCall).count()) == (2, [], 0)


def test_the_pledge_of_a_household_that_became_part_of_another_stands_on_the_page_of_that(commune, browse_as):
    one, other = some_households(commune, 2)
    campaign = a_campaign(commune, title="Cam kết đầu năm")
    ticked(commune, campaign, [one])
    with transaction(commune.clerk):
        actions.merge(one, other, date(2026, 11, 21))
    page = browse_as(commune.clerk).get(f"/households/{other.id}").text
    assert ("Cam kết đầu năm" in page, f"by {one.number}, which is part of it now" in page) == (True, True)
    (tally,) = tallies(campaign).values()
    assert (tally.due, tally.signed, tally.confirmed) == (1, 1, 1)
    ticked(commune, campaign, [other])
    assert pledges_of(other) == []
