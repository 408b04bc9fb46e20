"""An approval by word of mouth holds at once, for 24 hours; and the time of the law passes by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.duties.models import Duty, Notification
from portal.engine import clock
from portal.engine.db import db
from portal.engine.workflow import steps_of
from portal.proposals.workflow import PROPOSAL
from tests.builders import a_case
from tests.proposals.ways import a_proposal, buttons, step, version_on

NOW = date(2026, 11, 23)
TYPED = {"said_on": "23/11/2026", "said_at": "19:30", "how": "telephone", "why": "Mẹ mất, phải về ngay trong đêm"}


def run(app):
    return app.test_cli_runner().invoke(args=["jobs", "run", "proposals"]).output


def at(hour, days=0, minute=0):
    return clock.telling(clock.moment(NOW + timedelta(days=days), hour, minute))


@pytest.fixture
def endorsed(commune):
    with at(18):
        proposal = a_proposal("absence", a_case(commune), commune.officer)
        step(proposal, "submit", commune.officer)
        step(proposal, "endorse", commune.chief)
    return proposal


def heard(client, proposal, **more):
    page = client.get(f"/proposals/{proposal.id}/oral")
    assert page.status_code == 200, page.status_code
    typed = {"said_by": str(more.pop("said_by")), **TYPED, **more}
    return client.post(f"/proposals/{proposal.id}/oral", data={"version": version_on(page), **typed})


@pytest.fixture
def oral(endorsed, commune, browse_as):
    with at(20):
        page = heard(browse_as(commune.chief), endorsed, said_by=commune.leader.id)
        assert page.status_code == 302, page.text
    db.session.refresh(endorsed)
    return endorsed


def open_duty(rule):
    stands = Duty.rule == rule, Duty.done_on.is_(None), Duty.dropped_on.is_(None)
    return db.session.scalars(select(Duty).where(*stands)).all()


def test_the_endorser_records_it_and_it_counts_at_once(oral, commune):
    assert oral.state == "oral"
    with at(20):
        assert oral in oral.case.permits
    (owed,) = open_duty("CONFIRM-ORAL")
    assert (owed.owner_id, owed.due_at) == (commune.leader.id, clock.moment(NOW + timedelta(days=1), 19, 30))
    told = db.session.scalars(select(Notification).where(Notification.kind == "PROPOSAL-ORAL")).one()
    assert told.user_id == commune.leader.id


def test_whoever_said_it_confirms_it_in_writing_and_nobody_else(oral, commune, browse_as, app):
    with at(8, 1):
        for other in (commune.chief, commune.officer):
            assert "approve" not in buttons(browse_as(other).get(f"/proposals/{oral.id}"))
        leader = browse_as(commune.leader)
        page = leader.get(f"/proposals/{oral.id}")
        assert "19:30" in page.text
        assert "Confirm in writing" in page.text
        answer = leader.post(f"/proposals/{oral.id}/approve", data={"version": version_on(page)})
        assert answer.status_code == 302, answer.text
    db.session.refresh(oral)
    assert (oral.state, oral.decided_by_id) == ("approved", commune.leader.id)
    assert oral.intact
    assert oral.document is not None
    assert not open_duty("CONFIRM-ORAL")
    with at(8, 3):
        assert "0 oral approvals lapsed" in run(app)
    assert oral.state == "approved"


def test_what_is_not_confirmed_within_24_hours_lapses_and_has_to_be_dealt_with(oral, commune, browse_as, app):
    with at(19, 1, 31):  # before any job has run
        assert oral not in oral.case.permits
        page = browse_as(commune.leader).get(f"/proposals/{oral.id}")
        assert "lapsed" in page.text
        refused = browse_as(commune.leader).post(f"/proposals/{oral.id}/approve", data={"version": version_on(page)})
        assert refused.status_code == 422
        assert "1 oral approval lapsed" in run(app)
        assert "0 oral approvals lapsed" in run(app)
    db.session.refresh(oral)
    assert oral.state == "lapsed"
    assert [one.by_id for one in steps_of(oral) if one.name == "lapse"] == [None]
    (owed,) = open_duty("SETTLE-LAPSED")
    assert owed.owner_id == oral.case.owner_id
    with at(20, 1):
        officer = browse_as(commune.officer)
        page = officer.get(f"/proposals/{oral.id}")
        assert "Propose it anew" in page.text
        without = officer.post(f"/proposals/{oral.id}/settle_lapsed", data={"version": version_on(page), "reason": ""})
        assert without.status_code == 422
        told = {"version": version_on(page), "reason": "Đã gọi điện, người này đã về"}
        assert officer.post(f"/proposals/{oral.id}/settle_lapsed", data=told).status_code == 302
    db.session.refresh(oral)
    assert oral.state == "settled"
    assert not open_duty("SETTLE-LAPSED")


def test_whoever_said_it_may_deny_it(oral, commune):
    with at(21):
        step(oral, "reject", commune.leader, "Tôi không đồng ý")
    assert oral.state == "rejected"
    assert oral.intact


def test_the_author_does_not_record_it_and_names_nobody_but_who_decides(endorsed, commune, browse_as):
    with at(20):
        assert browse_as(commune.officer).get(f"/proposals/{endorsed.id}/oral").status_code == 403
        chief = browse_as(commune.chief)
        assert heard(chief, endorsed, said_by=commune.chief.id).status_code == 422
        assert heard(chief, endorsed, said_by=commune.leader.id, said_at="20:30").status_code == 422
        early = heard(chief, endorsed, said_by=commune.leader.id, said_at="17:00")
        assert early.status_code == 422
        assert "before the proposal was submitted" in early.text
        assert "Mẹ mất" in early.text  # nothing typed is lost
        assert heard(chief, endorsed, said_by=commune.leader.id, why="").status_code == 422
    with at(20, 2):
        late = heard(browse_as(commune.chief), endorsed, said_by=commune.leader.id)
        assert "more than 24 hours ago" in late.text
    assert endorsed.state == "endorsed"


def test_a_kind_that_opens_or_closes_something_is_never_approved_orally(commune, browse_as):
    with at(18):
        proposal = a_proposal("completion", a_case(commune), commune.officer)
        assert not proposal.may_be_oral
        step(proposal, "submit", commune.officer)
        assert browse_as(commune.chief).get(f"/proposals/{proposal.id}/oral").status_code == 302
    assert proposal.state == "submitted"


# ── the time of the law ─────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_not_decided_in_the_time_of_the_law_is_told_by_the_job_and_still_possible(commune, browse_as, app):
    with at(9, -13):  # Tuesday 10/11: three working days
        proposal = a_proposal("helper", a_case(commune), commune.officer, helper_id=commune.helper.id)
        step(proposal, "submit", commune.officer)
        step(proposal, "endorse", commune.chief)
    with at(9, -10):
        assert "0 proposals timed out" in run(app)
    with at(9, -9):
        page = browse_as(commune.leader).get(f"/proposals/{proposal.id}")
        assert "nobody helps the person before it is decided" in page.text  # told before any job has run
        assert proposal.timed_out_at is None
        assert "1 proposal timed out" in run(app)
        assert "0 proposals timed out" in run(app)
        db.session.refresh(proposal)
        assert (proposal.state, proposal.timed_out_at) == ("endorsed", clock.moment(NOW - timedelta(days=9), 9))
        leader = browse_as(commune.leader)
        assert "The time that the law gives to decide passed" in leader.get(f"/proposals/{proposal.id}").text
        assert "Timed out" in leader.get("/proposals/?show=late").text
        (owed,) = open_duty("DECIDE-BY-LAW")
        assert (owed.due_on, owed.owner_role) == (date(2026, 11, 13), "commune_leader")
        told = db.session.scalars(select(Notification.user_id).where(Notification.kind == "PROPOSAL-TIMED-OUT")).all()
        assert set(told) == {commune.leader.id, commune.officer.id}
        step(proposal, "approve", commune.leader)
    assert proposal.standing is PROPOSAL.states["approved"]


def test_a_proposal_to_which_the_law_gives_no_time_never_times_out(endorsed, app):
    with at(9, 40):
        assert "0 proposals timed out" in run(app)
