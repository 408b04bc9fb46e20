"""Meetings go out with agenda, attendance, minutes and tasks, and the command alone takes them in."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.meetings.indicators import COORDINATION
from portal.meetings.models import Meeting, Minutes
from tests.exchange.test_rooms import same
from tests.meetings.meeting import TOMORROW, a_held, a_meeting, an_approved, an_order, conclude_all, item_of

SHEETS = ("meetings", "meetings.steps", "meetings.attendance", "meetings.items", "meetings.minutes", "meetings.tasks")
LATER = TOMORROW + timedelta(days=2)


def some_meetings(commune):
    """One with a task that the next one found open, one approved, one that is only planned."""
    first = a_held(commune, TOMORROW, away=("village_head",))
    with clock.telling(clock.moment(TOMORROW, 10)):
        an_order(commune, item_of(first, "police"), "CA", date(2026, 12, 20))
        conclude_all(commune, first)
    an_approved(commune, LATER)
    a_meeting(commune, LATER + timedelta(days=20))


@pytest.mark.both_engines
def test_meetings_come_into_another_portal_with_their_minutes_and_count_the_same(commune, moved):
    period = Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,))
    with clock.telling(clock.moment(LATER, 17)):
        some_meetings(commune)
        assert COORDINATION.value(period) == 2
        minutes = db.session.scalars(select(Minutes)).one()
        told = [(one.heading, one.text) for one in minutes.told]
        assert same(moved(), *SHEETS)
        assert COORDINATION.value(period) == 2
        minutes = db.session.scalars(select(Minutes)).one()
        assert [(one.heading, one.text) for one in minutes.told] == told
        assert (minutes.intact, minutes.approved_by_id) == (True, commune.leader.id)
        first = db.session.scalars(select(Meeting).order_by(Meeting.number)).first()
        task = first.tasks[0]
        assert (task.item.source_id, task.carried, task.state) == ("report.police", 1, "open")
        assert [one.user_id for one in first.invited if one.present is False] == [commune.village_head.id]


def test_minutes_that_somebody_changed_after_they_were_approved_stay_so(commune, moved):
    with clock.telling(clock.moment(LATER, 17)):
        an_approved(commune, LATER)
        with transaction(commune.clerk):
            db.session.scalars(select(Minutes)).one().digest = "0"
        assert same(moved(), "meetings.minutes")
        assert not db.session.scalars(select(Minutes)).one().intact


MEETING = {
    "number": "HN-2026-001", "kind": "coordination", "starts_at": "20/11/2026 09:00", "where": "Hội trường",
    "chair_id": "by.leader", "chair_unit_id": "BY-UB", "secretary_id": "by.clerk", "period_first": date(2026, 10, 1),
    "period_last": date(2026, 10, 31), "quorum": 2, "state": "scheduled",
}  # fmt: skip
TASK = {"meeting_id": "HN-2026-001", "text": "Sửa camera", "unit_id": "BY-CA", "due_on": date(2026, 12, 1)}
PARAGRAPH = {"meeting_id": "HN-2026-001", "paragraph": 2, "text": "Mở đầu", "secretary": "A", "chair": "B",
             "approved_at": "20/11/2026 11:00", "approved_by_id": "by.leader"}  # fmt: skip


def test_nobody_brings_in_a_meeting_by_their_right(commune, bring):
    assert "Only whoever keeps the portal brings this in" in bring({"meetings": [MEETING]}, "--as", "by.clerk").output
    assert not db.session.scalars(select(Meeting)).all()


def test_what_does_not_fit_of_meetings_is_refused(commune, bring):
    for sheets, reason in (
        ({"meetings": [{**MEETING, "state": "held"}]}, "Please say when"),
        ({"meetings": [MEETING, MEETING]}, "This number stands in the file twice"),
        ({"meetings": [{**MEETING, "state": "held", "held_on": date(2026, 11, 20), "began_at": "20/11/2026 09:00",
                        "ended_at": "20/11/2026 08:00"}]}, "The end lies before the start"),
        ({"meetings.tasks": [{**TASK, "state": "open"}]}, "There is no entry of this number"),
        ({"meetings": [MEETING], "meetings.tasks": [{**TASK, "state": "done"}]}, "What was done or dropped says since"),
        ({"meetings": [MEETING], "meetings.tasks": [{**TASK, "state": "open", "carried": "HN-2026-009"}]},
         "There is no entry of this number"),
        ({"meetings": [MEETING], "meetings.tasks": [{**TASK, "state": "open", "item": 3}]}, "no item at this place"),
        ({"meetings": [MEETING], "meetings.minutes": [PARAGRAPH]}, "Paragraphs come one after the other"),
    ):  # fmt: skip
        assert reason in bring(sheets).output, reason
    assert not db.session.scalars(select(Meeting)).all()
