"""Campaigns: written by the police, opened by the chief, frozen from then on; duties and notices that follow."""

from datetime import date, timedelta

import pytest
from lxml import html

from portal.duties.models import Duty, Notification
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.actions import CampaignFacts
from portal.households.models import CampaignKind, PledgeCampaign, Target
from portal.households.queries import tallies
from portal.organisation import actions as accounts
from tests.households.doors import FIRST, LAST, a_campaign, goal, pledges_of, some_households, ticked

TYPED = {
    "kind": "drug_free", "title": "Cam kết không ma túy 2026", "text": "Không sử dụng ma túy.", "target": "households",
    "first_on": "01/11/2026", "last_on": "31/12/2026",
}  # fmt: skip


def open_duties(rule):
    return db.session.query(Duty).filter(Duty.rule == rule, still_open()).all()


def test_an_officer_writes_a_campaign_and_the_chief_alone_opens_it(commune, browse_as):
    some_households(commune)
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    officer.post("/campaigns/new", data=TYPED)
    campaign = db.session.query(PledgeCampaign).one()
    assert "Open the campaign" not in officer.get(f"/campaigns/{campaign.id}").text
    assert officer.post(f"/campaigns/{campaign.id}/open", data={"version": campaign.version}).status_code == 403
    assert "Open the campaign" in chief.get(f"/campaigns/{campaign.id}").text
    chief.post(f"/campaigns/{campaign.id}/open", data={"version": campaign.version})
    db.session.expire_all()
    assert campaign.state == "open"


def test_what_people_sign_is_changed_no_more_once_the_campaign_is_open(commune, browse_as):
    campaign = a_campaign(commune)
    assert browse_as(commune.officer).post(f"/campaigns/{campaign.id}/edit", data=TYPED).status_code == 403
    facts = CampaignFacts(CampaignKind.OTHER, "Khác", "Khác", Target.HOUSEHOLDS, FIRST, LAST)
    with pytest.raises(Refused), transaction(commune.officer):
        actions.change_campaign(campaign, facts)
    assert campaign.text == "Không sử dụng ma túy."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "This is needed."),
        ({"text": " "}, "This is needed."),
        ({"kind": "gambling"}, "one of the list"),
        ({"target": "everybody"}, "choose one"),
        ({"last_on": "31/10/2026"}, "cannot be before the first"),
        ({"first_on": "soon"}, "no day of the calendar"),
    ],
)
def test_each_mistake_in_a_campaign_is_told_and_nothing_is_kept(commune, browse_as, typed, told):
    answer = browse_as(commune.officer).post("/campaigns/new", data={**TYPED, **typed})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert db.session.query(PledgeCampaign).count() == 0


def test_a_village_may_be_asked_for_fewer_than_everybody(commune, browse_as):
    households = some_households(commune, 4)
    campaign = a_campaign(commune, counts={commune.place("BPH").id: 2})
    ticked(commune, campaign, households[:1])
    page = browse_as(commune.village_head).get(f"/campaigns/villages/{goal(commune, campaign).id}").text
    assert "<b>1</b> of 2 households signed" in page


def test_a_village_head_sees_the_own_village_and_no_other(commune, browse_as):
    some_households(commune, 1, head="Thao Mưu")
    some_households(commune, 1, "NHA", head="Nàng Xuân")
    campaign = a_campaign(commune)
    head = browse_as(commune.village_head)
    assert "Thao Mưu" in head.get(f"/campaigns/villages/{goal(commune, campaign).id}").text
    assert head.get(f"/campaigns/villages/{goal(commune, campaign, 'NHA').id}").status_code == 404
    assert "Nàng Xuân" not in head.get("/households/").text
    assert head.get(f"/campaigns/{campaign.id}").status_code == 403


def test_nobody_of_the_commune_beside_is_counted(commune, neighbour):
    some_households(commune, 2)
    some_households(neighbour, 3)
    assert sum(one.here for one in tallies(a_campaign(commune)).values()) == 2


# ── what follows ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_heads_are_told_that_a_campaign_was_opened_and_how_many_pledges_wait_for_them(commune):
    households, campaign = some_households(commune, 12), a_campaign(commune)
    ticked(commune, campaign, households, by="officer")
    mine = db.session.query(Notification).filter_by(user_id=commune.village_head.id).order_by(Notification.id)
    assert [one.kind for one in mine] == ["CAMPAIGN-OPENED", "PLEDGES-WAIT"]
    assert mine[1].values["count"] == 12
    ticked(commune, campaign, households, on=None)
    db.session.expire_all()
    assert mine[1].read_at is not None  # it waits no more


