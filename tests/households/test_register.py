"""Who lives where on a day: every denominator follows from the stays, and pledges follow the household."""

from datetime import date, timedelta

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import HouseholdFacts
from portal.households.models import Establishment, Target
from portal.households.queries import living_in, standing_in, tallies
from tests.households.doors import a_campaign, pledges_of, some_establishments, some_households, ticked

DAY = date(2026, 11, 10)
BEFORE = DAY - timedelta(days=1)


def living(commune, village, on):
    return len(db.session.scalars(living_in(commune.place(village), on)).all())


def both(commune, on):
    return living(commune, "BPH", on), living(commune, "NHA", on)


def test_a_move_counts_in_the_old_village_until_the_day_before_and_in_the_new_one_from_then_on(commune):
    household = some_households(commune, 2)[0]
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), DAY)
    assert (both(commune, BEFORE), both(commune, DAY)) == ((2, 0), (1, 1))
    assert household.village_id == commune.place("NHA").id
    assert [(one.since, one.until) for one in household.stays][1:] == [(DAY, None)]


def test_a_pledge_goes_along_with_whoever_moves(commune):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    ticked(commune, campaign, [household])
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), date(2026, 11, 21))
    found = {unit: (one.here, one.signed) for unit, one in tallies(campaign).items()}
    assert found == {commune.place("NHA").heir_id: (1, 1)}
    assert pledges_of(household)[0].village_id == commune.place("BPH").id  # where it was signed


def test_a_split_makes_a_household_next_door_that_has_pledged_nothing(commune):
    household, campaign = some_households(commune, 1, people=5)[0], a_campaign(commune)
    ticked(commune, campaign, [household])
    with transaction(commune.clerk):
        made = actions.split(household, HouseholdFacts("Thao Bảy", 2), DAY)
    assert (household.people, made.people, made.walk, made.split_from_id) == (3, 2, household.walk, household.id)
    assert (living(commune, "BPH", BEFORE), living(commune, "BPH", DAY)) == (1, 2)
    (tally,) = tallies(campaign).values()
    assert (tally.due, tally.signed) == (2, 1)


def test_a_merger_ends_one_household_and_brings_its_people_into_the_other(commune):
    one, other = some_households(commune, 2, people=3)
    with transaction(commune.clerk):
        actions.merge(one, other, DAY)
    assert (other.people, one.merged_into_id, one.stay) == (6, other.id, None)
    assert (living(commune, "BPH", BEFORE), living(commune, "BPH", DAY)) == (2, 1)


def test_who_left_the_commune_is_counted_nowhere_and_may_come_back(commune):
    household = some_households(commune)[0]
    with transaction(commune.clerk):
        actions.leave(household, DAY)
    assert both(commune, DAY) == (0, 0)
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), date(2026, 11, 15))
    assert (both(commune, DAY), both(commune, date(2026, 11, 15))) == ((0, 0), (0, 1))


def test_days_of_a_household_never_overlap(commune):
    household = some_households(commune, since=DAY)[0]
    for deed in (
        lambda: actions.move(household, commune.place("NHA"), DAY),
        lambda: actions.leave(household, BEFORE),
        lambda: actions.leave(household, clock.today() + timedelta(days=1)),
        lambda: actions.split(household, HouseholdFacts("Thao Bảy", 4), DAY + timedelta(days=1)),  # all of its people
    ):
        with pytest.raises(Refused), transaction(commune.clerk):
            deed()
    assert len(household.stays) == 1


def test_numbers_go_on_in_each_village_and_a_household_keeps_its_own(commune):
    first = some_households(commune, 2)
    with transaction(commune.clerk):
        actions.move(first[1], commune.place("NHA"), DAY)
    more = some_households(commune, 1) + some_households(commune, 1, "NHA")
    assert [one.number for one in (*first, *more)] == ["HH-BPH-0001", "HH-BPH-0002", "HH-BPH-0003", "HH-NHA-0001"]


