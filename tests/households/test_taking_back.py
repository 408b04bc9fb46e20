"""What was entered in error: taken back for ten minutes, struck out later; what stood before it stands again."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import CallResult, DoorCall, Household, PledgeSheet, PrintedList, Target
from portal.households.queries import not_signed, tallies
from tests.documents import files
from tests.households.doors import SIGNED, a_campaign, goal, pledges_of, some_households, ticked

ABSENT, REFUSED, NOT_APPLICABLE = CallResult.ABSENT, CallResult.REFUSED, CallResult.NOT_APPLICABLE


def tally(campaign):
    (found,) = tallies(campaign).values()
    return found


@pytest.fixture
def door(commune):
    """A household and a campaign that is open."""
    return some_households(commune)[0], a_campaign(commune)


def said(commune, campaign, household, result, on=SIGNED):
    """Noted down by the village head; gives back the call that stands at the door."""
    with transaction(commune.village_head):
        actions.record_calls(goal(commune, campaign), Household, {household.id: result}, on)
    return standing()


def standing():
    return db.session.query(DoorCall).filter(DoorCall.standing, DoorCall.voided_at.is_(None)).one_or_none()


def sheet_of(commune, campaign, among, exceptions, by="village_head"):
    user = getattr(commune, by)
    with transaction(user):
        said_at = {one.id: result for one, result in exceptions.items()}
        return actions.sign_sheet(goal(commune, campaign), [one.id for one in among], said_at, SIGNED, user)[0]


def later(minutes=1):
    return clock.telling(clock.now() + timedelta(minutes=minutes))


# ── calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_calls_at_doors_are_taken_back_like_ticks_and_what_stood_before_stands_again(commune, browse_as, door):
    household, campaign = door
    said(commune, campaign, household, ABSENT)
    of, head = goal(commune, campaign), commune.village_head
    with later():
        wrong = said(commune, campaign, household, NOT_APPLICABLE)
        with transaction(head):
            assert actions.undo(of, wrong.created_at, head) == [wrong]
    assert (standing().result, wrong.voided_at is None) == (ABSENT, False)


def test_the_page_offers_to_take_back_what_was_just_said_at_the_doors(commune, browse_as, door):
    household, campaign = door
    address, head = f"/campaigns/villages/{goal(commune, campaign).id}", browse_as(commune.village_head)
    typed = {f"tick_{household.id}": "yes", "signed_on": "20/11/2026", "result": "refused"}
    assert "1 entry at" in head.post(f"{address}/tick", data=typed, follow_redirects=True).text
    assert "Undo the ticks" not in browse_as(commune.officer).get(address).text
    head.post(f"{address}/undo", data={"at": standing().created_at.isoformat()})
    assert standing() is None


def test_a_call_is_struck_out_later_with_a_reason_and_the_one_before_stands_again(commune, browse_as, door):
    household, campaign = door
    said(commune, campaign, household, ABSENT, date(2026, 11, 18))
    wrong, head = said(commune, campaign, household, NOT_APPLICABLE), browse_as(commune.village_head)
    address = f"/pledges/calls/{wrong.id}/void"
    assert address in head.get(f"/campaigns/villages/{goal(commune, campaign).id}?show=left_out").text
    assert head.post(address, data={"reason": " ", "version": wrong.version}).status_code == 422
    assert head.post(address, data={"reason": "Nhầm hộ", "version": wrong.version}).status_code == 302
    db.session.expire_all()
    assert (standing().result, wrong.void_reason) == (ABSENT, "Nhầm hộ")
    assert browse_as(commune.village_head2).get(address).status_code == 404


def test_a_call_of_an_earlier_day_that_arrives_later_does_not_stand_and_arrives_once(commune, door):
    household, campaign = door
    said(commune, campaign, household, REFUSED)
    for _twice in range(2):
        assert said(commune, campaign, household, NOT_APPLICABLE, date(2026, 11, 5)).result == REFUSED
    assert db.session.query(DoorCall).count() == 2


def test_of_two_calls_of_a_day_the_second_stands(commune, door):
    household, campaign = door
    assert [said(commune, campaign, household, one).result for one in (ABSENT, REFUSED, ABSENT)] == [
        ABSENT, REFUSED, ABSENT,
    ]  # fmt: skip


def test_whose_calls_are_passed_over_is_given_back(commune, door):
    household, campaign = door
    ticked(commune, campaign, [household])
    with transaction(commune.village_head):
        told = actions.record_calls(goal(commune, campaign), Household, {household.id: ABSENT, 99_999: ABSENT}, SIGNED)
    assert (told.made, told.signed, told.gone) == ([], [household.id], [99_999])


# ── pledges and sheets ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_pledge_that_is_struck_out_on_its_page_lets_the_call_before_it_stand_again(commune, browse_as, door):
    household, campaign = door
    ticked(commune, campaign, [household], over=[said(commune, campaign, household, NOT_APPLICABLE)])
    (pledge,) = pledges_of(household)
    typed = {"reason": "Nhầm hộ", "version": pledge.version}
    assert browse_as(commune.village_head).post(f"/pledges/{pledge.id}/void", data=typed).status_code == 302
    db.session.expire_all()
    assert (standing().result, tally(campaign).signed, tally(campaign).left_out) == (NOT_APPLICABLE, 0, 1)


def test_a_sheet_that_is_taken_back_lets_what_was_said_before_stand_again(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    said(commune, campaign, households[0], ABSENT)
    sheet = sheet_of(commune, campaign, households, {households[0]: REFUSED})
    assert (tally(campaign).absent, tally(campaign).refused) == (0, 1)
    with transaction(commune.village_head):
        actions.take_back_sheet(sheet, commune.village_head)
    found = tally(campaign)
    assert (found.absent, found.refused, found.signed) == (1, 0, 0)


def test_the_moment_of_a_sheet_takes_nothing_back_for_the_sheet_is_taken_back_as_one(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    sheet, head = sheet_of(commune, campaign, households, {households[0]: ABSENT}), commune.village_head
    (pledge,) = pledges_of(households[1])
    with transaction(head):
        assert actions.undo(goal(commune, campaign), pledge.confirmed_at, head) == []
    assert (pledge.voided_at, sheet.voided_at) == (None, None)


def test_what_was_confirmed_of_somebody_elses_sheet_is_taken_back_and_waits_again(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    sheet_of(commune, campaign, households, {}, by="officer")
    of, head = goal(commune, campaign), commune.village_head
    with later():
        ticked(commune, campaign, households, on=None)
        with transaction(head):
            assert len(actions.undo(of, clock.now(), head)) == 2
    assert {one.state for household in households for one in pledges_of(household)} == {"signed"}
    assert tally(campaign).waiting == 2


def test_a_sheet_counts_those_who_were_entered_by_it(commune):
    households, campaign = some_households(commune, 3), a_campaign(commune)
    ticked(commune, campaign, households[:1])
    assert sheet_of(commune, campaign, households, {}).count == 2


def test_the_photo_of_a_sheet_is_attached_on_a_desk_afterwards_until_it_is_struck_out(commune, browse_as):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    sheet, head = sheet_of(commune, campaign, households, {}), browse_as(commune.village_head)
    address = f"/campaigns/sheets/{sheet.id}"
    assert f"{address}/photos" in head.get(address).text
    photo = BytesIO(files.picture("JPEG")), "to-ky.jpg"
    typed = {"title": "Tờ ký", "dated_on": "20/11/2026", "file": photo, "not_classified": "y"}
    shown = head.post(f"{address}/photos", data=typed, follow_redirects=True).text
    assert "The file is attached." in shown
    assert "None was attached." not in shown
    with transaction(commune.village_head):
        actions.take_back_sheet(sheet, commune.village_head)
    assert head.get(f"{address}/photos").status_code == 302
    assert f"{address}/photos" not in head.get(address).text


# ── who is asked ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_households_neither_sign_nor_are_printed_where_only_establishments_are_asked(commune, browse_as):
    households, campaign = some_households(commune, 2), a_campaign(commune, target=Target.ESTABLISHMENTS)
    of, user, ids = goal(commune, campaign), commune.village_head, [one.id for one in households]
    for deed in (
        lambda: actions.tick(of, Household, ids, SIGNED, user),
        lambda: actions.record_calls(of, Household, dict.fromkeys(ids, ABSENT), SIGNED),
        lambda: actions.sign_all_but(of, {}, ids, SIGNED, user),
        lambda: actions.sign_sheet(of, ids, {}, SIGNED, user),
        lambda: actions.print_list(of),
    ):
        with pytest.raises(Refused), transaction(user):
            deed()
    head, typed = browse_as(user), {"signed_on": "20/11/2026", "among": ",".join(map(str, ids))}
    for page in ("all-but", "sheet"):
        assert head.post(f"/campaigns/villages/{of.id}/{page}", data=typed).status_code == 404
    told = head.post(f"/campaigns/villages/{of.id}/print", follow_redirects=True).text
    assert "Households do not sign in this campaign." in told
    assert db.session.query(PrintedList).count() + db.session.query(PledgeSheet).count() == 0
    assert len(db.session.scalars(not_signed(of)).all()) == 2
