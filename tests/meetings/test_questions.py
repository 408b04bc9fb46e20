"""A page of meetings asks the database a fixed number of questions, however much stands on it."""

from datetime import date

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import Outcome
from tests.architecture.test_queries import questions
from tests.meetings.meeting import ON_THE_DAY, TOMORROW, a_held, a_meeting, an_order, item_of

PAGES = ("/meetings/", "/meetings/tasks", "/meetings/tasks/units", "/meetings/reviews?year=2026&half=year")


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


def order(commune, meeting, count):
    """So many items that gave a task each, with somebody who was not there."""
    with transaction(commune.leader):
        for number in range(count):
            item = actions.propose_item(meeting, commune.place("UB"), f"Việc {number}", "Chi tiết")
            actions.admit(item, commune.leader.id)
            task = actions.Order(f"Làm việc {number}", commune.place("CA"), TOMORROW)
            actions.conclude(item, Outcome.NOTED, commune.leader.id, text="Đã nghe.")
            actions.conclude(item, Outcome.INSTRUCTED, commune.leader.id, text="Giao.", order=task)
            actions.let_go(item, commune.leader.id)
            there = {one.id: one.user_id != commune.border.id for one in meeting.invited}
            actions.record_item_attendance(item, there)
    return item


def test_eight_items_with_tasks_cost_as_many_questions_as_two(app, commune, browse_as):
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY):
        leader = browse_as(commune.leader)
        order(commune, meeting, 2)
        few = questions(app, leader, f"/meetings/{meeting.id}")
        order(commune, meeting, 6)
        many = questions(app, leader, f"/meetings/{meeting.id}")
    assert len(many) <= len(few)


ITEM_PAGES = ("/meetings/items/{item}/record", "/meetings/items/{item}/attendance", "/meetings/{meeting}/attendance")


def test_the_pages_of_an_item_cost_as_many_questions_with_eight_tasks_and_guests_as_with_two(app, commune, browse_as):
    meeting = a_held(commune)
    with clock.telling(ON_THE_DAY):
        leader, item = browse_as(commune.leader), order(commune, meeting, 1)
        pages = [page.format(item=item.id, meeting=meeting.id) for page in ITEM_PAGES]

        def grow(first, last):
            with transaction(commune.leader):
                for number in range(first, last):
                    actions.give(item, actions.Order(f"Việc {number}", commune.place("QS"), TOMORROW))
                    guest = actions.invite(meeting, commune.place("UB"), name=f"Khách {number}")
                    guest.present = True
            return {page: len(questions(app, leader, page)) for page in pages}

        few, many = grow(0, 2), grow(2, 8)
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}


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