def test_a_closed_establishment_is_no_longer_asked(commune):
    shop, _other = some_establishments(commune, 2)
    campaign, village = a_campaign(commune, target=Target.ESTABLISHMENTS), commune.place("BPH")
    with transaction(commune.clerk):
        actions.close_establishment(shop, DAY)
    asked = [shop in db.session.scalars(standing_in(village, on)).all() for on in (BEFORE, DAY)]
    assert asked == [True, False]
    assert [one.due for one in tallies(campaign, Establishment).values()] == [1]
    with pytest.raises(Refused), transaction(commune.clerk):
        actions.close_establishment(shop, DAY)


@pytest.mark.parametrize("typed", ["tran thi luot", "TRẦN THỊ LƯỢT", "luot", "bph-0002"])
def test_a_household_is_found_without_marks_and_by_number(commune, browse_as, typed):
    some_households(commune, 1, head="Y Pan")
    some_households(commune, 1, head="Trần Thị Lượt")
    page = browse_as(commune.clerk).get(f"/households/?q={typed}")
    assert ("Trần Thị Lượt" in page.text, "Y Pan" in page.text) == (True, False)


@pytest.mark.parametrize("register", ["households", "establishments"])
def test_a_search_without_result_leads_back_to_the_whole_list_and_enters_nobody(commune, browse_as, register):
    some_households(commune, 1)
    some_establishments(commune, 1)
    page = browse_as(commune.clerk).get(f"/{register}/?q=zzzz").text
    assert "Nobody of this name or number here." in page
    assert f'href="/{register}/">Show the whole list' in page
    assert f"/{register}/new" not in page


BAD = (
    ("new", {"head": "", "people": "4", "village_id": "BPH", "since": "01/11/2026"}, "This is needed."),
    ("new", {"head": "<b>", "people": "4", "village_id": "BPH", "since": "01/11/2026"}, "neither"),
    ("new", {"head": "Y Pan", "people": "0", "village_id": "BPH", "since": "01/11/2026"}, "from 1 to 99"),
    ("new", {"head": "Y Pan", "people": "bốn", "village_id": "BPH", "since": "01/11/2026"}, "whole number"),
    ("new", {"head": "Y Pan", "people": "4", "village_id": "99", "since": "01/11/2026"}, "one of the list"),
    ("new", {"head": "Y Pan", "people": "4", "village_id": "BPH", "since": "24/11/2026"}, "in the future"),
    ("new", {"head": "Y Pan", "people": "4", "village_id": "BPH", "since": "31/02/2026"}, "no day of the calendar"),
    ("{id}/move", {"village_id": "BPH", "on": "10/11/2026"}, "one of the list"),
    ("{id}/move", {"village_id": "NHA", "on": "01/01/2020"}, "must lie after"),
    ("{id}/split", {"head": "Thao Bảy", "people": "4", "on": "10/11/2026"}, "from 1 to 3"),
    ("{id}/merge", {"into": "HH-BPH-0999", "on": "10/11/2026"}, "no household of this number"),
    ("{id}/merge", {"into": "HH-BPH-0001", "on": "10/11/2026"}, "another household"),
    ("{id}/leave", {"on": "01/12/2026"}, "in the future"),
)


@pytest.mark.parametrize(("path", "typed", "told"), BAD)
def test_each_mistake_is_told_at_its_field_and_keeps_what_was_typed(commune, browse_as, path, typed, told):
    household = some_households(commune)[0]
    villages = {"BPH": str(commune.place("BPH").id), "NHA": str(commune.place("NHA").id)}
    data = {name: villages.get(value, value) for name, value in typed.items()} | {"version": household.version}
    answer = browse_as(commune.clerk).post(f"/households/{path.format(id=household.id)}", data=data)
    assert (answer.status_code, told in answer.text) == (422, True)
    db.session.expire_all()
    assert len(household.stays) == 1
