"""What leaders, clerks, heads of forces and villages hold: meetings, tasks of a unit, logs to sign, people helped."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.models import Assignment
from portal.drugs.models import DrugReviewEntry
from portal.duties.models import DutyRoster
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.meetings.models import Meeting
from portal.organisation import actions
from portal.organisation.models import Role
from portal.workload.models import WorkHandover
from tests.builders import a_case, a_person
from tests.conftest import TODAY
from tests.meetings.meeting import TOMORROW, a_held, a_meeting, an_order, fresh, item_of
from tests.patrols.going import a_patrol, logged
from tests.proposals.ways import a_user
from tests.workload.test_handing_over import ask, hand, outcomes, url


def a_turn(commune, user, unit="CA"):
    with transaction(commune.chief):
        turn = DutyRoster(
            commune_id=commune.id, on=TODAY + timedelta(days=3), unit_id=commune.place(unit).id, user_id=user.id,
            phone="0900000001", from_hour=7,
        )  # fmt: skip
        db.session.add(turn)
    return turn


def done():
    db.session.rollback()
    return db.session.scalars(select(WorkHandover)).one()


def test_the_meetings_of_a_clerk_go_to_the_next_clerk_with_the_minutes(commune, browse_as):
    meeting = a_meeting(commune)
    new = a_user(commune, "newclerk", (Role.OFFICE_CLERK, commune.place("UB")))
    assert hand(browse_as(commune.leader), commune.clerk, new).status_code == 302
    assert fresh(meeting).secretary == new
    assert any(one.user_id == new.id for one in meeting.invited)
    assert ("meetings.written", "passed") in outcomes(done())
    assert browse_as(new).get(f"/meetings/{meeting.id}/edit").status_code == 200


def test_whoever_takes_the_chair_gets_no_minutes_to_write_and_the_page_says_why(commune, browse_as):
    deputy = a_user(commune, "deputy", (Role.COMMUNE_LEADER, commune.place("UB")))
    meeting = a_meeting(commune, chair=deputy.grants[0])
    leader = browse_as(commune.leader)
    page = leader.get(url(commune.clerk))
    assert "Whoever takes the chair does not write the minutes as well." in page.text
    assert f'value="{deputy.id}"' not in page.text
    assert ask(leader, commune.clerk, deputy).status_code == 422
    assert fresh(meeting).secretary == commune.clerk


def test_a_meeting_that_has_begun_keeps_its_chair(commune, browse_as):
    with clock.telling(clock.moment(TOMORROW, 10)):
        meeting = a_held(commune)
        a_turn(commune, commune.leader, "UB")
        second = a_user(commune, "second", (Role.COMMUNE_LEADER, commune.place("UB")))
        assert hand(browse_as(second), commune.leader, a_user(
            commune, "third", (Role.COMMUNE_LEADER, commune.place("UB")))).status_code == 302  # fmt: skip
    assert db.session.get_one(Meeting, meeting.id).chair == commune.leader
    assert ("meetings.chaired", "stays") in outcomes(done())


def test_a_task_and_a_log_wait_for_the_force_and_stay_with_it(commune, browse_as):
    with clock.telling(clock.moment(TOMORROW, 10)):
        an_order(commune, item_of(a_held(commune), "border"), "BP", date(2026, 12, 20))
        logged(commune, a_patrol(commune, clock.moment(TOMORROW, 2)))
        comrade = a_user(commune, "comrade", (Role.BORDER_GUARD, commune.place("BP")))
        page = browse_as(comrade).get(url(commune.border)).text
        assert ask(browse_as(comrade), commune.border, comrade).status_code == 422  # nobody takes it for themselves
    assert re.search(r"Task given on 24/11/2026, due on 20/12/2026", page)
    assert "Log of patrol" in page
    assert "A log waits for the force, not for a person" in page


def test_people_whom_a_village_head_helps_stay_with_the_chairs_decision(commune, browse_as):
    case = a_case(commune, helper="village_head")
    page = browse_as(commune.leader).get(url(commune.village_head)).text
    assert f"Case {case.number}" in page
    assert "The chair decides who helps somebody" in page
    assert "Nguyễn Công Trứng" not in page
    assert "could take any of it" in page
    assert 'name="taker_id"' not in page
    assert ask(browse_as(commune.leader), commune.village_head, commune.village_head2).status_code == 422
    assert db.session.scalars(select(WorkHandover)).all() == []
    assert [one.assignee for one in db.session.scalars(select(Assignment)) if one.kind == "helper"] == [
        commune.village_head
    ]


def test_the_chair_hands_over_no_case_of_the_chief(commune, browse_as):
    case = a_case(commune, officer=None)
    second = a_user(commune, "second", (Role.POLICE_CHIEF, commune.place("CA")))
    leader = browse_as(commune.leader)
    a_turn(commune, commune.chief)
    page = leader.get(url(commune.chief)).text
    assert "It is not yours to hand over: whoever answers for it does that." in page
    hand(leader, commune.chief, second)
    assert ("cases.owned", "stays") in outcomes(done())
    assert db.session.scalars(select(Assignment).where(Assignment.case_id == case.id)).all() == []


def test_whom_an_officer_reviews_the_successor_reviews(commune, browse_as):
    with transaction(commune.officer):
        person = a_person(commune, "Hoàng Văn Mẫu")
        db.session.add(person)
        db.session.flush()
        entry = DrugReviewEntry(
            commune_id=commune.id, number="RS-2026-001", person=person, person_id=person.id, listed_on=TODAY,
            village_id=commune.place("BPH").id, reviewer_id=commune.officer.id,
        )  # fmt: skip
        db.session.add(entry)
    assert hand(browse_as(commune.chief), commune.officer, commune.officer2).status_code == 302
    assert db.session.get_one(DrugReviewEntry, entry.id).reviewer == commune.officer2
    assert ("drugs.reviewed", "passed") in outcomes(done())


def test_who_acts_for_the_chief_acts_for_nobody_else(commune, browse_as):
    deputy = a_user(commune, "deputy", (Role.POLICE_OFFICER, commune.place("CA")))
    with transaction(None):
        grant = actions.grant_role(deputy, Role.POLICE_CHIEF, commune.place("CA"), TODAY, on_behalf_of=commune.chief)
        actions.confirm_grant(grant, None)
    page = browse_as(commune.leader).get(url(commune.chief)).text
    assert "acts in their name" in page
    assert "given anew in the name of whoever holds the office next" in page


def test_the_chiefs_work_is_offered_to_the_police_and_to_nobody_who_could_take_none_of_it(commune, browse_as):
    turn = a_turn(commune, commune.chief)
    leader = browse_as(commune.leader)
    page = leader.get(url(commune.chief)).text
    offered = {int(one) for one in re.findall(r'<option value="(\d+)"', page)}
    assert offered == {commune.officer.id, commune.officer2.id}
    assert hand(leader, commune.chief, commune.officer).status_code == 302
    assert ("duties.turns", "passed") in outcomes(done())
    assert db.session.get_one(DutyRoster, turn.id).user == commune.officer


@pytest.mark.parametrize("on", ["01/01/2020", "13/11/2026"])
def test_work_changes_hands_no_earlier_than_both_are_in_office(commune, browse_as, on):
    a_turn(commune, commune.chief)
    second = a_user(commune, "second", (Role.POLICE_CHIEF, commune.place("CA")))
    with transaction(None):
        second.grants[0].valid_from = date(2026, 11, 14)
    data = {"taker_id": second.id, "reason": "Luân chuyển"}
    leader = browse_as(commune.leader)
    answer = leader.post(url(commune.chief), data=data | {"on": on})
    assert answer.status_code == 422
    assert "the work changes hands on that day or later" in answer.text
    assert "Luân chuyển" in answer.text
    assert leader.post(url(commune.chief), data=data | {"on": "14/11/2026"}).status_code == 200


def test_work_changes_hands_no_earlier_than_the_last_step_of_it(commune, browse_as):
    case = a_case(commune)
    with transaction(commune.chief):
        case.workflow.tell("hand_draft", case, commune.chief, "Luân chuyển")
    chief = browse_as(commune.chief)
    data = {"taker_id": commune.officer2.id, "reason": "Luân chuyển"}
    yesterday = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
    answer = chief.post(url(commune.officer), data=data | {"on": yesterday})
    assert answer.status_code == 422
    assert "Something was still done" in answer.text
    assert chief.post(url(commune.officer), data=data | {"on": f"{TODAY:%d/%m/%Y}"}).status_code == 200
