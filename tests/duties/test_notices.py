"""What the portal tells people by itself: a bell that counts by kind, and the page behind it."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import assign_officer
from portal.duties.models import Notification
from portal.duties.notices import kinds, notify
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions
from tests.builders import a_case, an_absence


def take(proposal, *steps, by, reason=""):
    for step in steps:
        with transaction(by):
            proposal.workflow.take(step, proposal, by, reason)


def a_leave(commune, case=None, leaves_on=date(2026, 12, 1)):
    return an_absence(commune, case or a_case(commune), leaves_on, leaves_on + timedelta(days=9))


def told(user):
    """The kinds of the notices that somebody has not read."""
    unread = select(Notification.kind).where(Notification.user_id == user.id, Notification.read_at.is_(None))
    return sorted(db.session.scalars(unread))


def bell(client, path="/"):
    """What the bell of a page counts: pairs of kind and number."""
    found = re.search(r'<div class="places bell">(.*?)</div>', client.get(path).text, re.DOTALL)[1]
    return dict(re.findall(r'<a href="[^"]*">([^<]*)<span class="count">(\d+)</span></a>', found))


def test_whoever_a_proposal_waits_for_is_told_at_each_step_and_the_author_of_the_decision(commune):
    leave = a_leave(commune)
    take(leave, "submit", by=commune.officer)
    assert (told(commune.chief), told(commune.leader)) == (["PROPOSAL-WAITS"], [])
    take(leave, "endorse", by=commune.chief)
    assert (told(commune.chief), told(commune.leader)) == ([], ["PROPOSAL-WAITS"])
    take(leave, "approve", by=commune.leader)
    assert (told(commune.leader), told(commune.officer)) == ([], ["PROPOSAL-APPROVED"])


def test_a_returned_proposal_is_told_to_its_author_until_it_is_sent_again(commune):
    leave = a_leave(commune)
    take(leave, "submit", by=commune.officer)
    take(leave, "return", by=commune.chief, reason="Thiếu giấy hẹn")
    assert told(commune.officer) == ["PROPOSAL-RETURNED"]
    take(leave, "submit", by=commune.officer)
    assert told(commune.officer) == []


def test_nobody_is_told_of_what_they_did_themselves(commune):
    leave = a_leave(commune)
    with transaction(commune.chief):
        notify("PROPOSAL-APPROVED", leave, to=[commune.chief, commune.leader], number=leave.number)
    assert told(commune.chief) == []
    assert told(commune.leader) == ["PROPOSAL-APPROVED"]


def test_an_officer_is_told_that_a_case_is_assigned_to_them_and_a_helper_that_they_are_asked(commune):
    case = a_case(commune)
    with transaction(commune.chief):
        asked = assign_officer(case, commune.officer2)
    assert told(commune.officer2) == ["CASE-ASSIGNED"]
    take(asked, "accept", by=commune.officer2)
    assert told(commune.officer2) == []
    with transaction(commune.officer2):
        proposal = actions.propose_helper(case, commune.helper)
    take(proposal, "submit", by=commune.officer2)
    take(proposal, "endorse", by=commune.chief)
    take(proposal, "approve", by=commune.leader)
    assert told(commune.helper) == ["HELP-ASKED"]


def test_the_clerk_is_told_of_a_paper_that_waits_for_its_number_until_it_is_registered(commune, browse_as):
    leave = a_leave(commune)
    take(leave, "submit", by=commune.officer)
    take(leave, "endorse", by=commune.chief)
    take(leave, "approve", by=commune.leader)
    assert told(commune.clerk) == ["DOCUMENT-WAITS"]
    version, clerk = leave.document.version, browse_as(commune.clerk)
    clerk.post(
        f"/documents/{leave.document.id}/issue",
        data={"number": "05/QĐ-UBND", "dated_on": "23/11/2026", "version": str(version)},
    )
    db.session.rollback()
    assert told(commune.clerk) == []


def test_an_assignment_that_was_declined_is_told_to_the_chief(commune):
    case = a_case(commune)
    with transaction(commune.chief):
        asked = assign_officer(case, commune.officer2)
    take(asked, "decline", by=commune.officer2, reason="Nghỉ phép")
    assert told(commune.chief) == ["ASSIGNMENT-DECLINED"]


def test_a_step_that_is_undone_tells_nobody(commune):
    leave = a_leave(commune)

    def submit_and_fail():
        with transaction(commune.officer):
            leave.workflow.take("submit", leave, commune.officer)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        submit_and_fail()
    assert told(commune.chief) == []


def test_the_bell_of_every_page_counts_what_is_unread_by_kind(commune, browse_as):
    chief = browse_as(commune.chief)
    assert bell(chief) == {}
    for _number in range(2):
        take(a_leave(commune), "submit", by=commune.officer)
    assert bell(chief) == bell(chief, "/cases/") == {"Proposals that wait for you": "2"}
    assert "2 unread notices" in chief.get("/cases/").text


def test_a_notice_leads_to_what_it_is_about_and_is_read_by_that(commune, browse_as):
    leave, chief = a_leave(commune), browse_as(commune.chief)
    take(leave, "submit", by=commune.officer)
    page = chief.get("/notices/").text
    assert f"Proposal {leave.number} waits for you" in page
    way = re.search(r'action="(/notices/\d+/open)"', page)[1]
    assert chief.post(way).headers["Location"] == f"/proposals/{leave.id}"
    assert bell(chief) == {}
    assert f"Proposal {leave.number} waits for you" not in chief.get("/notices/").text
    assert f"Proposal {leave.number} waits for you" in chief.get("/notices/?show=read").text


def test_the_notices_of_one_kind_are_a_page_and_can_be_marked_as_read_alone(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    back, good = a_leave(commune, case), a_leave(commune, case)
    for leave in (back, good):
        take(leave, "submit", by=commune.officer)
    take(back, "return", by=commune.chief, reason="Thiếu giấy hẹn")
    take(good, "endorse", by=commune.chief)
    take(good, "approve", by=commune.leader)
    page = officer.get("/notices/?show=PROPOSAL-RETURNED").text
    assert back.number in page
    assert good.number not in page
    officer.post("/notices/read", data={"kind": "PROPOSAL-RETURNED"})
    assert bell(officer) == {"Decided proposals": "1"}
    officer.post("/notices/read")
    assert bell(officer) == {}


def test_one_notice_can_be_marked_as_read(commune, browse_as):
    chief = browse_as(commune.chief)
    for _number in range(2):
        take(a_leave(commune), "submit", by=commune.officer)
    one = re.search(r'action="(/notices/\d+/read)"', chief.get("/notices/").text)[1]
    assert chief.post(one).headers["Location"] == "/notices/"
    assert bell(chief) == {"Proposals that wait for you": "1"}


def test_the_notices_of_others_are_out_of_reach(commune, browse_as):
    take(a_leave(commune), "submit", by=commune.officer)
    one = db.session.scalars(select(Notification.id)).one()
    leader = browse_as(commune.leader)
    assert leader.post(f"/notices/{one}/open").status_code == 404
    assert leader.post(f"/notices/{one}/read").status_code == 404
    leader.post("/notices/read")
    assert told(commune.chief) == ["PROPOSAL-WAITS"]


def test_a_kind_that_nobody_knows_is_no_page(commune, browse_as):
    chief = browse_as(commune.chief)
    take(a_leave(commune), "submit", by=commune.officer)
    assert chief.get("/notices/?show=PROPOSAL-EATEN").status_code == 404
    assert chief.post("/notices/read", data={"kind": "PROPOSAL-EATEN"}).status_code == 404
    assert told(commune.chief) == ["PROPOSAL-WAITS"]


def test_a_notice_names_no_supervised_person(commune, browse_as):
    leave, chief = a_leave(commune, a_case(commune, name="Nguyễn Công Trứng")), browse_as(commune.chief)
    take(leave, "submit", by=commune.officer)
    assert "Trứng" not in chief.get("/notices/").text


def test_each_declared_kind_has_a_head_of_its_own_and_a_page_that_exists(app, commune):
    with app.test_request_context():
        heads = [str(kind.label) for kind in kinds().values()]
    assert all(heads)
    assert len(set(heads)) == len(heads)
    assert {kind.endpoint for kind in kinds().values()} <= set(app.view_functions)
    declared = [kind.id for area in app.extensions["areas"] for kind in area.notices]
    assert len(set(declared)) == len(declared)


def test_a_kind_that_no_room_declares_cannot_be_told(commune):
    leave = a_leave(commune)
    with pytest.raises(LookupError), transaction(commune.officer):
        notify("NEVER-DECLARED", leave, to=[commune.chief])


def test_what_was_read_long_ago_is_put_away_and_what_was_not_stays(commune, browse_as):
    old, unread = a_leave(commune), a_leave(commune)
    for leave in (old, unread):
        take(leave, "submit", by=commune.officer)
    first = db.session.scalars(select(Notification.id).order_by(Notification.id)).first()
    browse_as(commune.chief).post(f"/notices/{first}/read")
    with clock.telling(clock.now() + timedelta(days=200)):
        take(a_leave(commune, leaves_on=date(2027, 6, 20)), "submit", by=commune.officer)
    db.session.rollback()
    left = db.session.scalars(select(Notification.subject_id).where(Notification.user_id == commune.chief.id)).all()
    assert old.id not in left
    assert unread.id in left
