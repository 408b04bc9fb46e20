"""The meetings of the example: as the report of August 2024 counts them, and the one that comes next."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.meetings.indicators import COORDINATION, INTERIM_REVIEWS
from portal.meetings.models import ActionItem, Meeting
from portal.organisation.models import Unit, line_of
from tests.reports import outings_by_hand as hand

# Of the story.
BRIEFINGS = {
    2023: "05/01 06/02 06/03 05/04 05/05 05/06 05/07 07/08 06/09 05/10 06/11 05/12",
    2024: "04/01 02/02 05/03 04/04 06/05 05/06 04/07 05/08",
}


def communes():
    return tuple(db.session.scalars(select(Unit.id)))


def test_eight_briefings_and_one_review_are_counted_in_eight_months_of_2024_and_of_2023(example):
    period = Period(date(2024, 1, 1), date(2024, 8, 31), communes())
    found = [figure(one, period) for one in (COORDINATION, INTERIM_REVIEWS)]
    assert [(one.value, one.previous_value) for one in found] == [(8, 8), (1, 1)]


def test_the_days_of_the_meetings_of_2023_and_2024_are_those_of_the_story(example):
    told = select(Meeting.kind, Meeting.held_on).where(Meeting.held_on <= date(2024, 8, 31)).order_by(Meeting.held_on)
    found = {}
    for kind, held_on in db.session.execute(told):
        found.setdefault(str(kind), []).append(f"{held_on:%d/%m/%Y}")
    assert found.pop("coordination") == [f"{day}/{year}" for year, days in BRIEFINGS.items() for day in days.split()]
    assert found == {
        "interim_review": ["11/07/2023", "09/07/2024"],
        "annual_review": ["20/12/2023"],
        "steering_committee": ["26/03/2024", "27/06/2024"],
    }


def test_the_rows_counted_by_hand_say_the_same(example):
    rows = [
        hand.Meeting(one.kind, one.state, one.starts_at, one.held_on) for one in db.session.scalars(select(Meeting))
    ]
    for year in (2023, 2024):
        counted = hand.figures([], rows, date(year, 1, 1), date(year, 8, 31))
        assert (counted[COORDINATION.id], counted[INTERIM_REVIEWS.id]) == (8, 1)


def test_each_briefing_left_one_to_three_tasks_each_of_a_force_and_for_a_day(example):
    held = select(Meeting).where(Meeting.kind == "coordination", Meeting.held_on.is_not(None))
    for meeting in db.session.scalars(held):
        assert 1 <= len(meeting.tasks) <= 3
        assert all(task.due_on > meeting.held_on for task in meeting.tasks)


def test_the_two_tasks_of_the_briefing_of_august_2024_are_open_at_its_end_and_done_in_september(example):
    given = select(ActionItem).join(ActionItem.meeting).where(Meeting.held_on == date(2024, 8, 5))
    tasks = {task.text: (task.unit.code, task.due_on, task.ended_on) for task in db.session.scalars(given)}
    assert tasks == {
        "Hoàn thành danh sách rà soát còn lại": ("PY-CA", date(2024, 9, 5), date(2024, 9, 4)),
        "Sửa hội trường thôn Tà Ka": ("PY-UB", date(2024, 9, 30), date(2024, 9, 27)),
    }


def test_every_briefing_of_before_today_is_closed_with_its_minutes(example):
    held = db.session.scalars(select(Meeting).where(Meeting.held_on < clock.today())).all()
    assert {meeting.state for meeting in held} == {"closed"}
    assert all(meeting.minutes and meeting.minutes.intact for meeting in held)


def assert_the_day_of_a_user():
    coming = db.session.scalars(select(Meeting).where(Meeting.state == "convened")).one()
    assert coming.day > clock.today()
    silent = [item.unit.kind for item in coming.agenda if item.is_report and not item.own_words]
    assert silent == ["border_post"]
    carried = db.session.scalars(select(ActionItem).where(ActionItem.state == "open", ActionItem.carryings.any())).all()
    assert len(carried) == 2
    assert sum(task.late for task in carried) == 1


def test_the_next_briefing_is_convened_with_one_force_silent_and_two_tasks_carried_over(example):
    assert_the_day_of_a_user()


def test_so_it_is_on_any_later_day(later_example):
    assert_the_day_of_a_user()
    later = select(Meeting.held_on).where(Meeting.kind == "coordination", Meeting.held_on >= date(2027, 1, 1))
    months = {(on.year, on.month) for on in db.session.scalars(later)}
    assert len(months) == 14


@pytest.mark.parametrize("day", ["example", "later_example"])
def test_the_agenda_that_comes_next_tells_how_many_duties_are_past_their_day(day, request):
    request.getfixturevalue(day)
    meeting = db.session.scalars(select(Meeting).where(Meeting.state == "convened")).one()
    told = next(item for item in meeting.agenda if item.source_id == "duties.overdue")
    late = select(func.count(Duty.id)).where(
        Duty.commune_id.in_(line_of(meeting.commune_id)), still_open(), Duty.is_right.is_(False),
        Duty.due_on < clock.today(),
    )  # fmt: skip
    assert [one.value for one in told.figures] == [str(db.session.scalar(late))]
