"""Ticks: twice is as good as once, the second day is told, ten minutes to take it back, one writer after the other."""

import re
from datetime import date, timedelta

import pytest
from lxml import html
from sqlalchemy.exc import IntegrityError

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Conflict, Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import CallResult, DoorCall, Household, Pledge, PledgeSheet, Target
from portal.households.queries import tallies
from tests.households.doors import (
    SIGNED,
    a_campaign,
    breached,
    goal,
    pledges_of,
    some_establishments,
    some_households,
    ticked,
)
from tests.proposals.test_races import at_once


def tally(commune, campaign, village="BPH"):
    return tallies(campaign, village=commune.place(village))[commune.place(village).heir_id]


def typed(ids, **more):
    return {f"tick_{one}": "yes" for one in ids} | {"signed_on": "20/11/2026", "result": "", **more}


def post(client, of, ids, *, where="", **more):
    return client.post(f"/campaigns/villages/{of.id}/tick{where}", data=typed(ids, **more), follow_redirects=True)


def test_the_village_heads_tick_enters_and_confirms_in_one_deed(commune, browse_as):
    households, campaign = some_households(commune, 3), a_campaign(commune)
    of = goal(commune, campaign)
    page = post(browse_as(commune.village_head), of, [one.id for one in households[:2]])
    assert "2 households are confirmed." in page.text
    assert {one.state for household in households[:2] for one in pledges_of(household)} == {"confirmed"}
    assert (tally(commune, campaign).signed, tally(commune, campaign).not_yet) == (2, 1)


def test_each_button_over_the_ticks_alone_says_what_was_the_result(commune, browse_as):
    """A hidden field of the same name would come twice, and be refused."""
    some_households(commune)
    page = browse_as(commune.village_head).get(f"/campaigns/villages/{goal(commune, a_campaign(commune)).id}").text
    senders = re.findall(r'<(\w+)[^>]*name="result"', page)
    assert set(senders) == {"button"}
    assert len(senders) == 2 + len(CallResult)


def test_what_the_police_enter_waits_for_the_village_head_who_confirms_it_as_it_stands(commune, browse_as):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    of = goal(commune, campaign)
    post(browse_as(commune.officer), of, [household.id])
    assert pledges_of(household)[0].state == "signed"
    head = browse_as(commune.village_head)
    assert household.head in head.get(f"/campaigns/villages/{of.id}?show=waiting").text
    post(head, of, [household.id], where="?show=waiting", signed_on="")
    db.session.expire_all()
    (pledge,) = pledges_of(household)
    assert (pledge.state, pledge.signed_on, pledge.confirmed_by_id) == ("confirmed", SIGNED, commune.village_head.id)


