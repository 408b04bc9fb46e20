"""A page of meetings asks the database a fixed number of questions, however much stands on it."""

from datetime import date

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from tests.architecture.test_queries import questions
from tests.meetings.meeting import TOMORROW, a_held, a_meeting, an_order, item_of

PAGES = ("/meetings/", "/meetings/tasks", "/meetings/reviews?year=2026&half=year")


def add(commune, meeting, count):
    with transaction(commune.border):
        for number in range(count):
            actions.propose_item(meeting, commune.place("BP"), f"Nội dung {number}", "Chi tiết")


def test_thirty_items_cost_as_many_questions_as_three(app, commune, browse_as):
    meeting, clerk = a_meeting(commune), browse_as(commune.clerk)
    add(commune, meeting, 3)
    few = questions(app, clerk, f"/meetings/{meeting.id}")
    add(commune, meeting, 27)
    many = questions(app, clerk, f"/meetings/{meeting.id}")
    assert len(many) <= len(few)
    assert len(many) <= 40


def test_thirty_meetings_and_tasks_cost_as_many_questions_as_three(app, commune, browse_as):
    def hold(first, last):
        for day in range(first, last):
            on = date(2026, 10, day)
            with clock.telling(clock.moment(on, 7)):
                meeting = a_held(commune, on)
            with clock.telling(clock.moment(on, 10)):
                an_order(commune, item_of(meeting, "police"), "CA", TOMORROW, f"Việc {day}")

    leader = browse_as(commune.leader)
    hold(1, 4)
    few = {page: len(questions(app, leader, page)) for page in PAGES}
    hold(4, 12)
    many = {page: len(questions(app, leader, page)) for page in PAGES}
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
