"""A household that moved takes its pledge along: who reads and mends it, where it is counted, who confirms it."""

from datetime import date, timedelta

import pytest

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import CallResult, DoorCall, Household
from portal.households.queries import latest_tick, of_campaigns, tallies, waiting_at
from tests.households.doors import SIGNED, a_campaign, goal, pledges_of, some_households, ticked

MOVED = date(2026, 11, 21)


def moved(commune, household):
    with transaction(commune.clerk):
        actions.move(household, commune.place("NHA"), MOVED)


@pytest.fixture
def campaign(commune):
    return a_campaign(commune)


@pytest.fixture
def household(commune, campaign):
    """Signed in Bắc Phong, entered by the police, and living in Ngọc Hải since."""
    one = some_households(commune)[0]
    ticked(commune, campaign, [one], by="officer")
    moved(commune, one)
    return one


def to_confirm(commune):
    found = db.session.query(Duty).filter(Duty.rule == "PLEDGES-TO-CONFIRM", still_open()).all()
    return [(one.owner_id, one.due_on) for one in found]


def test_its_pledges_are_opened_where_it_lives_now_and_by_the_head_of_the_old_village_no_more(
    commune, household, browse_as
):
    (pledge,) = pledges_of(household)
    for by, status in (("village_head", 404), ("village_head2", 200), ("officer", 200)):
        browser = browse_as(getattr(commune, by))
        assert browser.get(f"/households/{household.id}").status_code == status
        for page in ("day", "void", "withdraw"):
            assert browser.get(f"/pledges/{pledge.id}/{page}").status_code == status
    assert f"/pledges/{pledge.id}/day" in browse_as(commune.village_head2).get(f"/households/{household.id}").text
    data = {"reason": "Nhập nhầm", "version": pledge.version}
    browse_as(commune.village_head).post(f"/pledges/{pledge.id}/void", data=data)
    db.session.expire_all()
    assert pledge.voided_at is None


def test_what_a_household_brought_is_opened_where_whoever_took_it_in_lives_now(commune, campaign, browse_as):
    brought, bearer = some_households(commune, 2)
    ticked(commune, campaign, [brought], by="officer")
    (pledge,) = pledges_of(brought)
    with transaction(commune.clerk):
        actions.merge(brought, bearer, MOVED)
    head = browse_as(commune.village_head2)
    assert head.get(f"/pledges/{pledge.id}/day").status_code == 404
    with transaction(commune.clerk):
        actions.move(bearer, commune.place("NHA"), MOVED + timedelta(days=1))
    assert head.get(f"/pledges/{pledge.id}/day").status_code == 200
    assert f"/pledges/{pledge.id}/day" in head.get(f"/households/{bearer.id}").text


def test_on_the_sheet_that_it_signed_the_old_head_reads_of_those_who_stayed(commune, campaign, browse_as):
    stays, goes = some_households(commune, 1, head="Thao Ở")[0], some_households(commune, 1, head="Nàng Đi")[0]
    with transaction(commune.village_head):
        of = goal(commune, campaign)
        sheet, _outcome = actions.sign_sheet(of, [stays.id, goes.id], {}, SIGNED, commune.village_head)
    moved(commune, goes)
    for by, both in (("village_head", False), ("officer", True)):
        page = browse_as(getattr(commune, by)).get(f"/campaigns/sheets/{sheet.id}").text
        assert ("Thao Ở" in page, "Nàng Đi" in page) == (True, both)


def test_a_printed_list_keeps_its_numbers_and_shows_the_old_head_nobody_who_moved_away(commune, campaign, browse_as):
    goes, stays = some_households(commune, 1, head="Nàng Đi")[0], some_households(commune, 1, head="Thao Ở")[0]
    with transaction(commune.village_head):
        printed = actions.print_list(goal(commune, campaign))
    moved(commune, goes)
    page = browse_as(commune.village_head).get(f"/campaigns/lists/{printed.id}").text
    assert (stays.head in page, goes.head in page) == (True, False)
    assert [one.household_id for one in printed.rows] == [goes.id, stays.id]


def test_list_page_and_duty_count_its_pledge_in_the_village_where_it_lives(commune, campaign, household):
    old, new = commune.place("BPH"), commune.place("NHA")
    assert [of_campaigns([campaign], one.id) for one in (old, new)] == [{}, {campaign.id: 1}]
    assert {unit: one.signed for unit, one in tallies(campaign).items()} == {new.heir_id: 1}
    assert [waiting_at(goal(commune, campaign, code)) for code in ("BPH", "NHA")] == [0, 1]


def test_who_left_the_commune_is_counted_neither_on_the_list_nor_on_the_page(commune, campaign, household):
    with transaction(commune.clerk):
        actions.leave(household, MOVED + timedelta(days=1))
    assert (of_campaigns([campaign]), tallies(campaign)) == ({}, {})


@pytest.mark.both_engines
def test_the_list_counts_a_campaign_that_is_over_as_of_its_last_day(commune):
    household = some_households(commune)[0]
    over = a_campaign(commune, first_on=date(2026, 11, 1), last_on=date(2026, 11, 20))
    ticked(commune, over, [household])
    moved(commune, household)
    old, new = commune.place("BPH"), commune.place("NHA")
    assert [of_campaigns([over], one.id) for one in (old, new)] == [{over.id: 1}, {}]
    assert list(tallies(over)) == [old.heir_id]


def test_that_it_waits_is_due_a_week_after_it_was_entered_however_late_one_looks(commune, household):
    entered = clock.day_of(pledges_of(household)[0].created_at)
    due = [(commune.village_head2.id, entered + timedelta(days=7))]
    assert to_confirm(commune) == due
    with clock.telling(clock.now() + timedelta(days=9)):
        with transaction(commune.clerk):
            household.walk = 7
        assert to_confirm(commune) == due


def test_the_new_heads_word_is_taken_back_for_ten_minutes_like_any_other(commune, campaign, household, browse_as):
    ticked(commune, campaign, [household], by="village_head2", on=None, village="NHA")
    of = goal(commune, campaign, "NHA")
    at, count = latest_tick(of, commune.village_head2.id)
    assert count == 1
    head = browse_as(commune.village_head2)
    assert "Undo the ticks" in head.get(f"/campaigns/villages/{of.id}").text
    head.post(f"/campaigns/villages/{of.id}/undo", data={"at": at.isoformat()})
    db.session.expire_all()
    assert pledges_of(household)[0].state == "signed"


def test_of_two_days_of_one_who_moved_the_choice_leads_back_to_the_new_village(commune, campaign, household, browse_as):
    (pledge,) = pledges_of(household)
    data = {"signed_on": "2026-11-21", "reason": "Ngày ghi sau", "version": pledge.version}
    answer = browse_as(commune.village_head2).post(f"/pledges/{pledge.id}/day?list=yes", data=data)
    assert answer.location.endswith(f"/campaigns/villages/{goal(commune, campaign, 'NHA').id}")


def test_what_was_said_at_its_door_in_the_old_village_is_read_in_the_new_one(commune, campaign):
    one = some_households(commune)[0]
    with transaction(commune.village_head):
        actions.record_calls(goal(commune, campaign), Household, {one.id: CallResult.ABSENT}, SIGNED)
    moved(commune, one)
    counted = [
        len(db.session.scalars(reach(head, "read", DoorCall)).all())
        for head in (commune.village_head, commune.village_head2)
    ]
    assert counted == [0, 1]
