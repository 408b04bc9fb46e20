"""A meeting from its plan to its end, by the pages of those who take part."""

from datetime import date

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.meetings.models import Meeting

PLAN = {"kind": "coordination", "on": "24/11/2026", "at": "09:00", "venue": "Hội trường UBND xã", "subject": ""}


def the_meeting():
    db.session.expire_all()
    return db.session.scalars(select(Meeting)).one()


def test_a_meeting_goes_from_its_plan_to_its_end_by_pages(commune, browse_as):
    clerk = browse_as(commune.clerk)
    plan = {**PLAN, "chair_id": str(commune.leader.id), "secretary_id": str(commune.clerk.id)}
    assert clerk.post("/meetings/new", data=plan).status_code == 302
    meeting = the_meeting()
    page = clerk.get(f"/meetings/{meeting.id}").text
    assert "Report of Công an xã Bờ Y" in page
    assert clerk.post(f"/meetings/{meeting.id}/convene", data={"version": meeting.version}).status_code == 302
    with clock.telling(clock.moment(date(2026, 11, 24), 9, 10)):
        clerk, leader = browse_as(commune.clerk), browse_as(commune.leader)  # a session ends overnight
        meeting = the_meeting()
        came = {f"present_{one.id}": "y" for one in meeting.invited}
        body = {**came, "on": "24/11/2026", "began": "09:00", "begin": "begin", "version": meeting.version}
        assert clerk.post(f"/meetings/{meeting.id}/attendance", data=body).status_code == 302
        for item in the_meeting().agenda:
            said = {"heard_text": "Đã nghe báo cáo.", "outcome": "noted", "unit_id": "", "version": item.version}
            assert clerk.post(f"/meetings/items/{item.id}/record", data=said).status_code == 302
        meeting = the_meeting()
        ended = {"ended": "09:05", "conclusion": "Tiếp tục phối hợp.", "version": meeting.version}
        assert clerk.post(f"/meetings/{meeting.id}/end", data=ended).status_code == 302
        for browser, step in ((clerk, "draft_minutes"), (leader, "approve_minutes"), (clerk, "close")):
            meeting = the_meeting()
            answer = browser.post(f"/meetings/{meeting.id}/{step}", data={"version": meeting.version})
            assert answer.status_code == 302, answer.text
        assert the_meeting().state == "closed"
        assert clerk.get(f"/meetings/{meeting.id}").status_code == 200
