"""What was entered in error in the register is struck out or taken back, with its reason; nothing is lost by it."""

from datetime import date

import pytest

from portal.engine import voiding
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import HouseholdFacts
from portal.households.queries import living_in, tallies
from tests.households.doors import a_campaign, pledges_of, some_establishments, some_households, ticked

DAY, BEFORE = date(2026, 11, 10), date(2026, 11, 9)


def living(commune, on=DAY):
    return tuple(len(db.session.scalars(living_in(commune.place(name), on)).all()) for name in ("BPH", "NHA"))


def send(client, household, what, reason="Nhập hai lần", kind="households"):
    data = {"reason": reason, "version": household.version}
    answer = client.post(f"/{kind}/{household.id}/{what}", data=data)
    db.session.expire_all()
    return answer


@pytest.fixture
def clerk(commune, browse_as):
    return browse_as(commune.clerk)


def test_a_household_that_was_entered_twice_is_struck_out_with_the_reason_and_counted_nowhere(commune, clerk):
    one, twice = some_households(commune, 2)
    campaign = a_campaign(commune)
    assert send(clerk, twice, "void", " ").status_code == 422
    assert send(clerk, twice, "void").status_code == 302
    assert (living(commune), [one.here for one in tallies(campaign).values()]) == ((1, 0), [1])
    page = clerk.get(f"/households/{twice.id}").text
    assert ("struck out: Nhập hai lần" in page, "Move to another village" in page) == (True, False)
    assert twice.number not in clerk.get("/households/").text
    assert send(clerk, twice, "void").status_code == 403
    assert clerk.get(f"/households/{twice.id}/move").status_code == 403
    assert one.voided_at is None


def test_who_pledged_something_is_not_struck_out_before_the_pledge_is(commune, clerk):
    (household,), (shop,) = some_households(commune), some_establishments(commune)
    campaign = a_campaign(commune)
    ticked(commune, campaign, [household])
    page = send(clerk, household, "void")
    assert (page.status_code, "strike that pledge out first" in page.text) == (422, True)
    with transaction(commune.officer):
        voiding.void(pledges_of(household)[0], "Nhầm")
    assert send(clerk, household, "void").status_code == 302
    assert send(clerk, shop, "void", kind="establishments").status_code == 302
    assert "struck out: Nhập hai lần" in clerk.get(f"/establishments/{shop.id}").text


def test_a_move_is_taken_back_for_all_days(commune, clerk):
    household = some_households(commune)[0]
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), DAY)
    assert living(commune) == (0, 1)
    assert send(clerk, household, "take-back", "Nhầm hộ").status_code == 302
    assert (living(commune), living(commune, BEFORE)) == ((1, 0), (1, 0))
    assert household.village_id == commune.place("BPH").id
    assert clerk.get(f"/households/{household.id}").text.count("struck out: Nhầm hộ") == 2
    assert send(clerk, household, "take-back").status_code == 422  # nothing else became of it
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), DAY)
    assert living(commune) == (0, 1)


def test_a_merger_is_taken_back_with_its_people(commune, clerk):
    one, other = some_households(commune, 2, people=3)
    campaign = a_campaign(commune)
    ticked(commune, campaign, [one], on=date(2026, 11, 5))
    with transaction(commune.clerk):
        actions.merge(one, other, DAY)
    assert [(one.here, one.signed) for one in tallies(campaign).values()] == [(1, 1)]
    assert send(clerk, one, "take-back").status_code == 302
    assert (one.people, other.people, one.merged_into_id, living(commune)) == (3, 3, None, (2, 0))
    assert [(one.here, one.signed) for one in tallies(campaign).values()] == [(2, 1)]


def test_a_split_is_taken_back_on_the_page_of_whoever_was_split_off(commune, clerk):
    household = some_households(commune, people=5)[0]
    with transaction(commune.clerk):
        made = actions.split(household, HouseholdFacts("Thao Bảy", 2), DAY)
    page = send(clerk, household, "void")
    assert (page.status_code, "take that back first" in page.text) == (422, True)
    assert send(clerk, made, "void").status_code == 422
    assert send(clerk, made, "take-back").status_code == 302
    assert (household.people, made.voided_at is None, living(commune)) == (5, False, (1, 0))


def test_that_a_household_left_is_taken_back_and_that_it_came_back_too(commune, clerk):
    household = some_households(commune)[0]
    with transaction(commune.clerk):
        actions.leave(household, DAY)
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), date(2026, 11, 15))
    assert send(clerk, household, "take-back").status_code == 302
    assert (living(commune, date(2026, 11, 15)), household.stay) == ((0, 0), None)
    assert send(clerk, household, "take-back").status_code == 302
    assert living(commune, date(2026, 11, 15)) == (1, 0)


def test_a_move_is_not_taken_back_once_they_signed_in_the_new_village(commune, clerk):
    household = some_households(commune)[0]
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), DAY)
    ticked(commune, a_campaign(commune), [household], by="village_head2", village="NHA")
    page = send(clerk, household, "take-back")
    assert (page.status_code, "that is mended first" in page.text) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("chief", 302), ("village_head", 403), ("leader", 403)])
def test_those_who_keep_the_register_correct_it(commune, browse_as, who, status):
    household = some_households(commune)[0]
    assert send(browse_as(getattr(commune, who)), household, "void").status_code == status
