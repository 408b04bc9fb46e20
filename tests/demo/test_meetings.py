"""The meetings of the example: as the report of August 2024 counts them, and the one that comes next."""

from datetime import date

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.meetings.indicators import COORDINATION, INTERIM_REVIEWS
from portal.meetings.models import ActionItem, Meeting
from portal.organisation.models import Unit


def communes():
    return tuple(db.session.scalars(select(Unit.id)))


def test_eight_briefings_and_one_review_are_counted_in_eight_months_of_2024_and_of_2023(example):
    period = Period(date(2024, 1, 1), date(2024, 8, 31), communes())
    found = [figure(one, period) for one in (COORDINATION, INTERIM_REVIEWS)]
    assert [(one.value, one.previous_value) for one in found] == [(8, 8), (1, 1)]


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
    carried = db.session.scalars(select(ActionItem).where(ActionItem.state == "open", ActionItem.carried > 0)).all()
    assert len(carried) == 2
    assert sum(task.late for task in carried) == 1


def test_the_next_briefing_is_convened_with_one_force_silent_and_two_tasks_carried_over(example):
    assert_the_day_of_a_user()


def test_so_it_is_on_any_later_day(later_example):
    assert_the_day_of_a_user()
    later = select(Meeting.held_on).where(Meeting.kind == "coordination", Meeting.held_on >= date(2027, 1, 1))
    months = {(on.year, on.month) for on in db.session.scalars(later)}
    assert len(months) == 14