def test_a_tick_that_comes_again_changes_nothing(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    ticked(commune, campaign, households)
    before = [(one.id, one.version) for household in households for one in pledges_of(household)]
    again = ticked(commune, campaign, households)
    assert (again.done, len(again.already)) == (0, 2)
    assert [(one.id, one.version) for household in households for one in pledges_of(household)] == before


def test_of_two_who_confirm_the_same_household_the_second_is_told_that_it_was_there(commune, browse_as):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    of = goal(commune, campaign)
    for client, told in (
        (browse_as(commune.village_head), "1 household is confirmed."),
        (browse_as(commune.officer), "already"),
    ):
        assert told in post(client, of, [household.id]).text
    assert len(pledges_of(household)) == 1


def test_a_second_day_is_told_with_both_days_and_a_button_for_each(commune, browse_as):
    household, campaign = some_households(commune, 1, head="Nàng Lá")[0], a_campaign(commune)
    ticked(commune, campaign, [household], by="officer")
    head = browse_as(commune.village_head)
    page = post(head, goal(commune, campaign), [household.id], signed_on="22/11/2026")
    assert "Nàng Lá: please look at this" in page.text
    assert "entered that it was signed on 20/11/2026. You say 22/11/2026." in page.text
    assert ("Keep 20/11" in page.text, "Keep 22/11" in page.text) == (True, True)
    (pledge,) = pledges_of(household)
    assert pledge.signed_on == SIGNED
    (form,) = html.document_fromstring(page.text).xpath(f"//form[contains(@action, '/pledges/{pledge.id}/day')]")
    assert head.post(form.get("action"), data=dict(form.fields)).status_code == 302
    db.session.expire_all()
    assert pledges_of(household)[0].signed_on == date(2026, 11, 22)
    assert "20/11/2026 → 22/11/2026" in head.get(f"/households/{household.id}").text


# ── another day of signing ──────────────────────────────────────────────────────────────────────────────────────────
def another_day(client, pledge, day="18/11/2026", reason="Tờ ký ghi ngày 18"):
    data = {"signed_on": day, "reason": reason, "version": pledge.version}
    answer = client.post(f"/pledges/{pledge.id}/day", data=data)
    db.session.expire_all()
    return answer


@pytest.mark.parametrize("closed", [False, True])
def test_another_day_needs_a_reason_and_the_page_keeps_both_days_with_who_and_why(commune, browse_as, closed):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    ticked(commune, campaign, [household])
    (pledge,) = pledges_of(household)
    if closed:
        with transaction(commune.chief):
            campaign.workflow.take("close", campaign, commune.chief)
    head = browse_as(commune.village_head)
    assert another_day(head, pledge, reason=" ").status_code == 422
    assert pledge.signed_on == SIGNED
    assert another_day(head, pledge).status_code == 302
    page = html.document_fromstring(browse_as(commune.chief).get(f"/households/{household.id}").text).text_content()
    assert pledge.signed_on == date(2026, 11, 18)
    assert f"{commune.village_head.full_name} (Village head) corrected the day of signing" in page
    assert "20/11/2026 → 18/11/2026: Tờ ký ghi ngày 18" in page


def test_the_day_of_a_breached_pledge_stands(commune, browse_as):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    (pledge,) = pledges_of(household)
    breached(commune, pledge)
    assert another_day(browse_as(commune.village_head), pledge).status_code == 422
    assert pledge.signed_on == SIGNED


def test_a_pledge_of_which_a_breach_is_proposed_was_not_signed_after_it(commune, browse_as):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    (pledge,) = pledges_of(household)
    with transaction(commune.officer):
        actions.propose_breach(pledge, date(2026, 11, 21), "Biên bản", commune.officer)
    head = browse_as(commune.village_head)
    answer = another_day(head, pledge, "22/11/2026")
    assert (answer.status_code, "breached on 21/11/2026" in answer.text) == (422, True)
    assert another_day(head, pledge, "21/11/2026").status_code == 302


def test_ticks_are_taken_back_for_ten_minutes_by_whoever_made_them(commune, browse_as):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    of = goal(commune, campaign)
    ticked(commune, campaign, households[:1], by="officer")
    ticked(commune, campaign, households)  # one of them anew, one that the police had entered
    at = pledges_of(households[0])[0].confirmed_at
    page = browse_as(commune.village_head).get(f"/campaigns/villages/{of.id}")
    assert "2 entries at" in page.text
    assert "Undo the ticks" not in browse_as(commune.officer2).get(f"/campaigns/villages/{of.id}").text
    browse_as(commune.village_head).post(f"/campaigns/villages/{of.id}/undo", data={"at": at.isoformat()})
    db.session.expire_all()
    entered, anew = pledges_of(households[0])[0], pledges_of(households[1])[0]
    assert (entered.state, entered.voided_at, anew.voided_at is None) == ("signed", None, False)


def test_after_ten_minutes_nothing_is_taken_back_without_a_reason(commune):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    ticked(commune, campaign, [household])
    at = pledges_of(household)[0].confirmed_at
    later = clock.now() + timedelta(minutes=10, seconds=1)
    with clock.telling(later), pytest.raises(Refused), transaction(commune.village_head):
        actions.undo(goal(commune, campaign), at, commune.village_head)
    assert pledges_of(household)[0].state == "confirmed"


@pytest.mark.parametrize("on", [date(2026, 10, 31), date(2026, 11, 24)])
def test_nobody_signs_before_the_first_day_or_tomorrow(commune, browse_as, on):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    answer = post(browse_as(commune.village_head), goal(commune, campaign), [household.id], signed_on=f"{on:%d/%m/%Y}")
    assert answer.status_code == 422
    assert f'name="tick_{household.id}" value="yes" checked' in answer.text  # nothing that was ticked is lost
    assert pledges_of(household) == []


def test_a_day_that_is_left_empty_is_asked_for_at_its_field(commune, browse_as):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    for said in ("", "absent"):
        answer = post(
            browse_as(commune.village_head), goal(commune, campaign), [household.id], signed_on="", result=said
        )
        assert (answer.status_code, 'href="#signed_on"' in answer.text) == (422, True)
    assert (pledges_of(household), db.session.query(DoorCall).count()) == ([], 0)


def test_who_has_not_signed_is_told_where_pledges_are_confirmed_without_a_day(commune, browse_as):
    entered, struck = some_households(commune, 2)
    campaign = a_campaign(commune)
    ticked(commune, campaign, [entered], by="officer")
    ids = [entered.id, struck.id]
    page = post(browse_as(commune.village_head), goal(commune, campaign), ids, where="?show=waiting", signed_on="")
    assert "1 household is confirmed." in page.text
    assert "1 household has not signed." in page.text


def test_ticks_far_down_the_list_come_back_with_a_mistake_and_the_filters_lead_to_the_list(commune, browse_as):
    households, campaign = some_households(commune, 30), a_campaign(commune)
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    page = html.document_fromstring(head.get(f"/campaigns/villages/{of.id}?q=bph&all=yes").text)
    (sent_to,) = page.xpath("//form[@id='ticks']/@action")
    answer = head.post(sent_to, data=typed([one.id for one in households], signed_on="31/02/2026"))
    shown = html.document_fromstring(answer.text)
    assert (answer.status_code, len(shown.xpath("//input[@type='checkbox'][@checked]"))) == (422, 30)
    assert shown.xpath("//form[@id='ticks']/@action") == [sent_to]
    leads = [url for url in shown.xpath("//main//a/@href") if "/villages/" in url]
    assert {head.get(url).status_code for url in leads} == {200}


def test_what_was_entered_and_who_is_gone_are_told_beside_a_second_day(commune, browse_as):
    other_day, gone, entered = some_households(commune, 3)
    campaign = a_campaign(commune)
    ticked(commune, campaign, [other_day], by="officer")
    with transaction(commune.clerk):
        actions.leave(gone, clock.today())
    ids = [one.id for one in (other_day, gone, entered)]
    page = post(browse_as(commune.village_head), goal(commune, campaign), ids, signed_on="22/11/2026").text
    told = (
        "please look at this", "1 household is confirmed.", "1 household stands with another day.",
        "1 household no longer lives in the village.",
    )  # fmt: skip
    assert [one for one in told if one not in page] == []


def test_establishments_are_called_so_in_what_is_told(commune, browse_as):
    shops, campaign = some_establishments(commune, 2), a_campaign(commune, target=Target.ESTABLISHMENTS)
    page = post(browse_as(commune.village_head), goal(commune, campaign), [one.id for one in shops], where="?all=yes")
    assert "2 establishments are confirmed." in page.text
    assert "household" not in words_of(page)


def words_of(page):
    return html.document_fromstring(page.text).xpath("string(//main)")


def test_establishments_are_called_so_in_vietnamese_too_and_no_count_stands_without_its_noun(commune, in_vietnamese):
    shops, campaign = some_establishments(commune, 4), a_campaign(commune, target=Target.ESTABLISHMENTS)
    ticked(commune, campaign, shops[:1], by="officer")
    of, head = goal(commune, campaign), in_vietnamese(commune.village_head)
    ids = [one.id for one in shops]
    told = [
        words_of(post(head, of, ids[:2], signed_on="22/11/2026")),
        words_of(post(head, of, ids[2:3], result="absent")),
        words_of(post(head, of, [])),
        words_of(post(head, of, ids[2:])),
        words_of(head.get(f"/campaigns/villages/{of.id}?show=refused")),
    ]
    assert [re.findall(r".{0,20}\b[Hh]ộ\b.{0,20}", one) for one in told] == [[]] * 5
    assert ("Đã xác nhận 1 cơ sở." in told[0], "Đã ghi 1 lượt đến vận động." in told[1]) == (True, True)


def test_nothing_is_signed_in_a_campaign_that_is_closed_but_what_was_entered_is_confirmed(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    ticked(commune, campaign, households[:1], by="officer")
    with transaction(commune.chief):
        campaign.workflow.take("close", campaign, commune.chief)
    with pytest.raises(Conflict):
        ticked(commune, campaign, households[1:])
    ticked(commune, campaign, households, on=None)
    assert [len(pledges_of(one)) for one in households] == [1, 0]
    assert pledges_of(households[0])[0].state == "confirmed"


def test_a_household_that_moved_away_while_the_page_was_open_is_told_and_not_signed_for(commune, browse_as):
    stays, goes = some_households(commune, 2)
    campaign = a_campaign(commune)
    with transaction(commune.clerk):
        actions.leave(goes, clock.today())
    page = post(browse_as(commune.village_head), goal(commune, campaign), [stays.id, goes.id])
    assert "1 household no longer lives in the village." in page.text
    assert (len(pledges_of(stays)), pledges_of(goes)) == (1, [])


def test_who_was_not_at_home_is_said_beside_the_name_until_they_sign(commune, browse_as):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    of, head = goal(commune, campaign), browse_as(commune.village_head)
    post(head, of, [household.id], result="absent", signed_on="18/11/2026")
    assert "Not at home on 18/11" in head.get(f"/campaigns/villages/{of.id}").text
    assert tally(commune, campaign).absent == 1
    post(head, of, [household.id])
    assert (tally(commune, campaign).absent, tally(commune, campaign).signed) == (0, 1)
    assert "Not at home" not in head.get(f"/campaigns/villages/{of.id}?show=signed").text


@pytest.mark.parametrize(("said", "due"), [("absent", 2), ("refused", 2), ("moved", 1), ("not_applicable", 1)])
def test_only_who_moved_or_is_not_concerned_leaves_the_denominator(commune, said, due):
    one, _other = some_households(commune, 2)
    campaign = a_campaign(commune)
    with transaction(commune.village_head):
        actions.record_calls(goal(commune, campaign), Household, {one.id: CallResult(said)}, SIGNED)
    assert tally(commune, campaign).due == due


def test_the_latest_call_stands_and_an_undone_signing_lets_it_stand_again(commune):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    of = goal(commune, campaign)
    for said in (CallResult.ABSENT, CallResult.REFUSED, CallResult.REFUSED):
        with transaction(commune.village_head):
            actions.record_calls(of, Household, {household.id: said}, SIGNED)
    (refusal,) = db.session.query(DoorCall).filter(DoorCall.standing)
    with clock.telling(clock.now() + timedelta(minutes=1)):
        ticked(commune, campaign, [household], over=[refusal])
        at = pledges_of(household)[0].confirmed_at
        with transaction(commune.village_head):
            actions.undo(of, at, commune.village_head)
    calls = db.session.query(DoorCall).order_by(DoorCall.id).all()
    assert [(one.result, one.standing) for one in calls] == [("absent", False), ("refused", True)]


def test_one_pledge_of_a_household_and_campaign_holds_whatever_asks_for_a_second(commune):
    """The index of the table, beneath all deeds."""
    household, campaign = some_households(commune)[0], a_campaign(commune)
    ticked(commune, campaign, [household])
    second = Pledge(
        commune_id=commune.id, campaign_id=campaign.id, household_id=household.id, signed_on=SIGNED,
        village_id=commune.place("BPH").id,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction(commune.officer):
        db.session.add(second)


# ── at the same moment ──────────────────────────────────────────────────────────────────────────────────────────────
def heads(commune, browse_as):
    """Ten browsers: the village head on two phones, and the police on eight desks."""
    users = (commune.village_head, commune.officer, commune.officer2, commune.chief, commune.officer)
    return [browse_as(one) for one in users for _twice in range(2)]


def told_at_once(browsers, of, words):
    """What each is told who sends ticks at the same moment."""
    address = f"/campaigns/villages/{of.id}/tick"
    answers = at_once(browsers, lambda browser, number: browser.post(address, data=words(number)))
    assert {one.status_code for one in answers} == {302}
    return [browser.get(one.location) for browser, one in zip(browsers, answers, strict=True)]


@pytest.mark.both_engines
def test_of_ten_who_tick_the_same_doors_at_once_one_enters_them_and_the_others_are_told(commune, browse_as):
    households, campaign = some_households(commune, 3), a_campaign(commune)
    of, ids = goal(commune, campaign), [one.id for one in households]
    days = ("20/11/2026", "21/11/2026")
    answers = told_at_once(heads(commune, browse_as), of, lambda number: typed(ids, signed_on=days[number % 2]))
    entered = [one for one in answers if re.search("3 households are (entered|confirmed)", one.text)]
    assert len(entered) in (1, 2)  # whoever entered them and, where that was the police, the head who confirmed them
    told = [one for one in answers if re.search("3 households (were there already|stand with another day)", one.text)]
    assert len(told) == 10 - len(entered)
    db.session.expire_all()
    assert [len(pledges_of(one)) for one in households] == [1, 1, 1]
    assert len({one.signed_on for household in households for one in pledges_of(household)}) == 1


@pytest.mark.both_engines
def test_of_ten_who_send_the_sheet_of_a_village_at_once_one_enters_it_and_the_others_see_who_signed(commune, browse_as):
    households, campaign = some_households(commune, 4), a_campaign(commune)
    of, among = goal(commune, campaign), ",".join(str(one.id) for one in households)
    data = {"signed_on": "20/11/2026", "among": among, f"said_{households[0].id}": "absent"}
    address = f"/campaigns/villages/{of.id}/sheet"
    answers = at_once(heads(commune, browse_as), lambda browser, _number: browser.post(address, data=data))
    assert sorted(one.status_code for one in answers) == [302] + [409] * 9
    assert [one.count for one in db.session.query(PledgeSheet)] == [3]
    assert (tally(commune, campaign).signed, tally(commune, campaign).absent) == (3, 1)


@pytest.mark.both_engines
def test_of_ten_who_note_something_else_down_at_a_door_at_once_each_is_kept_and_one_stands(commune, browse_as):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    of, ids, results = goal(commune, campaign), [household.id], [one.value for one in CallResult]
    told_at_once(heads(commune, browse_as), of, lambda number: typed(ids, result=results[number % len(results)]))
    calls = db.session.query(DoorCall).order_by(DoorCall.id).all()
    assert [one.standing for one in calls] == [False] * (len(calls) - 1) + [True]