def test_pledges_that_wait_are_the_duty_of_the_head_of_that_village_until_they_are_confirmed(commune):
    households, campaign = some_households(commune, 3), a_campaign(commune)
    ticked(commune, campaign, households, by="officer")
    (duty,) = open_duties("PLEDGES-TO-CONFIRM")
    assert (duty.owner_id, duty.values["count"]) == (commune.village_head.id, 3)
    assert duty.due_on == clock.today() + timedelta(days=7)
    ticked(commune, campaign, households, on=None)
    assert open_duties("PLEDGES-TO-CONFIRM") == []


def test_a_village_that_lags_from_half_time_on_is_the_chiefs_duty(commune):
    households = some_households(commune, 4)
    campaign = a_campaign(commune, first_on=date(2026, 11, 1), last_on=date(2026, 12, 1))
    ticked(commune, campaign, households[:1])
    (duty,) = open_duties("VILLAGE-LAGS")  # half-time was on 16/11
    assert (duty.owner_role, duty.values["percent"], duty.due_on) == ("police_chief", 25, date(2026, 11, 16))
    ticked(commune, campaign, households[:2])
    assert open_duties("VILLAGE-LAGS") == []


def test_before_half_time_nobody_lags(commune):
    some_households(commune, 4)
    a_campaign(commune, first_on=date(2026, 11, 1), last_on=date(2026, 12, 31))
    assert open_duties("VILLAGE-LAGS") == []


def test_a_campaign_whose_last_day_has_passed_is_to_be_closed_by_the_chief(commune):
    campaign = a_campaign(commune, last_on=date(2026, 11, 22))
    (duty,) = open_duties("CAMPAIGN-CLOSE")
    assert (duty.owner_role, duty.due_on) == ("police_chief", date(2026, 11, 29))
    with transaction(commune.chief):
        campaign.workflow.take("close", campaign, commune.chief)
    assert open_duties("CAMPAIGN-CLOSE") == []


def test_a_village_that_lags_at_half_time_and_in_the_last_week_is_told_once_and_by_the_later_question(commune):
    households = some_households(commune, 10)
    campaign = a_campaign(commune, last_on=date(2026, 11, 28))  # half-time 14/11, the last week from 21/11
    ticked(commune, campaign, households[:1])
    assert [(one.key, one.due_on) for one in open_duties("VILLAGE-LAGS")] == [("last", date(2026, 11, 21))]


def test_the_question_of_the_last_week_takes_the_place_of_that_at_half_time(commune):
    households = some_households(commune, 10)
    campaign = a_campaign(commune, last_on=date(2026, 12, 5))  # half-time 18/11, the last week from 28/11
    ticked(commune, campaign, households[:1])
    assert [one.key for one in open_duties("VILLAGE-LAGS")] == ["half"]
    with clock.telling(clock.moment(date(2026, 11, 29), 9)):
        ticked(commune, campaign, households[1:2], on=date(2026, 11, 29))
        assert [one.key for one in open_duties("VILLAGE-LAGS")] == ["last"]


def test_what_waits_in_a_campaign_that_was_closed_is_still_owed_and_confirmed_on_its_page(commune, browse_as):
    households, campaign = some_households(commune, 3), a_campaign(commune)
    ticked(commune, campaign, households, by="officer")
    with transaction(commune.chief):
        campaign.workflow.take("close", campaign, commune.chief)
    (duty,) = open_duties("PLEDGES-TO-CONFIRM")
    assert duty.owner_id == commune.village_head.id
    assert open_duties("PLEDGES-TO-COLLECT") == []
    head, address = browse_as(commune.village_head), f"/campaigns/villages/{goal(commune, campaign).id}"
    assert "3 pledges wait for your word" in head.get("/").text
    page = html.document_fromstring(head.get(f"{address}?show=waiting").text)
    (form,) = page.xpath("//form[@id='ticks']")
    assert page.xpath("//button[@form='ticks']")
    head.post(form.get("action"), data={f"tick_{one.id}": "yes" for one in households} | {"result": ""})
    assert [one.state for household in households for one in pledges_of(household)] == ["confirmed"] * 3
    assert open_duties("PLEDGES-TO-CONFIRM") == []
    assert 'id="ticks"' not in head.get(address).text  # nobody signs any more


def test_what_waits_in_a_closed_campaign_passes_on_with_the_office_of_the_village_head(commune):
    households, campaign = some_households(commune, 2), a_campaign(commune)
    ticked(commune, campaign, households, by="officer")
    with transaction(commune.chief):
        campaign.workflow.take("close", campaign, commune.chief)
    with transaction(commune.chief):
        accounts.end_grant(commune.village_head.grants[0], clock.today() - timedelta(days=1), "Thôi làm trưởng thôn")
    (duty,) = open_duties("PLEDGES-TO-CONFIRM")
    assert duty.owner_role == "police_chief"
