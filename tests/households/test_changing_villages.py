"""Villages change while a campaign runs: one takes another over, one begins; who heads two goes to each."""

from datetime import date

import pytest

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.agenda import pledges as told_at_meetings
from portal.households.models import CampaignGoal, CampaignKind, Target
from portal.households.queries import tallies
from portal.organisation import actions as organisation
from portal.organisation.models import Role, UnitKind
from portal.outreach.models import OutreachSession
from tests.builders import FOUNDED
from tests.households.doors import a_campaign, goal, some_establishments, some_households, ticked

YESTERDAY = date(2026, 11, 22)


def open_duties(rule):
    found = db.session.query(Duty).filter(Duty.rule == rule, still_open()).all()
    return sorted((one.values["village"], one.values["count"]) for one in found)


def merged(commune, into="NHA", ended="BPH"):
    with transaction(commune.administrator):
        organisation.end_unit(commune.place(ended), YESTERDAY, commune.place(into))


def a_new_village(commune):
    """One more village of whoever is head of Bắc Phong."""
    with transaction(commune.administrator):
        village = organisation.add_unit(commune.unit, "thôn Mới", UnitKind.VILLAGE, clock.today())
    with transaction(None):
        organisation.confirm_grant(
            organisation.grant_role(commune.village_head, Role.VILLAGE_HEAD, village, FOUNDED), None
        )
    return village


def test_after_one_village_took_another_over_the_campaign_is_there_once(commune, browse_as):
    some_households(commune, 3)
    some_households(commune, 2, "NHA")
    campaign = a_campaign(commune)
    assert open_duties("PLEDGES-TO-COLLECT") == [("thôn Bắc Phong", 3), ("thôn Ngọc Hải", 2)]
    merged(commune)
    assert open_duties("PLEDGES-TO-COLLECT") == [("thôn Ngọc Hải", 5)]
    home = browse_as(commune.village_head2).get("/").text
    of = goal(commune, campaign, "NHA")
    assert home.count(f'class="main" href="/campaigns/villages/{of.id}"') == 1
    assert f"/campaigns/villages/{goal(commune, campaign).id}" not in home
    assert browse_as(commune.chief).get(f"/campaigns/{campaign.id}").text.count("Thôn Ngọc Hải</a>") == 1


@pytest.mark.parametrize(("counts", "due"), [((2, 1), 3), ((2, None), 5), ((None, None), 5), ((9, 9), 5)])
def test_a_village_that_took_another_over_is_to_reach_what_both_were(commune, counts, due):
    some_households(commune, 3)
    some_households(commune, 2, "NHA")
    asked = dict(zip((commune.place("BPH").id, commune.place("NHA").id), counts, strict=True))
    campaign = a_campaign(commune, counts=asked)
    merged(commune)
    assert [one.due for one in tallies(campaign).values()] == [due]


def test_a_village_that_begins_while_a_campaign_runs_signs_in_it(commune, browse_as):
    campaign = a_campaign(commune)
    village = a_new_village(commune)
    of = db.session.query(CampaignGoal).filter_by(campaign_id=campaign.id, village_id=village.id).one()
    page = browse_as(commune.village_head).get("/campaigns/").text
    assert f"/campaigns/villages/{of.id}" in page
    assert f"/campaigns/villages/{goal(commune, campaign).id}" in page


def test_a_goal_never_asks_for_more_than_live_there(commune):
    households = some_households(commune, 4)
    campaign = a_campaign(commune, counts={commune.place("BPH").id: 4})
    ticked(commune, campaign, households[:3])
    with transaction(commune.clerk):
        actions.leave(households[3], YESTERDAY)
    (tally,) = tallies(campaign).values()
    assert (tally.due, tally.reached, tally.percent) == (3, True, 100.0)


def test_an_establishment_that_is_entered_changes_what_its_village_owes(commune):
    a_campaign(commune, kind=CampaignKind.FIRE_SAFETY, target=Target.ESTABLISHMENTS)
    assert open_duties("PLEDGES-TO-COLLECT") == []
    some_establishments(commune, 2)
    assert open_duties("PLEDGES-TO-COLLECT") == [("thôn Bắc Phong", 2)]


def test_an_agenda_tells_of_establishments_beside_households(app, commune):
    some_households(commune, 3)
    shops = some_establishments(commune, 2)
    campaign = a_campaign(commune, kind=CampaignKind.FIRE_SAFETY, target=Target.BOTH, title="PCCC")
    ticked(commune, campaign, shops[:1])
    with app.test_request_context():
        said = str(list(told_at_meetings(Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,)))))
    assert "PCCC: signed of 3" in said
    assert "PCCC, establishments: signed of 2" in said
    assert "1/5" in said


def test_the_head_of_two_villages_says_in_which_a_meeting_was_held_and_sees_each_in_the_list(commune, browse_as):
    campaign, village = a_campaign(commune), a_new_village(commune)
    ticked(commune, campaign, some_households(commune, 2))
    head = browse_as(commune.village_head)
    assert "Thôn Bắc Phong: 2" in head.get("/campaigns/").text
    assert "Thôn Mới: 0" in head.get("/campaigns/").text
    typed = {"form": "village_meeting", "attendance": "40", "held_on": "23/11/2026"}
    assert head.post("/outreach/held", data=typed).status_code == 422
    head.post("/outreach/held", data={**typed, "village_id": str(village.id)})
    assert [one.village_id for one in db.session.query(OutreachSession)] == [village.id]
    elsewhere = {**typed, "village_id": str(commune.place("NHA").id)}
    assert head.post("/outreach/held", data=elsewhere).status_code == 422
